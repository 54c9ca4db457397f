"""An owner who lets CK-12 pass is called: the number travels sealed, the answer closes or reopens
the case through all four services (CK-14, T31, T32, X33).
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

import pytest

from deploy.demo import world
from deploy.demo.callers import Answer, Caller, Refused
from deploy.demo.ephemeral import running
from deploy.demo.stories import Stage, Told
from deploy.demo.stories.noise import LEADER, OWNER, WORKER, noise_answered
from deploy.embedded.processes import free_port
from shared.clock import BEIJING, SimulatedClock
from tests.journeys.backbone import at_rest
from tests.journeys.city import city_environment
from tests.journeys.expectations import assert_at_rest
from tests.servers import Databases

MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=BEIJING)
NOT_SOLVED = {"solved": "NO", "result_level": 2, "process_level": 3, "reasons": ["CAME_BACK"]}
SOLVED = {"solved": "YES", "result_level": 4, "process_level": 5}


@pytest.fixture
async def city(postgres: Databases) -> AsyncIterator[Stage]:
    port = free_port()
    keys = await city_environment(postgres, port)
    async with running(keys, port, SimulatedClock(MORNING)) as (system, client):
        yield Stage(system, client, keys, lambda *_: None)


async def silent_owner(city: Stage) -> Told:
    told = await noise_answered(city)
    await city.at("2026-03-06T09:30", "CK-12 ended at midnight")
    await city.settled()
    return told


async def call(city: Stage, caller: Caller, outcome: str, **report: Any) -> Answer:
    (task,) = (await caller.get("/survey/calls"))["items"]
    path = f"/survey/calls/{task['visit_id']}"
    await caller.post(f"{path}/claim")
    number = (await caller.post(f"{path}/number"))["number"]
    assert number == world.owner(OWNER).mobile
    made = {"outcome": outcome, "called_at": city.system.clock.now().isoformat(), "seconds": 30}
    answer = await caller.post(f"{path}/attempts", made | report)
    await city.settled()
    return answer


async def case_state(city: Stage, told: Told) -> str:
    case = await city.staff("zhongzhi.wenquan").get(f"/routing/cases/{told.case_id}")
    return str(case["state"])


@pytest.mark.parametrize(
    ("answer", "state"), [(NOT_SOLVED, "HANDLING"), (SOLVED, "CLOSED")], ids=["T32", "T31"]
)
async def test_an_answer_by_telephone_moves_the_case(
    city: Stage, answer: Answer, state: str
) -> None:
    """The leader calls; the worker who handled the case has nobody to call about it (X20)."""
    told = await silent_owner(city)
    assert (await city.staff(WORKER).get("/survey/calls"))["items"] == []
    await call(city, city.staff(LEADER), "NOT_REACHED")
    await city.at("2026-03-07T10:00", "another day")
    assert await case_state(city, told) == "FEEDBACK"
    await call(city, city.staff(LEADER), "REACHED", answer=answer)
    assert await case_state(city, told) == state
    assert_at_rest(await at_rest(city.system))


async def test_a_refusal_closes_and_satisfies_nobody(city: Stage) -> None:
    """X33: closed; figures of the street show silence apart from answers."""
    told = await silent_owner(city)
    await call(city, city.staff(LEADER), "REFUSED")
    assert await case_state(city, told) == "CLOSED"
    figures = await city.staff("zhongzhi.wenquan").get("/survey/coverage")
    assert figures["total"]["unanswered"]["REFUSED"] == 1
    assert figures["total"]["satisfied"]["percent"] == "—"
    with pytest.raises(Refused) as refused:
        await city.staff(WORKER).get("/survey/coverage")
    assert refused.value.code == "OVERSEERS_ONLY"
