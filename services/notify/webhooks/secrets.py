"""The secrets of an endpoint: stored encrypted, opened only to sign or to be told apart.

All of them sign every attempt. The next one does so before anybody has seen it, so that nothing
that is on its way when a secret is rotated fails with a receiver that holds the new one already.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.notify.webhooks.tables import WebhookEndpoint, WebhookOldSecret
from shared.privacy import FieldCipher
from shared.signatures import SharedSecret


class SecretState(StrEnum):
    CURRENT = "CURRENT"
    PREVIOUS = "PREVIOUS"
    NEXT = "NEXT"


@dataclass(frozen=True)
class Held:
    """`until` is when a previous secret stops signing."""

    state: SecretState
    secret: SharedSecret = field(repr=False)
    until: datetime | None = None


class SecretLock:
    """Each ciphertext is bound to its row and column."""

    def __init__(self, cipher: FieldCipher) -> None:
        self._cipher = cipher

    def close(self, endpoint_id: UUID, secret: SharedSecret, column: str = "secret") -> str:
        return self._cipher.encrypt(
            secret.text(), table="webhook_endpoint", row_id=endpoint_id, column=column
        )

    def open(self, endpoint_id: UUID, locked: str, column: str = "secret") -> SharedSecret:
        plain = self._cipher.decrypt(
            locked, table="webhook_endpoint", row_id=endpoint_id, column=column
        )
        return SharedSecret.parse(plain)

    def close_old(self, row_id: UUID, secret: SharedSecret) -> str:
        return self._cipher.encrypt(
            secret.text(), table="webhook_old_secret", row_id=row_id, column="secret"
        )

    def open_old(self, row: WebhookOldSecret) -> SharedSecret:
        plain = self._cipher.decrypt(
            row.secret, table="webhook_old_secret", row_id=row.id, column="secret"
        )
        return SharedSecret.parse(plain)


async def held_secrets(
    session: AsyncSession, cipher: FieldCipher, endpoint: WebhookEndpoint, now: datetime
) -> Sequence[Held]:
    """The current one first; none for an endpoint that is signed to with `v1a` alone."""
    lock, held = SecretLock(cipher), []
    if endpoint.secret is not None:
        held.append(Held(SecretState.CURRENT, lock.open(endpoint.id, endpoint.secret)))
    for old in await _old_secrets(session, endpoint.id, now):
        held.append(Held(SecretState.PREVIOUS, lock.open_old(old), old.until))
    if endpoint.next_secret is not None:
        following = lock.open(endpoint.id, endpoint.next_secret, "next_secret")
        held.append(Held(SecretState.NEXT, following))
    return held


async def _old_secrets(
    session: AsyncSession, endpoint_id: UUID, now: datetime
) -> Sequence[WebhookOldSecret]:
    wanted = (
        select(WebhookOldSecret)
        .where(WebhookOldSecret.endpoint_id == endpoint_id, col(WebhookOldSecret.until) > now)
        .order_by(col(WebhookOldSecret.id).desc())
    )
    return (await session.execute(wanted)).scalars().all()
