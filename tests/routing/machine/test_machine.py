"""Random people do random things over simulated weeks; whatever they try, 3.10 holds."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from random import Random
from typing import Any, TypeVar
from uuid import UUID

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from services.routing.app import service
from services.routing.cases.domain.lifecycle import is_possible
from services.routing.cases.queries import opened
from services.routing.cases.recording import state_of
from services.routing.cases.tables import Case
from services.routing.occasion import Occasion
from shared.contracts import Event
from shared.contracts.intake import (
    ComplaintConfirmed,
    ComplaintSubmitted,
    ComplaintUrged,
    ComplaintWithdrawn,
)
from shared.contracts.routing import CaseState
from shared.contracts.vocabulary import CaseStatus, Solved
from shared.identity import SYSTEM, Actor
from tests.routing.conftest import prepared
from tests.routing.drama import FEES, FIRE, ILLEGAL, NOISE, Drama, owner, staff
from tests.routing.machine.invariants import check, rebuilt, told
from tests.routing.machine.moves import ASIDE, EVERYTHING, PEOPLE, REQUESTS, Request, at_this_moment
from tests.servers import Databases
from tests.stage import staged

T = TypeVar("T")

COMPLAINTS = (NOISE, FEES, ILLEGAL, FIRE)
STRANGERS = (staff("chengguan.xianan"), staff("fayuan.xianan"), staff("wuye.wenquan"))
MOST = 3
CHANCE = st.integers(0, 2**32).map(Random)
WITHOUT_CLOCKS = {"clocks", "version"}


class CaseMachine(RuleBasedStateMachine):
    """One routing service with its database; mail from other services waits until it is brought."""

    databases: Databases

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.stack = AsyncExitStack()
        self.complaints: list[ComplaintSubmitted] = []
        self.mail: list[Event] = []
        self.first_dispatches: dict[UUID, set[Any]] = {}
        self.drama = self.do(self._open())

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    async def _open(self) -> Drama:
        url = await self.databases.fresh_database(prepared)
        return Drama(await self.stack.enter_async_context(staged(service, url)))

    @initialize(chance=CHANCE)
    def begin(self, chance: Random) -> None:
        self.file(chance)
        self.bring_mail(chance, twice=True)

    @precondition(lambda self: len(self.complaints) < MOST)
    @rule(chance=CHANCE)
    def file(self, chance: Random) -> None:
        """A complaint is submitted; the event may arrive late, like all others."""
        reporter = owner(f"owner-{chance.randint(1, 3)}")
        event = self.drama.submission(chance.choice(COMPLAINTS), reporter=reporter)
        self.complaints.append(event)
        self.mail.append(event)

    @precondition(lambda self: self.mail)
    @rule(chance=CHANCE, twice=st.booleans())
    def bring_mail(self, chance: Random, twice: bool) -> None:
        """One waiting message, not the oldest one by preference, perhaps once more later."""
        event = self.mail.pop(chance.randrange(len(self.mail)))
        if self._too_early(event):
            self.mail.append(event)
            return
        self.do(self.drama.stage.hear(event))
        if twice:
            self.mail.append(event)

    @rule(chance=CHANCE, steps=st.integers(3, 8))
    def lead_on(self, chance: Random, steps: int) -> None:
        """Several things that the state allows, each by the first person who may do it."""
        for _ in range(steps):
            if (case := self._case(chance)) is not None:
                self.do(self._lead_on(case, chance))

    @rule(person=st.sampled_from(PEOPLE), request=st.sampled_from(EVERYTHING), chance=CHANCE)
    def stray(self, person: Actor, request: Request, chance: Random) -> None:
        """Anything by anybody."""
        if (case := self._case(chance)) is not None:
            self.do(self._try(case["id"], person, request))

    @rule(chance=CHANCE, solved=st.sampled_from(Solved))
    def answer(self, chance: Random, solved: Solved) -> None:
        """An owner rates, asked or not."""
        complaint = chance.choice(self.complaints).complaint
        asks = solved is Solved.NO
        self.mail.append(
            ComplaintConfirmed(complaint=complaint, solved=solved, level=3, asks_to_reopen=asks)
        )

    @rule(chance=CHANCE)
    def withdraw(self, chance: Random) -> None:
        """An owner no longer wants it; heard of late, or of a major case, that changes nothing."""
        complaint = chance.choice(self.complaints).complaint
        self.mail.append(ComplaintWithdrawn(complaint=complaint))

    @rule(chance=CHANCE, times=st.integers(1, 4))
    def urge(self, chance: Random, times: int) -> None:
        complaint = chance.choice(self.complaints).complaint
        self.mail.append(ComplaintUrged(complaint=complaint, times=times))

    @rule(chance=CHANCE)
    def merge(self, chance: Random) -> None:
        """Two cases that somebody takes for one, rightly or not."""
        case, other = self._case(chance), self._case(chance)
        if case is not None and other is not None:
            request = ("merge", {"into": str(other["id"]), "reason": "同一问题"})
            self.do(self._try(case["id"], chance.choice(PEOPLE), request))

    @rule(hours=st.integers(0, 60))
    def wait(self, hours: int) -> None:
        self.do(self.drama.pass_time(hours=hours, minutes=7))

    @invariant()
    def everything_holds(self) -> None:
        self.do(check(self.drama, self.first_dispatches))

    def teardown(self) -> None:
        self.do(self._finish())
        self.runner.close()

    async def _finish(self) -> None:
        try:
            for case in await self.drama.rows("SELECT id FROM cases"):
                await self._rebuild(case["id"])
                await self._nothing_said_at_the_table_leaks(case["id"])
        finally:
            await self.stack.aclose()

    async def _rebuild(self, case_id: UUID) -> None:
        """Invariant 12: the events alone, in any order, make the state; no secret step is left."""
        events = await told(self.drama, case_id)
        state = rebuilt([*reversed(events), *events])
        now = await self._state(case_id)
        told_of, stored = (each.model_dump(exclude=WITHOUT_CLOCKS) for each in (state, now))
        different = {name for name in stored if told_of[name] != stored[name]}
        assert not different, f"invariant 12: {different} of {[each.name for each in events]}"

    async def _state(self, case_id: UUID) -> CaseState:
        runtime = self.drama.stage.host.runtime
        async with runtime.database.transaction() as session:
            case = await session.get(Case, case_id)
            assert case is not None
            file = await opened(session, case)
            return await state_of(Occasion(runtime, session, SYSTEM, self.drama.now), file)

    async def _nothing_said_at_the_table_leaks(self, case_id: UUID) -> None:
        """Invariant 10: court, department and company read no session."""
        for person in STRANGERS:
            answer = await self.drama.read(person, f"/cases/{case_id}/mediation")
            assert answer.status_code in {403, 404} or answer.json()["sessions"] is None

    def _too_early(self, event: Event) -> bool:
        """Of a complaint that routing has not heard of: the broker brings it again."""
        if isinstance(event, ComplaintSubmitted):
            return False
        assert isinstance(event, ComplaintConfirmed | ComplaintWithdrawn | ComplaintUrged)
        rows = self.do(
            self.drama.rows(
                "SELECT 1 FROM case_complaint WHERE complaint_id = :id", id=event.complaint.id
            )
        )
        return not rows

    def _case(self, chance: Random) -> Any:
        cases = self.do(self.drama.rows("SELECT id, state FROM cases ORDER BY id"))
        return chance.choice(cases) if cases else None

    async def _lead_on(self, case: Any, chance: Random) -> None:
        state = CaseStatus(case["state"])
        possible = [
            request
            for action, requests in REQUESTS.items()
            for request in requests
            if is_possible(state, action) and action not in ASIDE
        ]
        chance.shuffle(possible)
        for request in possible:
            for person in PEOPLE:
                if await self._try(case["id"], person, request):
                    return

    async def _try(self, case_id: UUID, person: Actor, request: Request) -> bool:
        """Refusals are part of it; a failure of ours is not."""
        what, body = at_this_moment(request, self.drama.now)
        answer = await self.drama.send(person, f"/cases/{case_id}/{what}", body)
        assert answer.status_code < 500, answer.text
        return answer.status_code == 200


def test_the_invariants_hold_whatever_people_do(postgres: Databases) -> None:
    """Invariants 1 to 7 and 10 to 12 of 3.10; X36, X37."""
    CaseMachine.databases = postgres
    run_state_machine_as_test(
        CaseMachine,
        settings=settings(
            max_examples=10,
            stateful_step_count=30,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
