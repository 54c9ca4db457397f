"""Figures as people read them."""

from __future__ import annotations

from collections.abc import Sequence

from services.routing.statistics.dispatches import ChoiceDispatches, Returns, UnitDispatches
from services.routing.statistics.domain.offices import (
    Street,
    coverage,
    is_understaffed_or_crowded,
)
from services.routing.statistics.domain.shares import Share
from services.routing.statistics.queries import Figures, Period
from services.routing.statistics.schemas import (
    ChoiceDispatchesOut,
    DispatchFiguresOut,
    FiguresOut,
    ReturnsOut,
    ShareOut,
    StreetOfficesOut,
    StreetOut,
    UnitDispatchesOut,
)
from shared.rulebook import Rulebook


def figures_out(figures: Figures, rulebook: Rulebook) -> FiguresOut:
    small = Share(figures.small_closed_at_community, figures.small_closed)
    return FiguresOut(
        place=figures.place,
        name=figures.name,
        accepted=figures.accepted,
        open=figures.open,
        overdue=figures.overdue,
        closed=figures.closed,
        closed_of_accepted=_share(Share(figures.closed, figures.accepted), rulebook),
        small_closed_at_community=_share(small, rulebook),
        closed_within_street=_share(Share(figures.closed_within_street, figures.closed), rulebook),
    )


def dispatch_figures_out(
    period: Period,
    units: Sequence[UnitDispatches],
    choices: Sequence[ChoiceDispatches],
    returns: Sequence[Returns],
) -> DispatchFiguresOut:
    return DispatchFiguresOut(
        since=period.since,
        until=period.until,
        units=[UnitDispatchesOut(**vars(each)) for each in units],
        choices=[ChoiceDispatchesOut(**vars(each)) for each in choices],
        returns=[ReturnsOut(**vars(each)) for each in returns],
    )


def offices_out(streets: Sequence[Street], rulebook: Rulebook) -> StreetOfficesOut:
    rules = rulebook.street_offices
    return StreetOfficesOut(
        coverage=_share(coverage(streets), rulebook),
        items=[
            StreetOut(
                code=street.code,
                has_office=street.has_office,
                staff_count=street.staff_count,
                warning=is_understaffed_or_crowded(street, rules),
            )
            for street in streets
        ],
    )


def _share(share: Share, rulebook: Rulebook) -> ShareOut:
    return ShareOut(
        numerator=share.numerator,
        denominator=share.denominator,
        percent=share.percent(rulebook.scores),
    )
