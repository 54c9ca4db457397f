"""Endpoints, kept by the organisation that is told of things there."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Response

from services.notify.deed import DeedDep
from services.notify.webhooks.commands.changing import change, remove
from services.notify.webhooks.commands.pausing import resume
from services.notify.webhooks.commands.registering import register_own
from services.notify.webhooks.commands.replaying import replay_period
from services.notify.webhooks.commands.rotating import rotate
from services.notify.webhooks.commands.testing import send_test
from services.notify.webhooks.delivery_schemas import DeliveryOut, Replayed, ReplayPeriod
from services.notify.webhooks.guards import (
    EndpointToManage,
    EndpointToOperate,
    EndpointToRead,
    ManagedOrganisation,
    WebhookReader,
)
from services.notify.webhooks.queries import endpoints_of
from services.notify.webhooks.schemas import (
    EndpointChanges,
    EndpointOut,
    EndpointWithSecret,
    NewEndpoint,
    Rotation,
)
from services.notify.webhooks.views import delivery_out, endpoint_out, endpoint_with_secret
from shared.web.once import OnceDep

router = APIRouter(prefix="/webhooks/endpoints", tags=["webhooks"])


@router.get("")
async def list_endpoints(
    actor: WebhookReader, deed: DeedDep, organisation_id: UUID | None = None
) -> list[EndpointOut]:
    """Where the caller's organisation is called, and how it verifies that it is us.

    An administrator of the centre sees those of all organisations in the own divisions.
    """
    endpoints = await endpoints_of(deed.session, actor, organisation_id)
    return [await endpoint_out(deed, each) for each in endpoints]


@router.post("", status_code=201, response_model=EndpointWithSecret)
async def register_endpoint(
    organisation_id: ManagedOrganisation, wanted: NewEndpoint, deed: DeedDep, once: OnceDep
) -> Response:
    """A new address for the caller's organisation. The secret is shown this once."""

    async def work() -> EndpointWithSecret:
        return await endpoint_with_secret(deed, await register_own(deed, organisation_id, wanted))

    return await once.run(work, kept=EndpointWithSecret.kept)


@router.get("/{endpoint_id}")
async def show_endpoint(endpoint: EndpointToRead, deed: DeedDep) -> EndpointOut:
    """One endpoint."""
    return await endpoint_out(deed, endpoint)


@router.patch("/{endpoint_id}")
async def change_endpoint(  # house: patch — called by desks and servers, never by wx.request
    endpoint: EndpointToManage, wanted: EndpointChanges, deed: DeedDep
) -> EndpointOut:
    """Change what is given; `active` switches it off and on."""
    return await endpoint_out(deed, await change(deed, endpoint, wanted))


@router.delete("/{endpoint_id}", status_code=204)
async def delete_endpoint(endpoint: EndpointToManage, deed: DeedDep) -> None:
    """Nothing more is sent there; deliveries stay readable as long as they are kept."""
    await remove(deed, endpoint)


@router.post("/{endpoint_id}/secret", status_code=201, response_model=EndpointWithSecret)
async def rotate_secret(
    endpoint: EndpointToManage, wanted: Rotation, deed: DeedDep, once: OnceDep
) -> Response:
    """A new secret, shown this once; the old one signs beside it until the overlap ends."""

    async def work() -> EndpointWithSecret:
        return await endpoint_with_secret(deed, await rotate(deed, endpoint, wanted.overlap))

    return await once.run(work, kept=EndpointWithSecret.kept)


@router.post("/{endpoint_id}/test", status_code=202, response_model=DeliveryOut)
async def test_endpoint(endpoint: EndpointToOperate, deed: DeedDep, once: OnceDep) -> Response:
    """Send a `webhook.test` there; what became of it stands in the delivery."""

    async def work() -> DeliveryOut:
        return await delivery_out(deed.session, await send_test(deed, endpoint))

    return await once.run(work, status=202)


@router.post("/{endpoint_id}/resumption", response_model=EndpointOut)
async def resume_endpoint(endpoint: EndpointToOperate, deed: DeedDep) -> EndpointOut:
    """End a pause: what waits goes out now, each delivery with all its attempts before it."""
    await resume(deed, endpoint)
    return await endpoint_out(deed, endpoint)


@router.post("/{endpoint_id}/replay", status_code=202, response_model=Replayed)
async def replay_deliveries(
    endpoint: EndpointToOperate, wanted: ReplayPeriod, deed: DeedDep, once: OnceDep
) -> Response:
    """Send again what was written down in a period, or only what was missed of it."""

    async def work() -> Replayed:
        period = (wanted.since, wanted.until)
        count = await replay_period(deed, endpoint, *period, only_missed=wanted.only_missed)
        return Replayed(replayed=count)

    return await once.run(work, status=202)
