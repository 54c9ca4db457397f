"""Checks what is new, receives findings, and hands to a person what nobody answered."""

from __future__ import annotations

import asyncio

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.intake.owners.contacts import Contacts
from services.intake.screening import gathering, pushes
from services.intake.screening.checking import AddressFor, Question, check, no_address
from services.intake.screening.claiming import BATCH, claim
from services.intake.screening.domain.lifecycle import ScreeningState
from services.intake.screening.domain.timing import ANSWERABLE
from services.intake.screening.domain.verdicts import Reason, held
from services.intake.screening.pausing import Pause
from services.intake.screening.recording import record, settle
from services.intake.screening.tables import Screening
from shared.runtime import Runtime
from shared.wechat import WeChatClient

POLL = 1.0  # seconds


class Screener:
    """`address_for` gives a short-lived public address of a file."""

    def __init__(self, runtime: Runtime, address_for: AddressFor = no_address) -> None:
        self._runtime = runtime
        self._database = runtime.database
        self._address_for = address_for
        self._pause = Pause(runtime.clock)
        self._working = asyncio.Lock()

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            await self.pump()
            await asyncio.sleep(POLL)

    async def pump(self) -> int:
        """Everything that is due now; returns how much that was."""
        async with self._working:
            done = await self._gather()
            while questions := await self._claim():
                await asyncio.gather(*map(self._ask, questions))
                done += len(questions)
            return done + await self._work_off() + await self._give_up()

    async def _gather(self) -> int:
        now, gathered = self._runtime.clock.now(), 0
        while True:
            async with self._database.transaction() as session:
                since = await gathering.gathered_until(session, at_least=now - ANSWERABLE)
                found = await gathering.gather(session, since)
            gathered += found
            if found < gathering.BATCH:
                return gathered

    async def _claim(self) -> list[Question]:
        async with self._database.transaction() as session:
            contacts = self._runtime.part(Contacts)
            return list(await claim(session, contacts, self._runtime.clock.now()))

    async def _ask(self, question: Question) -> None:
        wechat = self._runtime.part(WeChatClient)
        outcome = await check(wechat, self._address_for, self._pause, question)
        async with self._database.transaction() as session:
            await record(session, question, outcome, self._runtime.clock.now())

    async def _work_off(self) -> int:
        async with self._database.transaction() as session:
            return await pushes.work_off(session, self._runtime.cipher, self._runtime.clock.now())

    async def _give_up(self) -> int:
        """No finding within thirty minutes: a person looks."""
        now = self._runtime.clock.now()
        async with self._database.transaction() as session:
            overdue = await _overdue(session, now)
            for screening in overdue:
                settle(screening, held(Reason.NOT_CHECKED), now)
        return len(overdue)


async def _overdue(session: AsyncSession, now: object) -> list[Screening]:
    wanted = (
        select(Screening)
        .where(col(Screening.state) == ScreeningState.SENT, col(Screening.due_at) < now)
        .order_by(col(Screening.due_at), col(Screening.id))
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    return list((await session.execute(wanted)).scalars())
