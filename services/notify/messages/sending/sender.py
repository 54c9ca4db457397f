"""Sends what is due. No transaction is open while a provider is being called."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from services.notify.channels.channel import Channels, Parcel, Priced, Result
from services.notify.messages.commands.telling import BELL
from services.notify.messages.domain.course import OURS, Outcome
from services.notify.messages.sending.claiming import (
    PATIENCE,
    abandoned,
    claim,
    may_be_sent,
    submit,
)
from services.notify.messages.sending.gathering import gather
from services.notify.messages.sending.packing import pack
from services.notify.messages.sending.paying import Cashier
from services.notify.messages.sending.recording import SENDER_DIED, give_back, record, settle
from services.notify.waking import whenever_rung
from shared.runtime import Runtime

DIED = Result(Outcome.UNKNOWN, SENDER_DIED)
NO_ANSWER = Result(Outcome.UNKNOWN, "NO_ANSWER")

TRANSACTIONS = 4  # at once: the pool is not ours alone, and answers may come all together


@dataclass(frozen=True)
class Batch:
    """What was claimed at once; of these the parcels that are to be sent."""

    claimed: int
    parcels: Sequence[Parcel]


class MessageSender:
    def __init__(self, runtime: Runtime, channels: Channels) -> None:
        self._runtime = runtime
        self._database = runtime.database
        self._channels = channels
        self._sending = asyncio.Lock()
        self._turns = asyncio.Semaphore(TRANSACTIONS)

    async def run(self) -> None:
        """Send until cancelled."""
        await whenever_rung(self._database, BELL, self.pump)

    async def pump(self) -> int:
        """Send everything that is due now; returns how many attempts that took."""
        async with self._sending:
            await self._take_over()
            attempts = 0
            while (batch := await self._claim()).claimed:
                await asyncio.gather(*map(self._bring, _by_recipient(batch.parcels)))
                attempts += batch.claimed
            return attempts

    async def _take_over(self) -> None:
        """What a sender left behind when it died may have been sent, if it had got so far."""
        now = self._runtime.clock.now()
        book = self._runtime.rulebooks.in_force_at(now)
        async with self._database.transaction() as session:
            for message, attempt in await abandoned(session, now):
                if may_be_sent(message, attempt):
                    await settle(session, message, attempt, DIED, book, now)
                else:
                    await give_back(session, message, attempt, now)

    async def _claim(self) -> Batch:
        now = self._runtime.clock.now()
        book = self._runtime.rulebooks.in_force_at(now)
        async with self._database.transaction() as session:
            single = await gather(session, book.notices.digest, now)
            claimed = await claim(session, now, book.notices.quiet_hours, single)
            parcels = await pack(session, self._runtime.cipher, claimed)
            cashier = Cashier(session, book, self._segments, now)
            return Batch(len(claimed), await cashier.paid(claimed, parcels))

    def _segments(self, parcel: Parcel) -> int:
        channel = self._channels[parcel.channel]
        return channel.segments(parcel) if isinstance(channel, Priced) else 0

    async def _bring(self, parcels: Sequence[Parcel]) -> None:
        """One after the other: WeChat refuses parallel messages to one person (43108)."""
        for parcel in parcels:
            if not await self._submit(parcel):
                continue
            result, now = await self._send(parcel), self._runtime.clock.now()
            book = self._runtime.rulebooks.in_force_at(now)
            async with self._turns, self._database.transaction() as session:
                await record(session, parcel.attempt_id, result, book, now)

    async def _submit(self, parcel: Parcel) -> bool:
        if parcel.channel in OURS:
            return True
        async with self._turns, self._database.transaction() as session:
            return await submit(session, parcel.attempt_id, self._runtime.clock.now())

    async def _send(self, parcel: Parcel) -> Result:
        try:
            async with asyncio.timeout(PATIENCE.total_seconds()):
                return await self._channels[parcel.channel].send(parcel)
        except TimeoutError:
            return NO_ANSWER


def _by_recipient(parcels: Sequence[Parcel]) -> list[list[Parcel]]:
    groups: dict[object, list[Parcel]] = defaultdict(list)
    for parcel in parcels:
        groups[parcel.recipient_id].append(parcel)
    return list(groups.values())
