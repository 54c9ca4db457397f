"""Telling people that deliveries do not arrive: in the log, in a metric and in their inboxes."""

from __future__ import annotations

from urllib.parse import urlsplit
from uuid import UUID

from prometheus_client import Counter
from structlog import get_logger

from services.notify.copies.places import place_of
from services.notify.deed import Deed
from services.notify.messages.commands.noting import Note, note
from services.notify.messages.desks import administrators_of
from services.notify.messages.domain.recipient import Recipient, RecipientKind
from services.notify.webhooks.domain.words import FAILING, PAUSED, Words
from services.notify.webhooks.tables import WebhookDelivery, WebhookEndpoint
from shared.ids import new_id

ALERTS = Counter("liuduan_webhook_alerts", "Endpoints that people were told about", ["reason"])

logger = get_logger(__name__)


async def alert(deed: Deed, endpoint: WebhookEndpoint, delivery: WebhookDelivery) -> None:
    """The organisation is told once in an unbroken failure."""
    endpoint.alerted_at = deed.at
    await _tell(deed, endpoint, "RETRYING", FAILING, delivery.case_id, [_itself(endpoint)])


async def tell_of_pause(deed: Deed, endpoint: WebhookEndpoint, case_id: UUID | None) -> None:
    """A task for people: the organisation's, and those of the centre who look after its place."""
    assert endpoint.paused_because is not None
    place = await place_of(deed, endpoint.organisation_id)
    desk = await administrators_of(deed.session, place)
    words = PAUSED[endpoint.paused_because]
    recipients = [_itself(endpoint), *desk]
    await _tell(deed, endpoint, endpoint.paused_because, words, case_id, recipients)


async def _tell(
    deed: Deed,
    endpoint: WebhookEndpoint,
    reason: str,
    words: Words,
    case_id: UUID | None,
    recipients: list[Recipient],
) -> None:
    ids = {"endpoint": str(endpoint.id), "organisation": str(endpoint.organisation_id)}
    logger.warning("webhook_endpoint_fails", reason=reason, **ids)
    ALERTS.labels(reason).inc()
    said = Note(
        id=new_id(),
        about=f"notify.webhook_endpoint_{reason.lower()}",
        code=f"WEBHOOK_{reason}",
        title=words.title,
        phrase=words.phrase,
        body=words.body.format(host=urlsplit(endpoint.url).hostname),
        case_id=case_id,
    )
    await note(deed, said, recipients)


def _itself(endpoint: WebhookEndpoint) -> Recipient:
    return Recipient(RecipientKind.ORGANISATION, endpoint.organisation_id)
