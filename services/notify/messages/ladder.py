"""Who is told at each step of lifecycle 3.6: assignee, superior, centres, bureaus (N14)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from services.notify.messages.desks import at_desk
from services.notify.messages.domain.recipient import Recipient
from services.notify.messages.staffing import Seat, at_seat, at_work
from shared.contracts.routing import (
    CaseEscalated,
    CaseEvent,
    CaseReturned,
    CaseState,
    CaseSupervised,
    ClockBreached,
    ClockWarned,
    ExtensionRequested,
    SuspensionRequested,
)
from shared.divisions import CITY_DIGITS, COUNTY_DIGITS, STREET_DIGITS
from shared.identity import End
from shared.rulebook import Desk, Rulebook


async def escalation_desks(
    session: AsyncSession, event: CaseEvent, book: Rulebook
) -> list[Recipient]:
    """Everybody at the desks that this event is carried to; the first rung is the breach itself."""
    found: list[Recipient] = []
    for desk in _desks(event, book):
        found += await _at(session, desk, event.case)
    return found


def _desks(event: CaseEvent, book: Rulebook) -> Sequence[str]:
    match event:
        case CaseReturned():
            return ("DISPATCHER",)
        case ClockWarned():
            return (Desk.ASSIGNEE,)
        case ClockBreached():
            return next(step.to for step in book.escalation if not step.after_hours)
        case CaseSupervised():
            return (Desk.DIRECT_SUPERIOR,)
        case CaseEscalated() | SuspensionRequested():
            return event.desks
        case ExtensionRequested() if event.case.grade is not None:
            return book.grades[event.case.grade].extension_approvers
    return ()


async def _at(session: AsyncSession, desk: str, case: CaseState) -> list[Recipient]:
    match desk:
        case Desk.ASSIGNEE if case.handler is not None:
            return await at_work(session, [case.handler], case)
        case Desk.ASSIGNEE | "DISPATCHER":
            return await at_desk(session, "DISPATCHER", case)
        case Desk.DIRECT_SUPERIOR:
            return await _superior(session, case)
        case Desk.GRID_LEADER:
            return await _leader(session, case)
        case Desk.STREET_OFFICE:
            return await at_desk(session, "STREET", case)
    return await at_seat(session, SEATS[desk](case.division))


async def _superior(session: AsyncSession, case: CaseState) -> list[Recipient]:
    """The leader over the community, its people and a company there; the dispatcher over
    departments; the street over its centre, over mediators, and over a case that nobody has yet.
    """
    match case.handler.end if case.handler else None:
        case End.COMMUNITY | End.GRID | End.PROPERTY:
            return await _leader(session, case)
        case End.DEPARTMENT | End.COURT:
            return await at_desk(session, "DISPATCHER", case)
    return await at_desk(session, "STREET", case)


async def _leader(session: AsyncSession, case: CaseState) -> list[Recipient]:
    """Where no leader is known, the street."""
    leaders = await at_desk(session, "GRID_LEADER", case)
    return leaders or await at_desk(session, "STREET", case)


def _centre(digits: int) -> Callable[[str], Seat]:
    return lambda division: Seat("CENTRE", "GOVERNANCE_CENTRE", division[:digits])


def _department(specialty: str, digits: int) -> Callable[[str], Seat]:
    return lambda division: Seat("DEPARTMENT", specialty, division[:digits])


SEATS: Mapping[str, Callable[[str], Seat]] = {
    Desk.STREET_CENTRE: _centre(STREET_DIGITS),
    Desk.COUNTY_CENTRE: _centre(COUNTY_DIGITS),
    Desk.COUNTY_HOUSING: _department("HOUSING", COUNTY_DIGITS),
    Desk.CITY_HOUSING: _department("HOUSING", CITY_DIGITS),
    Desk.CITY_SOCIAL_WORK: _department("SOCIAL_WORK", CITY_DIGITS),
}
