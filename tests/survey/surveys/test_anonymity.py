"""No reader can tie an answer to a household, by no combination of views (E05, E06).

The company of six households puts together everything it can read, at every stage of the survey,
and tries every assignment of answers that fits the figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from decimal import Decimal
from itertools import product
from typing import Any

import pytest

from services.survey.app import service
from shared.contracts.survey import RectificationDue, SatisfactionPublished
from tests.house.operations import operations
from tests.samples import named
from tests.stage import Stage
from tests.survey.surveys.pollster import (
    AFTERWARDS,
    DIMENSIONS,
    MANAGER,
    STREET,
    Poll,
    house,
    levels,
    lives,
    resident,
)

SIX = range(6)
MIXED = [levels(5, 4, 1, 3, 2), levels(1, 4, 5, 3, 2), levels(3, 3, 3, 3, 3), levels(4, 5, 2, 2, 1),
         levels(2, 2, 4, 5, 5), levels(5, 1, 1, 4, 3)]  # fmt: skip
ONE_UNANIMOUS = [each | {"RESPONSE": 1} for each in MIXED]

Views = dict[str, str]


async def read_everything(poll: Poll, known: Mapping[str, str]) -> Views:
    """Every GET of survey that the company may call, with every id that it knows or can guess."""
    seen = {}
    async with poll.stage.client(MANAGER) as client:
        for operation in operations():
            if operation.method != "GET" or not operation.path.startswith(f"/{service.name}/"):
                continue
            if set(operation.names) <= set(known):
                path = operation.address(known).removeprefix(f"/{service.name}")
                answer = await client.get(path)
                seen[operation.path] = answer.text if answer.is_success else ""
    return seen


def fits(average: str, households: int) -> Iterator[tuple[int, ...]]:
    """All assignments of levels to the households that have this average."""
    for each in product(range(1, 6), repeat=households):
        mean = Decimal(sum(each)) / households
        if mean.quantize(Decimal("0.01")) == Decimal(average):
            yield each


async def six_households(poll: Poll, given: list[dict[str, int]]) -> None:
    """Half of them answer online, half at the door."""
    await poll.opened(6)
    for number in SIX:
        if number % 2:
            await poll.stage.hear(lives(f"resident {number}", number))
            assert (await poll.answer(f"resident {number}", number, given[number])).is_success
            await poll.visits([poll.a_visit(number, "DECLINED")])
            continue
        answer = {"relation": "OWNER", "levels": given[number]}
        await poll.visits([poll.a_visit(number, answer=answer)])


async def test_a_company_of_six_households(stage: Stage) -> None:
    """Every level stays possible for every household, in every dimension, but one per dimension."""
    poll = Poll(stage)
    await six_households(poll, MIXED)
    known = {"survey_id": poll.id, "version": "seed-2025-07-21", "visit_id": str(named("any"))}
    stage.clock.move_to(AFTERWARDS)
    before = await read_everything(poll, known)
    await poll.closed()
    assert before == await read_everything(poll, known), "nothing is told of what was counted"
    stage.clock.advance(timedelta(hours=1))
    counted = await read_everything(poll, known)
    await poll.post_on("NOTICE_BOARD", stage.clock.now())
    half = await read_everything(poll, known)
    assert counted == half, "nothing is told before it is public"
    assert poll.id not in "".join((*before.values(), *half.values()))
    await poll.post_on("OWNERS_GROUP", stage.clock.now())
    views = await read_everything(poll, known)
    _names_no_household(views)
    async with stage.client(MANAGER) as client:
        result = (await client.get(f"/surveys/{poll.id}")).json()["result"]
    assert set(result["averages"]) == set(DIMENSIONS)
    for code in DIMENSIONS:
        possible = list(fits(result["averages"][code], 6))
        for number in SIX:
            assert len({each[number] for each in possible}) >= 2, (code, number)


async def test_a_dimension_in_which_all_agree(stage: Stage) -> None:
    """An average of 1.00 would tell what everybody gave; without it the others would tell it."""
    poll = Poll(stage)
    await six_households(poll, ONE_UNANIMOUS)
    published = await poll.published()
    assert published["result"]["averages"] is None, "the street is shown no more"
    known = {"survey_id": poll.id, "version": "seed-2025-07-21", "visit_id": str(named("any"))}
    views = await read_everything(poll, known)
    assert "1.00<" not in "".join(views.values())
    assert "为保护住户隐私" in views["/survey/surveys/{survey_id}/notice"]


@pytest.mark.parametrize("answers", [4, 5])
async def test_a_cell_has_five_answers(stage: Stage, answers: int) -> None:
    """Four answers make no score; the company learns nothing of the survey."""
    poll = await Poll(stage).opened(6)
    await poll.walked(MIXED[:answers], declined=6 - answers)
    closed = await poll.closed()
    if answers == 5:
        assert closed["state"] == "CLOSED"
        return
    assert (closed["state"], closed["invalid_because"]) == ("INVALID", "FEW_ANSWERS")
    assert (await poll.see(MANAGER)).status_code == 404


async def test_no_event_leads_to_a_household(stage: Stage) -> None:
    """What leaves the service names company and estate, never a house or an account."""
    poll = Poll(stage)
    await six_households(poll, MIXED)
    await poll.published()
    said = [*await stage.said(SatisfactionPublished), *await stage.said(RectificationDue)]
    assert len(said) == 1
    text = "".join(each.model_dump_json() for each in said)
    for number in SIX:
        assert str(house(number)) not in text
        assert str(named(f"resident {number}")) not in text


async def test_neither_staff_nor_neighbours_read_an_answer(stage: Stage) -> None:
    """The household's own account alone; the list of doors says only that somebody was met."""
    poll = Poll(stage)
    await six_households(poll, MIXED)
    listed: list[dict[str, Any]] = (await poll.see(STREET, "/households")).json()["items"]
    assert {each["status"] for each in listed} == {"CONTACTED"}
    assert not any(set(each) & {"levels", "answer", "answer_id", "mode"} for each in listed)
    assert (await poll.see(STREET)).json()["homes"] == []
    (own,) = (await poll.see(resident("resident 1", 1))).json()["homes"]
    assert own["levels"] == MIXED[1]
    (other,) = (await poll.see(resident("neighbour", 2))).json()["homes"]
    assert (other["house_id"], other["levels"]) == (str(house(2)), None)


def _names_no_household(views: Views) -> None:
    everything = "".join(views.values())
    for number in SIX:
        assert str(house(number)) not in everything
        assert str(named(f"resident {number}")) not in everything
        assert f'"{number:04d}"' not in everything
