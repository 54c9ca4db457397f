"""Where the figures of each indicator come from. A new one is registered here, and only here."""

from __future__ import annotations

from collections.abc import Mapping

from services.survey.indicators.domain.formulas import FORMULAS, Code, Of
from services.survey.indicators.sources.answers import of_answers
from services.survey.indicators.sources.asking import Source
from services.survey.indicators.sources.cases import of_cases, of_repeats
from services.survey.indicators.sources.fees import of_fees
from services.survey.indicators.sources.offices import of_offices

# a source answers for several codes at once; those of the same function share its statements
SOURCES: Mapping[Code, Source] = {
    **{code: of_cases for code, formula in FORMULAS.items() if formula.of is Of.CASES},
    Code.REPEAT_COMPLAINTS: of_repeats,
    Code.SATISFACTION: of_answers,
    Code.STREET_OFFICES_ACTIVE: of_offices,
    Code.FEES_COLLECTED: of_fees,
}
