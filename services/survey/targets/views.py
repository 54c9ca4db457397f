"""The table of targets and a street's year, as they are shown."""

from __future__ import annotations

from services.survey.deed import Deed
from services.survey.indicators.domain.disclosure import Discretion
from services.survey.indicators.domain.shares import Share
from services.survey.indicators.domain.spans import Period
from services.survey.targets.domain.status import status_of
from services.survey.targets.guards import StreetYear
from services.survey.targets.queries import assessment_of, figure_of, figures_of_street
from services.survey.targets.schemas import (
    AssessmentOut,
    FigureOut,
    IndicatorOut,
    TargetOut,
    TargetsOut,
)
from shared.clock import BEIJING
from shared.rulebook import Rulebook
from shared.rulebook.sections.governance import Target


async def targets_out(deed: Deed) -> TargetsOut:
    book = deed.runtime.rulebooks.in_force_at(deed.at)
    items = [await _target_out(deed, book, each) for each in book.targets]
    return TargetsOut(as_of=deed.at, items=items)


async def assessment_out(deed: Deed, wanted: StreetYear) -> AssessmentOut:
    book = deed.runtime.rulebooks.in_force_at(deed.at)
    found = await assessment_of(deed.session, wanted.street, wanted.year)
    codes = book.reports.core_indicators
    span = Period("YEAR", wanted.year).span.up_to(deed.at)
    shares = await figures_of_street(deed.session, wanted.street, span, codes)
    names = {each.code: each.chinese for each in book.indicators.formulas}
    return AssessmentOut(
        **vars(wanted),
        version=found.version if found else 0,
        weight=found.weight if found else None,
        weight_at_least=book.street_offices.assessment_weight_at_least,
        set_at=found.set_at if found else None,
        indicators=[
            IndicatorOut(
                code=code,
                name=names[code],
                **dict(_figure(book, code, shares[code])),
            )
            for code in codes
        ],
    )


async def _target_out(deed: Deed, book: Rulebook, target: Target) -> TargetOut:
    """The figure is that of the year in which the target is due."""
    period = Period("YEAR", target.due.year)
    share: Share | None = None
    if target.code in {each.code for each in book.indicators.formulas}:
        share = await figure_of(deed.session, target, period.span.up_to(deed.at))
    figure = _figure(book, target.code, share) if share else None
    percent = share.percent(book.scores) if share and figure and not figure.hidden else None
    return TargetOut(
        **target.model_dump(exclude={"chinese"}),
        name=target.chinese,
        period=period.name,
        figure=figure,
        status=status_of(target, percent, deed.at.astimezone(BEIJING).date()),
    )


def _figure(book: Rulebook, code: str, share: Share) -> FigureOut:
    discretion = Discretion(towards_company=False, least=book.survey.cell_at_least)
    return FigureOut.of(share, book.scores, hidden=discretion.hides(code, share))
