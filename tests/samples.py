"""States as the publishers would send them: an invented estate, its people, one dispute."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from shared.clock import BEIJING
from shared.contracts.intake import ComplaintState
from shared.contracts.routing import CaseState, ClockState, Unit
from shared.contracts.vocabulary import CaseStatus, Channel, ComplaintStatus, Grade
from shared.identity import Actor, End, Role, Scope

NAMES = UUID("6d2f1d0e-3b0e-5a57-9d8e-7f0c6f3f7a11")
NINE = datetime(2026, 3, 2, 9, 0, tzinfo=BEIJING)


def named(name: str) -> UUID:
    """The same id for the same name, in every test."""
    return uuid5(NAMES, name)


ESTATE, COMPANY = named("estate"), named("company")
COMMUNITY, STREET, FIRE, COURT = named("community"), named("street"), named("fire"), named("court")
OWNER, NEIGHBOUR, STRANGER = named("owner"), named("neighbour"), named("stranger")
WORKER, MANAGER, OFFICER = named("grid worker"), named("site manager"), named("fire officer")
CASE, COMPLAINT = named("case"), named("complaint")
DIVISION = "421202001"
BOOK = "seed-2025-07-21"

GRID_WORKER = Unit(
    organisation_id=COMMUNITY,
    end="GRID",
    role="LEAD",
    display_name="演示社区第一网格",
    person_id=WORKER,
)
FIRE_BRIGADE = Unit(
    organisation_id=FIRE, end="DEPARTMENT", role="LEAD", display_name="演示消防救援大队"
)


def a_complaint(**changes: Any) -> ComplaintState:
    state = {
        "id": COMPLAINT,
        "version": 1,
        "number": "SQ421202-20260302-00001",
        "channel": Channel.MINI_PROGRAM,
        "state": ComplaintStatus.SUBMITTED,
        "owner_id": OWNER,
        "division": DIVISION,
        "estate_id": ESTATE,
        "building_id": None,
        "house_id": None,
        "chosen_category": "NS01",
        "confidential": False,
        "anonymous": False,
        "external_number": None,
        "submitted_at": NINE,
    }
    return ComplaintState.model_validate(state | changes)


def a_case(**changes: Any) -> CaseState:
    state = {
        "id": CASE,
        "version": 3,
        "number": "XN421202-20260302-00017",
        "state": CaseStatus.DISPATCHED,
        "category": "NS01",
        "category_name": "轻微噪音",
        "grade": Grade.SMALL,
        "division": DIVISION,
        "estate_id": ESTATE,
        "estate_name": "演示·桂花园",
        "building_id": None,
        "grid_code": "421202001001001",
        "complaint_ids": (COMPLAINT,),
        "owner_ids": (OWNER,),
        "company_id": COMPANY,
        "handler": GRID_WORKER,
        "units": (GRID_WORKER,),
        "clocks": (a_clock("SMALL_RESOLVE", hours=24), a_clock("FEEDBACK", hours=183)),
        "confidential": False,
        "anonymous": False,
        "emergency": False,
        "overdue": False,
        "rulebook": BOOK,
        "accepted_at": NINE,
        "first_dispatch_at": NINE,
    }
    return CaseState.model_validate(state | changes)


def a_clock(kind: str, *, hours: int, state: str = "RUNNING") -> ClockState:
    due = NINE + timedelta(hours=hours)
    return ClockState(kind=kind, started_at=NINE.astimezone(UTC), due_at=due, state=state)


def owner(person: UUID = OWNER) -> Actor:
    return Actor(
        id=person, end=End.OWNER, roles=frozenset({Role.OWNER}), session_id=named(f"s{person}")
    )


def staff(
    person: UUID,
    end: End,
    role: Role,
    organisation: UUID | None = None,
    divisions: tuple[str, ...] = (),
) -> Actor:
    return Actor(
        id=person,
        end=end,
        roles=frozenset({role}),
        organisation_id=organisation,
        scope=Scope(divisions=divisions),
        session_id=named(f"s{person}"),
    )
