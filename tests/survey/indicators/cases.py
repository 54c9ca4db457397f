"""Cases in bulk, as routing would tell of them, and what is counted of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, timedelta
from typing import Any

from services.survey.indicators.domain.places import Place
from services.survey.indicators.domain.shares import Share
from services.survey.indicators.domain.spans import Span, span_of
from services.survey.indicators.queries import figures
from shared.contracts.directory import (
    DivisionChanged,
    DivisionState,
    OrganisationChanged,
    OrganisationState,
)
from shared.contracts.routing import CaseState, ClockState, ClockWarned
from shared.contracts.vocabulary import CaseStatus, OrganisationKind, ResultCode
from tests.samples import NINE, a_case, named
from tests.stage import Stage

MARCH = span_of("2026-03")
CITY = Place(division="4212")
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def clock(kind: str, *, hours: float, met: float | None = None, **changes: Any) -> ClockState:
    """Promised for so many hours after nine, and met after `met` of them."""
    due = NINE + timedelta(hours=hours)
    state: dict[str, Any] = {
        "kind": kind,
        "started_at": NINE.astimezone(UTC),
        "due_at": due,
        "state": "RUNNING" if met is None else "MET",
        "met_at": None if met is None else NINE + timedelta(hours=met),
    }
    if met is not None and met > hours:
        state["breached_at"] = due
    return ClockState.model_validate(state | changes)


def case(name: str, *clocks: ClockState, **changes: Any) -> CaseState:
    """A small matter, accepted and dispatched at nine, not closed yet."""
    own = {"id": named(name), "number": f"XN421202-20260302-{name}", "clocks": clocks}
    return a_case(**(own | {"complaint_ids": (named(f"complaint {name}"),)} | changes))


def closed(name: str, *clocks: ClockState, **changes: Any) -> CaseState:
    """Closed as solved, two days later."""
    ending = {
        "version": 9,
        "state": CaseStatus.CLOSED,
        "result_code": ResultCode.SOLVED,
        "feedback_at": NINE + DAY,
        "closed_at": NINE + 2 * DAY,
    }
    return case(name, *clocks, **(ending | changes))


def so_many(parts: int, whole: int) -> list[bool]:
    """True for the first `parts` of `whole`."""
    return [number < parts for number in range(whole)]


async def hear_cases(stage: Stage, states: Sequence[CaseState]) -> None:
    await stage.hear(*map(event_of, states))


def event_of(state: CaseState) -> ClockWarned:
    """Every event tells the newest state; this one has nobody else react."""
    return ClockWarned(case=state, clock="FEEDBACK", share=0.5)


async def counted(
    stage: Stage, *codes: str, span: Span = MARCH, place: Place = CITY
) -> Mapping[str, Share]:
    async with stage.host.runtime.database.transaction() as session:
        return await figures(session, span, place, codes)


async def share(stage: Stage, code: str, span: Span = MARCH, place: Place = CITY) -> str:
    """As in the examples: 970/1000 = 97.00."""
    found = (await counted(stage, code, span=span, place=place))[code]
    at = stage.clock.now()
    scores = stage.host.runtime.rulebooks.in_force_at(at).scores
    return f"{found.numerator}/{found.denominator} = {found.shown(scores)}"


def street(number: int, **changes: Any) -> DivisionChanged:
    code = f"421202{number:03d}"
    state = {
        "id": named(f"division {code}"),
        "version": 1,
        "code": code,
        "name": f"演示{number}街道",
        "level": "STREET",
        "parent_code": code[:6],
        "valid_from": "2025-01-01",
    }
    return DivisionChanged(division=DivisionState.model_validate(state | changes))


def office(number: int, **changes: Any) -> OrganisationChanged:
    """The property office of a street."""
    code = f"421202{number:03d}"
    state = {
        "id": named(f"office {code}"),
        "version": 1,
        "kind": OrganisationKind.STREET_PROPERTY_OFFICE,
        "specialty": None,
        "level": "STREET",
        "division": code,
        "display_name": f"演示{number}街道物业管理办公室",
        "staff_count": 2,
    }
    return OrganisationChanged(organisation=OrganisationState.model_validate(state | changes))
