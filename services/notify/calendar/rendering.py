"""Appointments as iCalendar (RFC 5545): time, place and the case's number, and no names.

METHOD is PUBLISH, or CANCEL for one that was called off: a REQUEST would have to name everybody
whom it asks to come (RFC 5546, 3.2.2).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from icalendar import Calendar, Event, vUri

from services.notify.calendar.domain.lifecycle import AppointmentState, Kind
from services.notify.calendar.tables import Appointment
from shared.clock import BEIJING

MEDIA_TYPE = "text/calendar"
PRODUCT = "-//liuduan//notify//ZH"
NAME = "六端互通日程"
FIRST_DAY = date(2020, 1, 1)  # Beijing has kept one offset since long before

TITLES: Mapping[Kind, str] = {Kind.MEDIATION: "调解会", Kind.JOINT: "联合处置会商"}
STATES: Mapping[AppointmentState, str] = {
    AppointmentState.PLANNED: "CONFIRMED",
    AppointmentState.HELD: "CONFIRMED",
    AppointmentState.CANCELLED: "CANCELLED",
}


def one(appointment: Appointment, origin: str) -> bytes:
    """A single appointment, to be put into a calendar or taken out of it."""
    cancelled = appointment.state == AppointmentState.CANCELLED
    return _calendar([appointment], origin, "CANCEL" if cancelled else "PUBLISH")


def several(appointments: Sequence[Appointment], origin: str) -> bytes:
    """All of a case, or of a person's feed; those that were called off say so themselves."""
    return _calendar(appointments, origin, "PUBLISH")


def _calendar(appointments: Sequence[Appointment], origin: str, method: str) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add("x-wr-calname", NAME)
    for appointment in appointments:
        calendar.add_component(_event(appointment, origin))
    calendar.add_missing_timezones(first_date=FIRST_DAY)
    return bytes(calendar.to_ical())


def _event(appointment: Appointment, origin: str) -> Event:
    kind = Kind(appointment.kind)
    event = Event()
    event.add("uid", f"{appointment.id}@liuduan")
    event.add("sequence", appointment.sequence)
    event.add("dtstamp", appointment.changed_at)
    event.add("last-modified", appointment.changed_at)
    event.add("dtstart", appointment.starts_at.astimezone(BEIJING))
    event.add("dtend", appointment.ends_at.astimezone(BEIJING))
    event.add("summary", f"{TITLES[kind]}（案件{appointment.case_number}）")
    event.add("status", STATES[AppointmentState(appointment.state)])
    event.add("organizer", vUri(f"{origin}/notify"))
    if appointment.place:
        event.add("location", appointment.place)
    return event
