"""The catalogue of what organisations are told."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path

from services.notify.settings import NotifySettings
from services.notify.webhooks.domain.event_types import event_type
from services.notify.webhooks.domain.schemas import schema_of
from services.notify.webhooks.guards import WebhookReader
from services.notify.webhooks.schemas import EventTypeOut
from services.notify.webhooks.views import event_types_out
from shared.web.dependencies import CurrentRuntime

router = APIRouter(prefix="/webhooks/event-types", tags=["webhooks"])


@router.get("")
async def list_event_types(_: WebhookReader, runtime: CurrentRuntime) -> list[EventTypeOut]:
    """Every type: what it means, for whom it is, an example, and where its schema is."""
    return event_types_out(runtime.part(NotifySettings).public_url)


@router.get("/{name}/schema")
async def show_schema(
    _: WebhookReader, name: Annotated[str, Path(max_length=80)]
) -> dict[str, Any]:
    """The JSON Schema (2020-12) of the body."""
    return schema_of(event_type(name))
