"""What an organisation was or will be told, with every attempt at it."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from services.notify.deed import DeedDep
from services.notify.moments import Instant
from services.notify.webhooks.commands.replaying import replay
from services.notify.webhooks.delivery_schemas import DeliveryDetail, DeliveryOut
from services.notify.webhooks.domain.lifecycle import DeliveryStatus
from services.notify.webhooks.guards import DeliveryToRead, DeliveryToReplay, WebhookReader
from services.notify.webhooks.queries import DeliveryFilter, deliveries_of
from services.notify.webhooks.views import deliveries_out, delivery_detail, delivery_out
from shared.web.dependencies import SessionDep
from shared.web.once import OnceDep
from shared.web.paging import Page, Paging

router = APIRouter(prefix="/webhooks/deliveries", tags=["webhooks"])


async def asked(
    endpoint_id: UUID | None = None,
    state: DeliveryStatus | None = None,
    event_type: Annotated[str | None, Query(pattern=r"^[a-z_.]{1,80}$")] = None,
    case_id: UUID | None = None,
    since: Instant | None = None,
    until: Instant | None = None,
) -> DeliveryFilter:
    return DeliveryFilter(endpoint_id, state, event_type, case_id, since, until)


Asked = Annotated[DeliveryFilter, Depends(asked)]


@router.get("")
async def list_deliveries(
    actor: WebhookReader, session: SessionDep, asked: Asked, paging: Paging
) -> Page[DeliveryOut]:
    """Newest first; `since` is included, `until` is not."""
    deliveries, following = await deliveries_of(session, actor, asked, paging)
    return Page(items=await deliveries_out(session, deliveries), next=following)


@router.get("/{delivery_id}")
async def show_delivery(delivery: DeliveryToRead, session: SessionDep) -> DeliveryDetail:
    """The body that was sent, and every attempt with its answer."""
    return await delivery_detail(session, delivery)


@router.post("/{delivery_id}/replay", status_code=202, response_model=DeliveryOut)
async def replay_delivery(delivery: DeliveryToReplay, deed: DeedDep, once: OnceDep) -> Response:
    """Send it again under the same `webhook-id`; its schedule starts anew."""

    async def work() -> DeliveryOut:
        return await delivery_out(deed.session, await replay(deed, delivery))

    return await once.run(work, status=202)
