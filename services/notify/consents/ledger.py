"""Writing to the ledger and reading its balances; all queries of it are here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.notify.consents.tables import Cause, Consent
from shared.ids import new_id

Balances = Mapping[tuple[UUID, str], int]


async def balances(session: AsyncSession, people: Iterable[UUID]) -> Balances:
    """How many messages of which template each person still accepts; absent means none."""
    wanted = (
        select(Consent.person_id, Consent.template, func.sum(Consent.change))
        .where(col(Consent.person_id).in_(list(people)))
        .group_by(col(Consent.person_id), col(Consent.template))
    )
    rows = await session.execute(wanted)
    return {(person, template): int(balance) for person, template, balance in rows}


@dataclass(frozen=True)
class Account:
    """What one person accepts of one template."""

    session: AsyncSession
    person_id: UUID
    template: str

    async def balance(self) -> int:
        everything = await balances(self.session, [self.person_id])
        return everything.get((self.person_id, self.template), 0)

    def answer(self, *, accepted: bool, at: datetime) -> None:
        """The person answered a prompt of the mini-program."""
        cause = Cause.ACCEPTED if accepted else Cause.DECLINED
        self._enter(1 if accepted else 0, cause, at)

    def spend(self, message_id: UUID, at: datetime) -> None:
        """The vendor took a message."""
        self._enter(-1, Cause.SENT, at, message_id)

    async def empty(self, message_id: UUID, at: datetime) -> None:
        """The vendor says that nothing is left, and the vendor decides (43101)."""
        self._enter(-await self.balance(), Cause.REFUSED, at, message_id)

    def _enter(
        self, change: int, cause: Cause, at: datetime, message_id: UUID | None = None
    ) -> None:
        entry = Consent(
            id=new_id(),
            person_id=self.person_id,
            template=self.template,
            change=change,
            cause=cause,
            message_id=message_id,
            at=at,
        )
        self.session.add(entry)
