"""A new secret for an endpoint; the old one signs beside it until the overlap ends."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, func
from sqlmodel import col, select

from services.notify.deed import Deed
from services.notify.webhooks.commands.registering import note
from services.notify.webhooks.domain.limits import refuse_secret_beyond
from services.notify.webhooks.secrets import SecretLock
from services.notify.webhooks.tables import WebhookEndpoint, WebhookOldSecret
from shared.ids import new_id
from shared.signatures import SharedSecret


async def rotate(deed: Deed, endpoint: WebhookEndpoint, overlap: timedelta) -> WebhookEndpoint:
    """Without overlap no earlier secret signs any more, also none whose overlap still ran: that is
    for a secret that became known to others. Raises TooManyOldSecrets.
    """
    lock = SecretLock(deed.runtime.cipher)
    await _forget_old(deed, endpoint, all_of_them=not overlap)
    if overlap and endpoint.secret is not None:
        await _keep_old(deed, endpoint, lock, overlap)
    endpoint.secret = lock.close(endpoint.id, _following(lock, endpoint))
    endpoint.next_secret = lock.close(endpoint.id, SharedSecret.generate(), "next_secret")
    note(deed, endpoint, "secret_rotated", {"overlap_hours": overlap // timedelta(hours=1)})
    return endpoint


def _following(lock: SecretLock, endpoint: WebhookEndpoint) -> SharedSecret:
    """The one that signs already; an endpoint that had no secret has none of the kind."""
    if endpoint.next_secret is None:
        return SharedSecret.generate()
    return lock.open(endpoint.id, endpoint.next_secret, "next_secret")


async def _forget_old(deed: Deed, endpoint: WebhookEndpoint, *, all_of_them: bool) -> None:
    theirs = delete(WebhookOldSecret).where(col(WebhookOldSecret.endpoint_id) == endpoint.id)
    if not all_of_them:
        theirs = theirs.where(col(WebhookOldSecret.until) <= deed.at)
    await deed.session.execute(theirs)


async def _keep_old(
    deed: Deed, endpoint: WebhookEndpoint, lock: SecretLock, overlap: timedelta
) -> None:
    theirs = col(WebhookOldSecret.endpoint_id) == endpoint.id
    kept = (await deed.session.execute(select(func.count()).where(theirs))).scalar_one()
    refuse_secret_beyond(int(kept))
    assert endpoint.secret is not None
    row_id = new_id()
    secret = lock.close_old(row_id, lock.open(endpoint.id, endpoint.secret))
    deed.session.add(
        WebhookOldSecret(id=row_id, endpoint_id=endpoint.id, secret=secret, until=deed.at + overlap)
    )
