"""What supervisors see of return visits: counts and shares, never a person (facts 2.11, X33)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.survey.coverage.domain.figures import Line, figures
from services.survey.indicators.domain.shares import Share
from services.survey.visits.domain.lifecycle import VisitStatus
from services.survey.visits.domain.voices import Silence, Through
from shared.contracts.vocabulary import Solved
from shared.identity import Actor, End, Role, Scope
from tests.samples import COMPANY, DIVISION, NEIGHBOUR, STRANGER, named, owner, staff
from tests.stage import START, Stage
from tests.survey.calling import (
    BAD,
    CALLER,
    CENTRE,
    COUNTY,
    DAY,
    GOOD,
    GRID,
    LEADER,
    called,
    listed,
    tell_number,
)
from tests.survey.test_rules import SCORES
from tests.survey.test_visits import feedback, once, submitted

OBSERVER = staff(named("observer"), End.DEPARTMENT, Role.CITY_OBSERVER, divisions=("4212",))
MANAGER = staff(named("manager"), End.PROPERTY, Role.SITE_OFFICE, COMPANY, (DIVISION,))
SPAN = {"since": "2026-03-01T00:00:00+08:00", "until": "2026-04-01T00:00:00+08:00"}
PEOPLE = (owner().id, NEIGHBOUR, STRANGER, named("fourth"))


async def coverage(stage: Stage, actor: Actor = CENTRE, **query: Any) -> Any:
    async with stage.client(actor) as client:
        return await client.get("/coverage", params=SPAN | query)


async def total(stage: Stage, actor: Actor = CENTRE, **query: Any) -> dict[str, Any]:
    answer = await coverage(stage, actor, **query)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()["total"]
    return found


async def four_households(stage: Stage) -> None:
    """The first answers, the second is reached, the third refuses, the fourth is not called."""
    complaints = [submitted(id=named(f"of {each}"), owner_id=each) for each in PEOPLE]
    await stage.hear(*complaints)
    for number, filed in enumerate(complaints):
        case = {"id": named(f"case {number}"), "complaint_ids": (filed.complaint.id,)}
        await stage.hear(feedback(**case))
    async with stage.client(owner()) as client:
        (visit,) = (await client.get("/visits")).json()["items"]
        await client.post(f"/visits/{visit['id']}/answer", json=GOOD, headers=once())
    stage.clock.advance(4 * DAY)
    await stage.sweep()
    for each in await listed(stage):
        await tell_number(stage, each["visit_id"])
    second, third, _ = [each["visit_id"] for each in await listed(stage)]
    await called(stage, second, "REACHED", answer=BAD)
    await called(stage, third, "REFUSED")


async def test_supervisors_see_who_was_asked_and_how_it_ended(stage: Stage) -> None:
    """Facts 2.11: each share with numerator and denominator; who is silent satisfies nobody."""
    await four_households(stage)
    found = await total(stage)
    assert (found["opened"], found["awaiting"], found["cancelled"]) == (4, 1, 0)
    assert found["answered"] == {"OWNER": 1, "INTAKE": 0, "PHONE": 1}
    assert found["unanswered"] == {"ATTEMPTS": 0, "REFUSED": 1, "TIME": 0, "CLOSED": 0}
    assert found["answered_share"] == found["called_share"] == shown(2, 3, "66.67")
    answer = (await coverage(stage)).json()
    assert [each["division"] for each in answer["places"]] == [DIVISION]


async def answered(stage: Stage, *answers: dict[str, Any]) -> None:
    for number, answer in enumerate(answers):
        person = named(f"answering {number}")
        complaint = submitted(id=named(f"answered {number}"), owner_id=person)
        await stage.hear(complaint)
        case = {"id": named(f"its case {number}"), "complaint_ids": (complaint.complaint.id,)}
        await stage.hear(feedback(**case))
        async with stage.client(owner(person)) as client:
            (visit,) = (await client.get("/visits")).json()["items"]
            given = await client.post(f"/visits/{visit['id']}/answer", json=answer, headers=once())
            assert given.status_code < 300, given.text


async def test_what_was_said_is_shown_of_five_at_least(stage: Stage) -> None:
    """E05: of four answers that there are four, and nothing of what they say."""
    await answered(stage, GOOD, GOOD, BAD, BAD)
    found = await total(stage)
    hidden = {"numerator": None, "denominator": None, "percent": "＊", "hidden": True}
    assert found["answered"]["OWNER"] == 4
    for name in ("satisfied", "solved", "asking_to_reopen"):
        assert found[name] == hidden
    counts = {each["count"] for each in (await coverage(stage)).json()["reasons"]}
    assert counts == {None}


async def test_five_answers_are_counted_by_what_they_say(stage: Stage) -> None:
    """Facts 2.11, as the rulebook of each visit counted it."""
    await answered(stage, GOOD, GOOD, GOOD, BAD, BAD)
    found = await total(stage)
    assert found["satisfied"] == found["solved"] == shown(3, 5, "60.00")
    assert found["asking_to_reopen"] == shown(2, 5, "40.00")
    answer = (await coverage(stage)).json()
    counted = {each["code"]: each["count"] for each in answer["reasons"] if each["count"]}
    assert counted == {"CAME_BACK": 2}


def shown(numerator: int, denominator: int, percent: str) -> dict[str, Any]:
    values = {"numerator": numerator, "denominator": denominator, "percent": percent}
    return values | {"hidden": False}


async def test_nothing_divided_by_nothing_is_a_dash(stage: Stage) -> None:
    """Facts 2.11."""
    found = await total(stage)
    assert found["satisfied"] == shown(0, 0, "—")


async def test_x33_silence_leaves_the_denominator_as_it_was(stage: Stage) -> None:
    await four_households(stage)
    before = (await total(stage))["satisfied"]
    stage.clock.advance(5 * DAY)
    await stage.sweep()
    after = await total(stage)
    assert after["unanswered"]["TIME"] == 1
    assert after["satisfied"] == before


@pytest.mark.parametrize(
    ("actor", "seen"),
    [
        (CENTRE, 4),
        (COUNTY, 4),
        (LEADER, 4),
        (OBSERVER, 4),
        (replace(LEADER, scope=Scope(grids=frozenset({GRID}))), 4),
        (replace(LEADER, scope=Scope(divisions=("421202001002",))), 0),
        (replace(CENTRE, scope=Scope(divisions=("421281",))), 0),
        (replace(CENTRE, scope=Scope()), 0),
        (replace(CENTRE, interests=frozenset({COMPANY})), 0),
    ],
)
async def test_everybody_sees_the_own_place(stage: Stage, actor: Actor, seen: int) -> None:
    """3.9, A13, A20."""
    await four_households(stage)
    assert (await total(stage, actor))["opened"] == seen


@pytest.mark.parametrize("actor", [owner(), CALLER, MANAGER])
async def test_others_see_no_figures(stage: Stage, actor: Actor) -> None:
    refused = await coverage(stage, actor)
    assert (refused.status_code, refused.json()["code"]) == (403, "OVERSEERS_ONLY")


async def test_figures_are_narrowed_by_time_and_division(stage: Stage) -> None:
    await four_households(stage)
    assert (await total(stage, COUNTY, division=DIVISION))["opened"] == 4
    assert (await total(stage, COUNTY, division="421281"))["opened"] == 0
    assert (await total(stage, since=START.isoformat()))["opened"] == 4
    assert (await total(stage, until=START.isoformat()))["opened"] == 0
    long, far = "2020-01-01T00:00:00+08:00", "0001-01-01T00:00:00+08:00"
    for wrong in ((SPAN["since"], SPAN["since"]), (long, SPAN["until"]), (far, far)):
        refused = await coverage(stage, since=wrong[0], until=wrong[1])
        assert (refused.status_code, refused.json()["code"]) == (422, "SPAN_INVALID")


ended = st.builds(
    Line,
    count=st.integers(1, 50),
    state=st.just(VisitStatus.ANSWERED),
    through=st.sampled_from(Through),
    solved=st.sampled_from(Solved),
    positive=st.booleans(),
)
silent = st.builds(
    Line,
    count=st.integers(1, 50),
    state=st.just(VisitStatus.UNANSWERED),
    because=st.sampled_from(Silence),
    to_call=st.booleans(),
)


@given(st.lists(ended, max_size=8), st.lists(silent, max_size=8))
def test_silence_satisfies_nobody_and_is_lost_nowhere(
    answers: list[Line], quiet: list[Line]
) -> None:
    """X33: satisfaction is the same with and without those who did not answer."""
    found = figures([*answers, *quiet])
    assert found.satisfied == figures(answers).satisfied
    assert sum(found.answered.values()) == found.answered_share.numerator
    assert found.opened == found.answered_share.denominator
    assert sum(found.unanswered.values()) == found.opened - found.answered_share.numerator


@given(st.integers(0, 1000), st.integers(1, 1000))
def test_a_share_is_rounded_once(part: int, rest: int) -> None:
    """Ground rule 0.2.6; a fraction of a percent has two places."""
    shown = Decimal(Share(part, part + rest).shown(SCORES))
    assert abs(shown - Decimal(100 * part) / (part + rest)) <= Decimal("0.005")
    assert Share(0, 0).shown(SCORES) == "—"
