"""The app's own doors: today's list, the feed of changes, what was done offline, photographs."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Form, UploadFile

from services.routing.field.commands.photos import keep
from services.routing.field.commands.sync import sync
from services.routing.field.feed import changes
from services.routing.field.guards import FieldOccasion, FieldWorker
from services.routing.field.operations import SyncIn
from services.routing.field.schemas import FeedOut, PhotoOut, SyncOut, TodayOut
from services.routing.field.today import today
from shared.web.dependencies import CurrentRuntime
from shared.web.paging import Page, Paging

router = APIRouter(prefix="/field", tags=["field"])


@router.get("/today")
async def todays_list(on: FieldOccasion, page: Paging) -> Page[TodayOut]:
    """What waits for you, the next deadline first; a leader sees every case of the own grids."""
    return await today(on, page)


@router.get("/changes")
async def changes_since(on: FieldOccasion, page: Paging) -> FeedOut:
    """Cases that changed since `cursor`, oldest first; without one, every open case you can see.

    Keep the newest version of each case. Ask again with the cursor of this answer: at once with
    `more`, else after a while. With `reset` forget every case first.
    """
    return await changes(on, page)


@router.post("/sync")
async def take_operations(body: SyncIn, actor: FieldWorker, runtime: CurrentRuntime) -> SyncOut:
    """Takes what was made offline, in any order and as often as it is sent; answers each.

    Within a case operations take effect in the order of `made_at`. Each has its own transaction:
    when the connection breaks in the middle, send the same batch again. The ids of the operations
    are what makes them happen once; there is no Idempotency-Key.
    """
    answers = await sync(runtime, actor, body.operations)
    return SyncOut(now=runtime.clock.now(), answers=answers)


@router.post("/photos", status_code=201)
async def take_photo(
    on: FieldOccasion, id: Annotated[UUID, Form()], file: Annotated[UploadFile, File()]
) -> PhotoOut:
    """A JPEG, PNG or WebP, before or after the record that names its `id`; the same again is fine.

    Where and with what it was taken is removed from the file.
    """
    return await keep(on, id, await file.read())
