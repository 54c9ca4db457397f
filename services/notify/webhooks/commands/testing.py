"""Sending an endpoint something, to see that it arrives."""

from __future__ import annotations

from sqlalchemy import func
from sqlmodel import col, select

from services.notify.deed import Deed
from services.notify.settings import NotifySettings
from services.notify.webhooks.commands.registering import note
from services.notify.webhooks.commands.ringing import ring
from services.notify.webhooks.domain.limits import TESTS_COUNTED_OVER, refuse_test_beyond
from services.notify.webhooks.domain.payload import TEST, test_payload
from services.notify.webhooks.tables import WebhookDelivery, WebhookEndpoint
from shared.errors import Conflict
from shared.ids import new_id


class EndpointIsOff(Conflict):
    """This endpoint is switched off; switch it on first."""

    code = "ENDPOINT_IS_OFF"
    chinese = "该推送地址已停用，请先启用。"


async def send_test(deed: Deed, endpoint: WebhookEndpoint) -> WebhookDelivery:
    """A delivery like any other: signed, tried again, written down. No filter stops it.

    Raises EndpointIsOff or TooManyTests.
    """
    if not endpoint.active:
        raise EndpointIsOff
    rules = deed.runtime.rulebooks.in_force_at(deed.at).webhooks
    refuse_test_beyond(await _sent(deed, endpoint), rules.tests_per_hour_at_most)
    origin = deed.runtime.part(NotifySettings).public_url
    delivery = WebhookDelivery(
        id=new_id(),
        endpoint_id=endpoint.id,
        organisation_id=endpoint.organisation_id,
        event_id=new_id(),
        event_type=TEST,
        case_id=None,
        body=test_payload(endpoint.id, deed.at, origin),
        next_at=deed.at,
        created_at=deed.at,
    )
    deed.session.add(delivery)
    note(deed, endpoint, "tested", {"delivery_id": delivery.id})
    ring(deed.session)
    return delivery


async def _sent(deed: Deed, endpoint: WebhookEndpoint) -> int:
    wanted = select(func.count()).where(
        col(WebhookDelivery.endpoint_id) == endpoint.id,
        col(WebhookDelivery.event_type) == TEST,
        col(WebhookDelivery.created_at) > deed.at - TESTS_COUNTED_OVER,
    )
    return int((await deed.session.execute(wanted)).scalar_one())
