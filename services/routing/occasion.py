"""One act on a case: who, when, in which transaction, with what tools."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from shared import audit
from shared.contracts import Event
from shared.identity import SYSTEM, Actor
from shared.messaging import publish
from shared.runtime import Runtime


@dataclass(frozen=True)
class Occasion:
    """The same for an endpoint, a callback, an event handler and the sweeper.

    `happened_at` is set where it was done before it was told: in the field, without a network.
    """

    runtime: Runtime
    session: AsyncSession
    actor: Actor
    now: datetime
    ran_out_at: datetime | None = None
    happened_at: datetime | None = None

    @property
    def clocks_from(self) -> datetime:
        """Where new clocks begin: when one ran out, also if that was noticed late (X38)."""
        return self.ran_out_at or self.now

    def by_system(self) -> Occasion:
        return replace(self, actor=SYSTEM)

    def conceal(self, text: str, table: str, row_id: UUID | str, column: str = "text") -> str:
        """Free text is stored as ciphertext: people write names and numbers into it."""
        return self.runtime.cipher.encrypt(text, table=table, row_id=row_id, column=column)

    def reveal(self, ciphertext: str, table: str, row_id: UUID | str, column: str = "text") -> str:
        return self.runtime.cipher.decrypt(ciphertext, table=table, row_id=row_id, column=column)

    def publish(self, event: Event) -> None:
        publish(self.session, event, actor=self.actor, at=self.now)

    def audit(
        self, action: str, subject_type: str, subject_id: UUID, details: dict[str, Any]
    ) -> None:
        audit.append(
            self.session,
            actor=self.actor,
            action=action,
            subject_type=subject_type,
            subject_id=subject_id,
            at=self.now,
            details=details,
        )
