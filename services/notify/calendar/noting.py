"""Keeping appointments as the case's story moves them, in whatever order it is heard (X37)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select

from services.notify.calendar.domain.lifecycle import (
    INVITED,
    STEPS,
    AppointmentAction,
    AppointmentState,
    Kind,
    advance,
)
from services.notify.calendar.tables import Agenda, Appointment, Guest
from services.notify.deed import Deed
from services.notify.messages.recipients import recipients
from shared.contracts.routing import CaseEvent, MediationScheduled
from shared.ids import new_id


async def note(deed: Deed, event: CaseEvent, happened_at: datetime) -> None:
    step = STEPS[type(event)]
    agenda = await _agenda(deed, event, step.kind)
    if agenda.version >= event.case.version:
        return
    agenda.version = event.case.version
    planned = await _planned(deed, agenda)
    if step.action is AppointmentAction.PLAN:
        await _plan(deed, agenda, planned, event, happened_at)
    elif planned is not None:
        planned.state = advance(planned.state, step.action)
        planned.changed_at = deed.at
        planned.sequence += step.action is AppointmentAction.CANCEL


async def _agenda(deed: Deed, event: CaseEvent, kind: Kind) -> Agenda:
    """With its row locked."""
    row = {"case_id": event.case.id, "kind": kind, "version": 0}
    await deed.session.execute(insert(Agenda).values(row).on_conflict_do_nothing())
    wanted = select(Agenda).where(Agenda.case_id == event.case.id, Agenda.kind == kind)
    return (await deed.session.execute(wanted.with_for_update())).scalar_one()


async def _planned(deed: Deed, agenda: Agenda) -> Appointment | None:
    if agenda.appointment_id is None:
        return None
    found = await deed.session.get_one(Appointment, agenda.appointment_id)
    return found if found.state == AppointmentState.PLANNED else None


async def _plan(
    deed: Deed,
    agenda: Agenda,
    planned: Appointment | None,
    event: CaseEvent,
    happened_at: datetime,
) -> None:
    """A planned one is moved; after one that was held or cancelled there is a new one."""
    starts_at, place = _when_and_where(event, happened_at)
    length = deed.runtime.rulebooks.named(event.case.rulebook).notices.calendar.meeting
    appointment = planned or Appointment(
        id=new_id(),
        case_id=event.case.id,
        case_number=event.case.number,
        kind=Kind(agenda.kind),
        starts_at=starts_at,
        ends_at=starts_at,
        place=place,
        changed_at=deed.at,
    )
    if planned is not None:
        planned.state = advance(planned.state, AppointmentAction.PLAN)
        planned.sequence += 1
    appointment.starts_at, appointment.ends_at = starts_at, starts_at + length
    appointment.place, appointment.changed_at = place, deed.at
    deed.session.add(appointment)
    agenda.appointment_id = appointment.id
    await _invite(deed, appointment, event)


def _when_and_where(event: CaseEvent, happened_at: datetime) -> tuple[datetime, str]:
    """Joint work is told of when the departments have met; nothing says where."""
    if isinstance(event, MediationScheduled):
        return event.scheduled_for, event.place
    return happened_at, ""


async def _invite(deed: Deed, appointment: Appointment, event: CaseEvent) -> None:
    to = INVITED[Kind(appointment.kind)]
    book = deed.runtime.rulebooks.named(event.case.rulebook)
    invited = await recipients(deed.session, to, event, book)
    await deed.session.execute(delete(Guest).where(col(Guest.appointment_id) == appointment.id))
    for guest in invited:
        deed.session.add(Guest(appointment_id=appointment.id, recipient_id=guest.id))
