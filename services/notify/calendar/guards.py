"""Finding appointments for whoever may have them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query

from services.notify.calendar.feeds import inboxes_behind, own_feed
from services.notify.calendar.queries import named, since
from services.notify.calendar.tables import Appointment, Feed
from services.notify.deed import DeedDep
from services.notify.inbox.queries import inboxes_of
from shared.errors import NotFound
from shared.runtime import Runtime
from shared.web.dependencies import CurrentActor, CurrentRuntime, Now, SessionDep


class AppointmentNotFound(NotFound):
    """There is no such appointment, or it does not concern you."""

    code = "APPOINTMENT_NOT_FOUND"
    chinese = "没有这个日程，或与您无关。"


async def own_appointments(
    calendar_id: UUID, actor: CurrentActor, session: SessionDep
) -> Sequence[Appointment]:
    """Raises AppointmentNotFound."""
    found = await named(session, inboxes_of(actor), calendar_id)
    if not found:
        raise AppointmentNotFound
    return found


async def fed_appointments(
    session: SessionDep,
    runtime: CurrentRuntime,
    now: Now,
    token: Annotated[str, Query(max_length=100)] = "",
) -> Sequence[Appointment]:
    """Raises FeedNotFound."""
    recipients = await inboxes_behind(session, token)
    return await since(session, recipients, _oldest(runtime, now))


async def feed(deed: DeedDep) -> Feed:
    """Raises FeedNotFound."""
    return await own_feed(deed.session, deed.actor.id)


def _oldest(runtime: Runtime, now: datetime) -> datetime:
    return now - runtime.rulebooks.in_force_at(now).notices.calendar.kept


OwnAppointments = Annotated[Sequence[Appointment], Depends(own_appointments)]
FedAppointments = Annotated[Sequence[Appointment], Depends(fed_appointments)]
OwnFeed = Annotated[Feed, Depends(feed)]
