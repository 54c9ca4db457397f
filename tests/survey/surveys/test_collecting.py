"""Answers at the door and online: one per household, each visit once (E02, E29, E30)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import permutations
from uuid import uuid4

import pytest

from shared.contracts.intake import ErasedOwner, HomesState, OwnerErased, OwnerHomesChanged
from shared.contracts.vocabulary import Relation
from shared.identity import Scope
from shared.privacy import Hiding
from tests.samples import COMPANY, named
from tests.stage import START, Stage
from tests.survey.surveys.pollster import (
    GRIDS,
    MANAGER,
    STREET,
    WORKER,
    Poll,
    house,
    levels,
    lives,
    once,
    resident,
)

OWN = {"relation": "OWNER"}


async def standing(poll: Poll, person: str = "wife", number: int = 1) -> tuple[str, str]:
    """How the household's valid answer was given, and by whom."""
    (home,) = (await poll.see(resident(person, number))).json()["homes"]
    return home["mode"], home["relation"]


async def test_two_of_the_family_have_one_answer(stage: Stage) -> None:
    """E29: the later one counts; each sees the own words only."""
    poll = await Poll(stage).opened()
    await stage.hear(lives("wife", 1), lives("son", 1, Relation.FAMILY))
    assert (await poll.answer("wife", 1, levels(5))).status_code == 201
    stage.clock.advance(timedelta(minutes=1))
    assert (await poll.answer("son", 1, levels(2))).status_code == 201
    assert (await poll.see()).json()["progress"]["answered"] == 1
    (hers,) = (await poll.see(resident("wife", 1))).json()["homes"]
    (his,) = (await poll.see(resident("son", 1))).json()["homes"]
    assert (hers["relation"], hers["levels"]) == ("FAMILY", None)
    assert his["levels"] == levels(2)


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
@pytest.mark.parametrize("door", ["first", "between", "last"])
async def test_twice_online_and_once_at_the_door(
    stage: Stage, order: tuple[int, ...], door: str
) -> None:
    """E02, E29: one valid answer, the latest one, whatever is sent first; a visit may arrive days
    later."""
    poll = await Poll(stage).opened()
    await stage.hear(lives("wife", 1), lives("son", 1, Relation.FAMILY))
    for _ in order:
        stage.clock.advance(timedelta(hours=1))
    at_the_door = {"first": -3, "between": 1.5, "last": 2.5}[door] * timedelta(hours=1)
    visited_at = (stage.clock.now() + at_the_door).isoformat()
    visit = poll.a_visit(1, answer=OWN | {"levels": levels(1)}, visited_at=visited_at)
    given: dict[str, datetime] = {"door": datetime.fromisoformat(visited_at)}
    for what in order:
        if what == 2:
            stage.clock.move_to(max(stage.clock.now(), given["door"]))
            (receipt,) = await poll.visits([visit])
            latest = max(given.values()) == given["door"]
            assert receipt["result"] == ("APPLIED" if latest else "CONFLICT")
            continue
        stage.clock.advance(timedelta(hours=1))
        person = ("wife", "son")[what]
        given[person] = stage.clock.now()
        assert (await poll.answer(person, 1, levels(5 - 2 * what))).status_code == 201
    winner = max(given, key=lambda each: given[each])
    told = {"door": ("VISIT", "OWNER"), "wife": ("ONLINE", "OWNER"), "son": ("ONLINE", "FAMILY")}
    assert await standing(poll) == told[winner]
    progress = (await poll.see()).json()["progress"]
    assert (progress["answered"], progress["visited"]) == (1, 1)


@pytest.mark.parametrize("year", ["0001", "1999", "9999"])
async def test_a_visit_of_no_conceivable_year_is_not_sent_again(stage: Stage, year: str) -> None:
    """A device whose clock was reset would send it for ever; the others are not kept out."""
    poll = await Poll(stage).opened()
    strange = poll.a_visit(1, "DECLINED", visited_at=f"{year}-01-01T00:00:00+08:00")
    refused, applied = await poll.visits([strange, poll.a_visit(2, "DECLINED")])
    assert (refused["result"], refused["send_again"]) == ("REFUSED", False)
    assert refused["problem"]["code"] == "INVALID_FIELDS"
    assert applied["result"] == "APPLIED"


@pytest.mark.parametrize("owner_first", [True, False])
async def test_the_owner_replaces_the_tenant_in_any_order(stage: Stage, owner_first: bool) -> None:
    """E30: tenants count and are marked; the owner's answer stands, also the earlier one."""
    poll = await Poll(stage).opened()
    await stage.hear(lives("owner", 1), lives("tenant", 1, Relation.TENANT))
    for person in ("owner", "tenant") if owner_first else ("tenant", "owner"):
        if person == "owner" and not owner_first:
            assert await standing(poll, "tenant") == ("ONLINE", "TENANT")
        assert (await poll.answer(person, 1)).status_code == 201
        stage.clock.advance(timedelta(minutes=1))
    assert await standing(poll, "tenant") == ("ONLINE", "OWNER")


async def test_only_for_a_verified_home_on_the_list(stage: Stage) -> None:
    """E29: what intake has told counts; a home that is not of the estate is on no list."""
    poll = await Poll(stage).opened()
    unknown = await poll.answer("wife", 1)
    assert (unknown.status_code, unknown.json()["code"]) == (403, "HOME_NOT_VERIFIED")
    await stage.hear(lives("wife", 1))
    assert (await poll.answer("wife", 1)).status_code == 201
    body = {"house_id": str(house(2)), "levels": levels(4)}
    other = await poll.post("answers", body, resident("wife", 1))
    assert (other.status_code, other.json()["code"]) == (403, "HOME_NOT_VERIFIED")
    gone = HomesState(id=named("wife"), version=2, homes=())
    await stage.hear(OwnerHomesChanged(owner=gone))
    await stage.hear(lives("wife", 1))  # the older news, late
    moved = await poll.answer("wife", 1)
    assert (moved.status_code, moved.json()["code"]) == (403, "HOME_NOT_VERIFIED")
    for nobody in (resident("far", 99), WORKER, STREET, MANAGER):
        assert (await poll.post("answers", body, nobody)).status_code in {403, 404}


async def test_an_answer_is_whole_and_in_time(stage: Stage) -> None:
    """E04; the last moment of the last day is in time."""
    poll = await Poll(stage).opened()
    await stage.hear(lives("wife", 1))
    half = await poll.answer("wife", 1, {"RESPONSE": 5})
    assert (half.status_code, half.json()["code"]) == (422, "ANSWER_INCOMPLETE")
    assert (await poll.answer("wife", 1, levels(6))).json()["code"] == "ANSWER_INCOMPLETE"
    stage.clock.move_to(START.replace(day=10, hour=0))
    assert (await poll.answer("wife", 1)).status_code == 201
    stage.clock.advance(timedelta(seconds=1))
    late = await poll.answer("wife", 1)
    assert (late.status_code, late.json()["code"]) == (422, "OUTSIDE_SURVEY")


async def test_an_answer_sent_again_is_the_same(stage: Stage) -> None:
    poll = await Poll(stage).opened()
    await stage.hear(lives("wife", 1))
    body, key = {"house_id": str(house(1)), "levels": levels(4)}, once()
    async with stage.client(resident("wife", 1)) as client:
        path = f"/surveys/{poll.id}/answers"
        first = await client.post(path, json=body, headers=key)
        again = await client.post(path, json=body, headers=key)
    assert (first.status_code, again.content) == (201, first.content)
    assert await stage.count("survey_answer") == 1


async def test_a_batch_is_applied_once(stage: Stage) -> None:
    """A02: the same batch again, with one bad visit in it that keeps nobody out."""
    poll = await Poll(stage).opened()
    batch = [poll.a_visit(1), {"id": str(uuid4())}, poll.a_visit(2, "NOBODY_HOME")]
    first = await poll.visits(batch)
    again = await poll.visits(batch)
    assert [each["result"] for each in first] == ["APPLIED", "REFUSED", "APPLIED"]
    assert [each["result"] for each in again] == ["ALREADY_APPLIED", "REFUSED", "ALREADY_APPLIED"]
    assert (await stage.count("survey_answer"), await stage.count("survey_visit")) == (1, 2)
    assert await stage.count("survey_household", "tries = 1") == 1
    (reused,) = await poll.visits([batch[2] | {"outcome": "DECLINED"}])
    assert (reused["problem"]["code"], reused["send_again"]) == ("VISIT_ID_REUSED", False)


async def test_a_contact_is_an_answer_or_a_refusal(stage: Stage) -> None:
    """E03, U22: nobody at home three times is no contact; somebody found at last is one."""
    poll = await Poll(stage).opened()
    await poll.visits([poll.a_visit(1), poll.a_visit(2, "DECLINED")])
    for _ in range(3):
        await poll.visits([poll.a_visit(3, "NOBODY_HOME")])
    listed = (await poll.see(WORKER, "/households")).json()["items"]
    assert [each["status"] for each in listed[:4]] == [
        *("TO_VISIT", "CONTACTED", "CONTACTED", "NOT_REACHED")
    ]
    assert (await poll.see()).json()["progress"]["visited"] == 2
    await poll.visits([poll.a_visit(3)])
    progress = (await poll.see()).json()["progress"]
    assert (progress["visited"], progress["coverage"]) == (3, "30.00")


async def test_what_a_visit_must_be(stage: Stage) -> None:
    poll = await Poll(stage).opened()
    future = (stage.clock.now() + timedelta(hours=1)).isoformat()
    past = (stage.clock.now() - timedelta(seconds=1)).isoformat()
    batch = [
        poll.a_visit(1, visited_at=future),
        poll.a_visit(1, visited_at=past),
        poll.a_visit(77),
        poll.a_visit(1, survey_id=str(uuid4())),
        poll.a_visit(1, answer=OWN | {"levels": levels(9)}),
        poll.a_visit(1, answer=None),
        poll.a_visit(1, "DECLINED", answer=OWN | {"levels": levels(4)}),
    ]
    refused = await poll.visits(batch)
    assert [each["problem"]["code"] for each in refused] == [
        "MADE_IN_THE_FUTURE",
        "OUTSIDE_SURVEY",
        "HOUSEHOLD_NOT_LISTED",
        "SURVEY_NOT_FOUND",
        "ANSWER_INCOMPLETE",
        "INVALID_FIELDS",
        "INVALID_FIELDS",
    ]
    assert await stage.count("survey_visit") == 0


async def test_who_knocks_where(stage: Stage) -> None:
    """A02, A13: in the own grids, not at the own home, not for the own company."""
    poll = await Poll(stage).opened()
    other = replace(WORKER, id=named("other"), scope=Scope(grids=frozenset(GRIDS[1:])))
    lives_here = replace(WORKER, interests=frozenset({house(1)}))
    employed = replace(WORKER, interests=frozenset({COMPANY}))
    for actor, code in ((other, "SURVEY_NOT_FOUND"), (lives_here, "NOT_YOUR_SURVEY"),
                        (employed, "SURVEY_NOT_FOUND")):  # fmt: skip
        (receipt,) = await poll.visits([poll.a_visit(1)], actor)
        assert receipt["problem"]["code"] == code
    async with stage.client(STREET) as client:
        answer = await client.post("/surveys/visits", json={"visits": [poll.a_visit(1)]})
    assert (answer.status_code, answer.json()["code"]) == (403, "SURVEY_VISITORS_ONLY")
    (taken,) = await poll.visits([poll.a_visit(1)])
    assert taken["result"] == "APPLIED"


async def test_a_batch_has_a_limit(stage: Stage) -> None:
    poll = await Poll(stage).opened()
    async with stage.client(WORKER) as client:
        body = {"visits": [poll.a_visit(1)] * 201}
        answer = await client.post("/surveys/visits", json=body)
    assert (answer.status_code, answer.json()["code"]) == (413, "BATCH_TOO_LARGE")


async def test_an_erased_owner_leaves_an_answer_of_nobody(stage: Stage) -> None:
    """Facts 2.13: it counts on."""
    poll = await Poll(stage).opened()
    await stage.hear(lives("wife", 1))
    await poll.answer("wife", 1)
    names = stage.host.runtime.sealer.seal(
        Hiding.of({"演示"}).told(), audience="survey", subject=f"{named('wife')}/names"
    )
    gone = ErasedOwner(id=named("wife"), version=9, erased_at=START)
    await stage.hear(OwnerErased(owner=gone, names=names))
    assert await stage.count("survey_answer", "owner_id IS NULL") == 1
    assert (await poll.see()).json()["progress"]["answered"] == 1
    assert await stage.count("idempotency_key", f"actor = '{named('wife')}'") == 0
