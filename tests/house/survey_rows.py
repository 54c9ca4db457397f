"""Who may call the doors of survey: the rows of all its rooms."""

from __future__ import annotations

from collections.abc import Mapping

from shared.identity import End
from tests.house.analysis_rows import ANALYSIS
from tests.house.credit_rows import CREDIT
from tests.house.evaluation_rows import EVALUATIONS
from tests.house.fee_rows import FEES
from tests.house.indicator_rows import INDICATORS
from tests.house.rating_rows import RATINGS
from tests.house.survey_permissions import SURVEYS
from tests.house.target_rows import TARGETS
from tests.house.tender_rows import TENDERS

SURVEY: Mapping[str, frozenset[End]] = {
    **SURVEYS,
    **RATINGS,
    **EVALUATIONS,
    **CREDIT,
    **TENDERS,
    **INDICATORS,
    **FEES,
    **TARGETS,
    **ANALYSIS,
}
