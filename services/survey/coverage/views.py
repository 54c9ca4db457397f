"""The figures of a time, as a whole and by division."""

from __future__ import annotations

from collections.abc import Sequence

from services.survey.coverage.domain.figures import Line, figures
from services.survey.coverage.queries import Span, lines_by_place, reasons
from services.survey.coverage.schemas import (
    CoverageOut,
    FiguresOut,
    PlaceFiguresOut,
    ReasonCountOut,
)
from services.survey.deed import Deed
from shared.identity import Actor


async def coverage_of(deed: Deed, actor: Actor, span: Span) -> CoverageOut:
    book = deed.runtime.rulebooks.in_force_at(deed.at)
    places = await lines_by_place(deed.session, actor, span)
    given = await reasons(deed.session, actor, span)

    def shown(lines: Sequence[Line]) -> FiguresOut:
        return FiguresOut.of(figures(lines), book.scores, book.survey.cell_at_least)

    total = shown([line for lines in places.values() for line in lines])
    return CoverageOut(
        since=span.since,
        until=span.until,
        total=total,
        places=[
            PlaceFiguresOut(division=place, figures=shown(lines))
            for place, lines in sorted(places.items())
        ],
        reasons=[
            ReasonCountOut(
                code=each.code,
                name=each.chinese,
                count=None if total.satisfied.hidden else given.get(each.code, 0),
            )
            for each in book.return_visits.reasons
        ],
    )
