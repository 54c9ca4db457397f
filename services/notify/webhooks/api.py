"""Webhooks out, as the receiving organisation's own people see them."""

from __future__ import annotations

from fastapi import APIRouter

from services.notify.settings import NotifySettings
from services.notify.webhooks.guards import OwnOrganisation
from services.notify.webhooks.queries import deliveries_of, endpoints_of, last_attempts
from services.notify.webhooks.schemas import DeliveryOut, EndpointOut
from shared.web.dependencies import CurrentRuntime, SessionDep
from shared.web.paging import Page, Paging

router = APIRouter(prefix="/webhooks", tags=["webhooks"])


@router.get("/endpoints")
async def list_endpoints(
    organisation_id: OwnOrganisation, session: SessionDep, runtime: CurrentRuntime
) -> list[EndpointOut]:
    """Where the caller's organisation is called, and how it verifies that it is us."""
    key = runtime.part(NotifySettings).signing_key.public()
    endpoints = await endpoints_of(session, organisation_id)
    return [EndpointOut.of(endpoint, key) for endpoint in endpoints]


@router.get("/deliveries")
async def list_deliveries(
    organisation_id: OwnOrganisation, session: SessionDep, paging: Paging
) -> Page[DeliveryOut]:
    """What the caller's organisation was or will be told, newest first."""
    deliveries, following = await deliveries_of(session, organisation_id, paging)
    last = await last_attempts(session, deliveries)
    shown = [DeliveryOut.of(each, last.get(each.id)) for each in deliveries]
    return Page(items=shown, next=following)
