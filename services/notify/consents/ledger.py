"""Writing to the ledger and reading its balances; all queries of it are here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.notify.consents.tables import Cause, Consent
from shared.ids import new_id

Balances = Mapping[tuple[UUID, str], int]

TOLD_WITHIN = timedelta(minutes=10)  # both sides tell of the same prompt
VOIDING = (Cause.REFUSED, Cause.SWITCHED_OFF, Cause.BANNED)
IN_TURN = text("SELECT pg_advisory_xact_lock(hashtextextended(:whose, 2))")


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

    async def answer(self, *, accepted: bool, at: datetime) -> None:
        """The mini-program tells what the person answered to a prompt."""
        if accepted:
            await self._accept(Cause.ACCEPTED, Cause.PUSHED, at)
        else:
            self._enter(0, Cause.DECLINED, at)

    async def pushed(self, at: datetime) -> None:
        """The vendor tells that the person accepted a prompt."""
        await self._accept(Cause.PUSHED, Cause.ACCEPTED, at)

    async def void(self, cause: Cause, at: datetime) -> None:
        """Nothing accepted before `at` is good any more; what was accepted since is."""
        await self._lock()
        then = await self._sum(col(Consent.at) <= at)
        left = max(0, min(then, await self.balance()))
        self._enter(-left, cause, at)

    def spend(self, message_id: UUID, at: datetime) -> None:
        """The vendor took a message."""
        self._enter(-1, Cause.SENT, at, message_id)

    async def empty(self, message_id: UUID, at: datetime) -> None:
        """The vendor says that nothing is left, and the vendor decides (43101)."""
        self._enter(-await self.balance(), Cause.REFUSED, at, message_id)

    async def _accept(self, cause: Cause, other: Cause, at: datetime) -> None:
        """One prompt is told of twice, by the mini-program and by the vendor; it counts once."""
        await self._lock()
        first = await self._unconfirmed(other, at)
        is_good = first is None and not await self._is_voided_since(at)
        self._enter(int(is_good), cause, at, confirms=first)

    async def _unconfirmed(self, cause: Cause, at: datetime) -> UUID | None:
        """An acceptance that the other side told of, and this side has not yet."""
        confirmed = select(Consent.confirms).where(col(Consent.confirms).is_not(None), self._mine)
        wanted = (
            select(Consent.id)
            .where(self._mine, Consent.cause == cause, col(Consent.confirms).is_(None))
            .where(col(Consent.at).between(at - TOLD_WITHIN, at + TOLD_WITHIN))
            .where(col(Consent.id).not_in(confirmed))
            .order_by(col(Consent.at), col(Consent.id))
            .limit(1)
        )
        return (await self.session.execute(wanted)).scalar_one_or_none()

    async def _is_voided_since(self, at: datetime) -> bool:
        """A word that comes late does not undo a later one."""
        wanted = select(Consent.id).where(self._mine, col(Consent.cause).in_(VOIDING))
        later = wanted.where(col(Consent.at) > at).limit(1)
        return (await self.session.execute(later)).scalar_one_or_none() is not None

    async def _sum(self, *conditions: ColumnElement[bool]) -> int:
        total = func.coalesce(func.sum(col(Consent.change)), 0)
        wanted = select(total).where(self._mine, *conditions)
        return int((await self.session.execute(wanted)).scalar_one())

    @property
    def _mine(self) -> ColumnElement[bool]:
        return and_(
            col(Consent.person_id) == self.person_id, col(Consent.template) == self.template
        )

    async def _lock(self) -> None:
        """Both sides tell of a prompt at about the same time."""
        whose = f"{self.person_id}/{self.template}"
        await self.session.execute(IN_TURN, {"whose": whose})

    def _enter(
        self,
        change: int,
        cause: Cause,
        at: datetime,
        message_id: UUID | None = None,
        confirms: UUID | None = None,
    ) -> None:
        entry = Consent(
            id=new_id(),
            person_id=self.person_id,
            template=self.template,
            change=change,
            cause=cause,
            message_id=message_id,
            confirms=confirms,
            at=at,
        )
        self.session.add(entry)
