"""From what was counted to what is shown; the one place where figures are rounded."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

from services.survey.analysis.domain.cells import shielded
from services.survey.analysis.domain.hot_spots import HotSpot
from services.survey.analysis.domain.mix import Part
from services.survey.analysis.domain.performance import Objections, Performance
from services.survey.analysis.domain.ranking import Ranked
from services.survey.analysis.domain.trends import Change
from services.survey.analysis.people import Repeaters
from services.survey.analysis.schemas import (
    CategoryOut,
    ChangeOut,
    EstateCountOut,
    HotSpotOut,
    ObjectionsOut,
    PerformanceOut,
    RepeatersOut,
)
from services.survey.indicators.domain.shares import NO_FIGURE
from services.survey.surveys.domain.scoring import rounded
from shared.rulebook import Rulebook

MINUTE = timedelta(minutes=1)


def category_out(part: Part, book: Rulebook) -> CategoryOut:
    known = book.categories.get(part.code)
    return CategoryOut(
        code=part.code,
        name=known.chinese if known else part.code,
        count=part.count,
        of=part.share.denominator,
        percent=part.share.shown(book.scores),
    )


def change_out(change: Change, book: Rulebook) -> ChangeOut:
    return ChangeOut(
        before=change.before,
        difference=change.difference,
        percent=_shown(change.percent, book),
    )


def spots_out(spots: tuple[Ranked[HotSpot], ...], book: Rulebook) -> list[HotSpotOut]:
    return [
        HotSpotOut(
            rank=each.rank,
            id=each.item.id,
            name=each.item.name,
            cases=each.item.cases,
            households=each.item.households,
            per_households=_shown(each.item.per_households(book.analysis.households_unit), book),
        )
        for each in spots
    ]


def repeaters_out(found: Repeaters, book: Rulebook) -> RepeatersOut:
    """Complaints are told with their reporters or not at all."""
    rules = book.analysis
    cells = shielded(found.total, found.by_estate, rules.cell_at_least)
    estates = [
        EstateCountOut(estate_id=key, name=found.names.get(key, key), reporters=count)
        for key, count in cells.of.items()
    ]
    return RepeatersOut(
        at_least=rules.repeat_reporter_from,
        cell_at_least=rules.cell_at_least,
        reporters=cells.total,
        complaints=None if cells.total is None else found.complaints,
        estates=sorted(estates, key=lambda each: (-(each.reporters or 0), each.name)),
    )


def performance_out(found: Performance, book: Rulebook) -> PerformanceOut:
    names = {str(kind): rule.chinese for kind, rule in book.clocks.items()}
    return PerformanceOut(
        kind=found.kind,
        name=names.get(found.kind, found.kind),
        met=found.met,
        breached=found.breached,
        percent=found.share.shown(book.scores),
        median_margin_minutes=None if found.margin is None else found.margin // MINUTE,
    )


def objections_out(found: Objections, book: Rulebook) -> ObjectionsOut:
    return ObjectionsOut(
        unit_id=str(found.unit_id),
        name=found.name,
        raised=found.raised,
        decided=found.decided,
        upheld=found.upheld,
        percent=found.share.shown(book.scores),
    )


def _shown(value: Fraction | None, book: Rulebook) -> str:
    return NO_FIGURE if value is None else str(rounded(value, book.scores))
