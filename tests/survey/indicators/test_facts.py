"""Facts do not depend on the order of events, nor on repetitions (X36, X37)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from itertools import permutations
from typing import Any

import pytest
from sqlalchemy import text

from services.survey import handlers
from services.survey.indicators.domain.facts import case_row, is_kept, is_owed
from shared.contracts.event import Event
from shared.contracts.routing import (
    AgreementPerformed,
    CaseProgressed,
    CaseReopened,
    CaseReturned,
    MediationAgreed,
    MediationFailed,
)
from shared.contracts.vocabulary import CaseStatus, Grade
from shared.identity import SYSTEM
from shared.messaging import Reception
from shared.messaging.outbox import envelop
from tests.at_once import waits_or_is_done
from tests.samples import FIRE, FIRE_BRIGADE, named
from tests.stage import Stage
from tests.survey.indicators.cases import DAY, case, clock, closed
from tests.survey.surveys.pollster import estate

ROW = text("SELECT row_to_json(case_fact) FROM case_fact WHERE id = :id")


async def fact(stage: Stage, name: str) -> dict[str, Any]:
    async with stage.host.runtime.database.transaction() as session:
        row = (await session.execute(ROW, {"id": named(name)})).scalar_one()
    return {key: value for key, value in row.items() if key not in {"id", "number"}}


def story(name: str) -> list[Event]:
    """Returned, failed, joint for a while, settled, reopened, performed, closed again."""

    def at(version: int, **changes: Any) -> Any:
        return case(name, version=version, **changes)

    return [
        CaseReturned(case=at(4), organisation_id=FIRE, reason="NOT_OURS"),
        MediationFailed(case=at(5, state=CaseStatus.JOINT, units=(FIRE_BRIGADE,))),
        MediationAgreed(case=at(6, state=CaseStatus.RESULT_REVIEW), written=True),
        CaseReopened(case=at(7)),
        AgreementPerformed(case=at(8)),
        CaseProgressed(case=closed(name), note=None),
    ]


async def test_every_order_leads_to_the_same_fact(stage: Stage) -> None:
    """X37: orders of six events, spread over all of them, each delivered twice."""
    orders = [order for number, order in enumerate(permutations(range(6))) if number % 71 == 0]
    facts = []
    for number, order in enumerate(orders):
        events = story(f"case {number}")
        for place in order:
            await stage.hear(events[place])
        facts.append(await fact(stage, f"case {number}"))
    assert all(each == facts[0] for each in facts)
    told = facts[0]
    assert (told["state"], told["mediation"], told["left_street"]) == ("CLOSED", "SUCCESS", True)
    assert (told["returns"], told["reopened"]) == (1, 1)
    assert told["performed_at"] is not None


async def test_what_the_inbox_forgot_is_not_counted_again(stage: Stage) -> None:
    """X36: an objection (T12) counts once per event, even if the inbox has lost it."""
    returned = story("once")[0]
    await stage.hear_after_forgetting(returned)
    assert (await fact(stage, "once"))["returns"] == 1
    assert await stage.count("case_mark") == 1


async def test_a_case_without_a_grid_lies_where_its_estate_lies(stage: Stage) -> None:
    """A18: whichever of the two is heard of first."""
    nowhere = CaseProgressed(case=case("early", grid_code=None), note=None)
    await stage.hear(nowhere)
    assert (await fact(stage, "early"))["community"] is None
    await stage.hear(estate(division="421202001"))
    late = CaseProgressed(case=case("late", grid_code=None), note=None)
    await stage.hear(late)
    for name in ("early", "late"):
        assert (await fact(stage, name))["community"] == "421202001001"
    again = CaseProgressed(case=case("early", grid_code=None, version=11), note=None)
    await stage.hear(again)
    assert (await fact(stage, "early"))["community"] == "421202001001"


@pytest.mark.parametrize("first", ["case", "estate"])
async def test_a_case_and_its_estate_heard_of_at_once(stage: Stage, first: str) -> None:
    """A18, X37: by two workers, of which neither sees yet what the other writes."""
    nowhere = CaseProgressed(case=case("at once", grid_code=None), note=None)
    heard: dict[str, tuple[Callable[[Sequence[Any]], Awaitable[None]], Event]] = {
        "case": (handlers.remember_cases, nowhere),
        "estate": (handlers.remember_estates, estate(division="421202001")),
    }
    handle, event = heard.pop(first)
    ((_, other),) = heard.values()
    runtime, now = stage.host.runtime, stage.clock.now()
    async with runtime.database.transaction() as session:
        envelope = envelop(event, actor=SYSTEM, at=now)
        await handle([Reception(event, envelope, session, runtime, now)])
        second = asyncio.create_task(stage.hear(other))
        await waits_or_is_done(stage, second)
    await second
    assert (await fact(stage, "at once"))["community"] == "421202001001"


def test_which_clocks_count() -> None:
    """3.3: kept is met by the due instant and never breached; called off is not owed."""
    assert is_kept(clock("FEEDBACK", hours=1, met=1))
    assert not is_kept(clock("FEEDBACK", hours=1, met=1.01))
    assert not is_kept(clock("FEEDBACK", hours=1))
    assert not is_kept(None)
    assert is_owed(clock("FEEDBACK", hours=1))
    assert not is_owed(clock("FEEDBACK", hours=1, state="STOPPED"))
    assert not is_owed(clock("FEEDBACK", hours=1, state="PAUSED"))
    late = clock("FEEDBACK", hours=1)
    assert is_owed(late.model_copy(update={"state": "STOPPED", "breached_at": late.due_at}))


def test_the_resolution_clock_is_that_of_the_grade() -> None:
    """X01, X02: regraded, the clock of the former grade no longer says when it is due."""
    clocks = (
        clock("SMALL_RESOLVE", hours=24, state="STOPPED"),
        clock("MEDIUM_RESOLVE", hours=183),
    )
    row = case_row(case("regraded", *clocks, grade=Grade.MEDIUM), 90 * DAY)
    assert row["resolution_due_at"] == clocks[1].due_at
    assert case_row(case("ungraded", *clocks, grade=None), 90 * DAY)["resolution_due_at"] is None
