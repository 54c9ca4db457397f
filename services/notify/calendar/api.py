"""Appointments as files, and the feed that a calendar program subscribes to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from services.notify.calendar.feeds import close_feed, open_feed
from services.notify.calendar.guards import FedAppointments, OwnAppointments, OwnFeed
from services.notify.calendar.rendering import MEDIA_TYPE, one, several
from services.notify.calendar.tables import Appointment
from services.notify.deed import DeedDep
from services.notify.moments import Moment
from services.notify.settings import NotifySettings
from shared.runtime import Runtime
from shared.web.dependencies import CurrentRuntime

router = APIRouter(prefix="/calendar", tags=["calendar"])
FILE: dict[int | str, dict[str, Any]] = {
    200: {"content": {MEDIA_TYPE: {}}, "description": "iCalendar"}
}


class FeedOut(BaseModel):
    """That there is a feed; its address is shown only when it is made."""

    model_config = ConfigDict(from_attributes=True)

    created_at: Moment


class FeedAddress(BaseModel):
    """The address holds a secret: whoever has it reads the appointments."""

    url: str = Field(repr=False)


@router.get("/feed")
async def own_feed(feed: OwnFeed) -> FeedOut:
    """Whether the caller has a feed, and since when."""
    return FeedOut.model_validate(feed)


@router.put("/feed")
async def make_feed(deed: DeedDep) -> FeedAddress:
    """A new address, shown this once; the former one is no longer good."""
    return FeedAddress(url=await open_feed(deed))


@router.delete("/feed", status_code=204)
async def revoke_feed(deed: DeedDep) -> None:
    """The address is no longer good."""
    await close_feed(deed)


@router.get("/feed.ics", response_class=Response, responses=FILE)
async def fed(appointments: FedAppointments, runtime: CurrentRuntime) -> Response:
    """For calendar programs, which send no header: the token in the address is the key."""
    return _file(several(appointments, _origin(runtime)), "feed")


@router.get("/{calendar_id}.ics", response_class=Response, responses=FILE)
async def appointments(found: OwnAppointments, runtime: CurrentRuntime) -> Response:
    """One appointment by its id, or all of a case by the case's."""
    return _file(_rendered(found, _origin(runtime)), str(found[0].case_number))


def _rendered(found: Sequence[Appointment], origin: str) -> bytes:
    return one(found[0], origin) if len(found) == 1 else several(found, origin)


def _file(content: bytes, name: str) -> Response:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.ics"',
        "Cache-Control": "private, no-cache",
    }
    return Response(content, media_type=f"{MEDIA_TYPE}; charset=utf-8", headers=headers)


def _origin(runtime: Runtime) -> str:
    return runtime.part(NotifySettings).public_url
