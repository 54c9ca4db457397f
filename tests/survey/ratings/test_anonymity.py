"""No reader can tie marks to a representative, by no combination of views (E09, E10).

The company of six households puts together everything it can read of ratings, surveys, the credit
file and coverage, at every stage, and tries every assignment of marks that fits the figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import combinations_with_replacement
from typing import Any

from services.survey.app import service
from shared.contracts.survey import RatingPublished
from shared.identity import Actor
from tests.house.operations import operations
from tests.samples import named
from tests.stage import Stage
from tests.survey.ratings.raters import (
    INDICATORS,
    LAST_OF_QUARTER,
    MEMBERS,
    OFFICER,
    OWNERS,
    PARTY,
    QUARTER_OVER,
    Room,
    criteria,
    marks,
    person,
)
from tests.survey.surveys.pollster import LEADER, MANAGER, Poll, house, levels, lives

SIX = range(6)
KINDS = (PARTY, OWNERS, OWNERS, PARTY, OWNERS, OWNERS)
MIXED = [
    marks(5, 4, 1, 3, 2, 2, 4, 5),
    marks(1, 4, 5, 3, 2, 4, 2, 3),
    marks(3),
    marks(4, 5, 2, 2, 1, 1, 5, 4),
    marks(2, 2, 4, 5, 5, 3, 1, 2),
    marks(5, 1, 1, 4, 3, 5, 3, 1),
]
ANSWERS = [levels(5, 4, 1, 3, 2), levels(1, 4, 5, 3, 2), levels(3, 3, 3, 3, 3),
           levels(4, 5, 2, 2, 1), levels(2, 2, 4, 5, 5), levels(5, 1, 1, 4, 3)]  # fmt: skip
OPERATING = "/survey/health", "/survey/ready"

Views = dict[str, str]


async def read_everything(stage: Stage, known: Mapping[str, str], actor: Actor = MANAGER) -> Views:
    """Every GET of survey, with every id that the company knows or can guess."""
    seen = {}
    async with stage.client(actor) as client:
        for operation in operations():
            if operation.method != "GET" or not operation.path.startswith(f"/{service.name}/"):
                continue
            if operation.path in OPERATING:
                continue
            ids = dict.fromkeys(operation.names, str(named("any"))) | dict(known)
            path = operation.address(ids).removeprefix(f"/{service.name}")
            answer = await client.get(path)
            assert answer.status_code < 500, path
            seen[operation.path] = answer.text if answer.is_success else ""
    return seen


def fits(average: str, people: int) -> Iterator[tuple[int, ...]]:
    """All marks, whoever gave which, that have this average."""
    for each in combinations_with_replacement(range(1, 6), people):
        if (Decimal(sum(each)) / people).quantize(Decimal("0.01")) == Decimal(average):
            yield each


async def everything_of_six(stage: Stage) -> tuple[Room, Poll]:
    """A survey, a quarterly rating and a panel of one estate, all of them published."""
    room = await Room(stage).represented(KINDS, households=6)
    poll = await Poll(stage).opened(6, ends_on=LAST_OF_QUARTER)
    await poll.walked(ANSWERS)
    await room.opened()
    await room.rated(MIXED)
    await room.assembled()
    await room.on_panel("POST", "/opening")
    for actor in MEMBERS:
        await room.panel_marks(actor, criteria(1, 2, 3, 4, 5))
    return room, poll


async def test_a_company_of_six_households(stage: Stage) -> None:
    """E05, E06, E10: no answer, no mark, no account and no door, in all that it can read."""
    room, poll = await everything_of_six(stage)
    known = {
        "rating_id": room.rating,
        "survey_id": poll.id,
        "visit_id": str(named("any")),
        "representative_id": room.appointed[0],
        "version": "seed-2025-07-21",
    }
    stage.clock.move_to(QUARTER_OVER)
    before = await read_everything(stage, known)
    assert not before["/survey/ratings/{rating_id}"]
    assert room.rating not in "".join(before.values())
    await room.closed(QUARTER_OVER)
    await poll.closed(QUARTER_OVER)
    counted = await read_everything(stage, known)
    assert _without_times(before) == _without_times(counted), "nothing before it is public"
    await room.do("publication", OFFICER)
    for channel in ("NOTICE_BOARD", "OWNERS_GROUP"):
        assert (await poll.post_on(channel, stage.clock.now())).status_code == 200
    await room.on_panel("POST", "/closing")
    await room.on_panel("POST", "/publication")
    views = await read_everything(stage, known)
    _names_nobody(room, views)
    assert room.panel not in "".join(views.values()), "the committee is none of its business"
    async with stage.client(MANAGER) as client:
        shown = (await client.get(f"/ratings/{room.rating}")).json()
        entries = (await client.get("/credit-entries")).json()["items"]
    assert (shown["own"], shown["progress"]) == (None, None)
    assert {each["score"] for each in entries} == {shown["result"]["score"], "60.67"}
    _leaves_everything_possible(shown["result"])


async def test_no_event_leads_to_a_representative(stage: Stage) -> None:
    room = await Room(stage).represented(KINDS, households=6)
    await room.opened()
    await room.rated(MIXED)
    await room.published()
    (told,) = await stage.said(RatingPublished)
    _names_nobody(room, {"event": told.model_dump_json()})


async def test_an_indicator_in_which_all_agree(stage: Stage) -> None:
    """E10: an average of 5.00 would tell what everybody gave; so none is shown, to nobody."""
    room = await Room(stage).represented(KINDS, households=6)
    await room.opened()
    await room.rated([each | {"ORDER": 5} for each in MIXED])
    published = await room.published()
    assert (published["result"]["averages"], published["result"]["raters"]) == (None, 6)
    for reader in (MANAGER, LEADER, person(0)):
        assert (await room.see(reader)).json()["result"] == published["result"]


async def test_staff_read_no_marks(stage: Stage) -> None:
    """E09: that somebody rated is counted, who and what is shown to nobody."""
    room = await Room(stage).represented(KINDS, households=6)
    await room.opened()
    await room.rated(MIXED)
    await stage.hear(lives("neighbour", 5))
    for reader in (LEADER, OFFICER):
        views = await read_everything(stage, {"rating_id": room.rating}, reader)
        shown = views["/survey/ratings/{rating_id}"]
        assert '"marks"' not in shown
        for number in SIX:
            assert str(person(number).id) not in "".join(views.values())


def _leaves_everything_possible(result: dict[str, Any]) -> None:
    """What fits says nothing of who gave which, so what one may have given all may."""
    assert set(result["averages"]) == set(INDICATORS)
    for code in INDICATORS:
        possible = {mark for each in fits(result["averages"][code], 6) for mark in each}
        assert len(possible) >= 2, code


def _without_times(views: Views) -> Views:
    """Coverage names the moment at which it was computed."""
    return {path: text for path, text in views.items() if "coverage" not in path}


def _names_nobody(room: Room, views: Views) -> None:
    everything = "".join(views.values())
    for number in SIX:
        assert str(person(number).id) not in everything
        assert str(house(number)) not in everything
        assert room.appointed[number] not in everything
        assert f'"{number:04d}"' not in everything
