"""Sends what is due. No transaction is open while a provider is being called."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Sequence

from services.notify.channels.channel import Channels, Parcel, Result
from services.notify.messages.commands.telling import BELL
from services.notify.messages.domain.course import Outcome
from services.notify.messages.domain.quiet_hours import is_quiet
from services.notify.messages.sending.claiming import abandoned, claim
from services.notify.messages.sending.packing import pack
from services.notify.messages.sending.recording import record, settle
from services.notify.waking import whenever_rung
from shared.runtime import Runtime

DIED = Result(Outcome.UNKNOWN, "SENDER_DIED")


class MessageSender:
    def __init__(self, runtime: Runtime, channels: Channels) -> None:
        self._runtime = runtime
        self._database = runtime.database
        self._channels = channels
        self._sending = asyncio.Lock()

    async def run(self) -> None:
        """Send until cancelled."""
        await whenever_rung(self._database, BELL, self.pump)

    async def pump(self) -> int:
        """Send everything that is due now; returns how many attempts that took."""
        async with self._sending:
            await self._take_over()
            attempts = 0
            while parcels := await self._claim():
                await asyncio.gather(*map(self._bring, _by_recipient(parcels)))
                attempts += len(parcels)
            return attempts

    async def _take_over(self) -> None:
        """What a sender left behind when it died may have been sent."""
        now = self._runtime.clock.now()
        async with self._database.transaction() as session:
            for message, attempt in await abandoned(session, now):
                await settle(session, message, attempt, DIED, now)

    async def _claim(self) -> Sequence[Parcel]:
        now = self._runtime.clock.now()
        hours = self._runtime.rulebooks.in_force_at(now).notices.quiet_hours
        async with self._database.transaction() as session:
            claimed = await claim(session, now, quiet=is_quiet(now, hours))
            return await pack(session, self._runtime.cipher, claimed)

    async def _bring(self, parcels: Sequence[Parcel]) -> None:
        """One after the other: WeChat refuses parallel messages to one person (43108)."""
        for parcel in parcels:
            result = await self._channels[parcel.channel].send(parcel)
            async with self._database.transaction() as session:
                await record(session, parcel.attempt_id, result, self._runtime.clock.now())


def _by_recipient(parcels: Sequence[Parcel]) -> list[list[Parcel]]:
    groups: dict[object, list[Parcel]] = defaultdict(list)
    for parcel in parcels:
        groups[parcel.recipient_id].append(parcel)
    return list(groups.values())
