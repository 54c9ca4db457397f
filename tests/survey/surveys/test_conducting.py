"""From draft to count: who, where, when, with which questionnaire and households."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from shared.contracts.survey import SatisfactionPublished
from shared.identity import Actor, End, Role, Scope
from tests.samples import COMPANY, ESTATE, named, staff
from tests.stage import Stage
from tests.survey.surveys.pollster import (
    GRIDS,
    LAST_DAY,
    LEADER,
    MANAGER,
    STREET,
    STREET_CODE,
    WORKER,
    Poll,
    estate,
    levels,
    once,
    resident,
)

ELSEWHERE = named("estate elsewhere")


async def test_only_in_the_pilot_counties(stage: Stage) -> None:
    """E01: 421222 is none of them."""
    outside = "421222001"
    street = replace(STREET, scope=Scope(divisions=(outside, STREET_CODE)))
    await stage.hear(estate(id=ELSEWHERE, division=outside))
    refused = await Poll(stage).draft(street, estate_id=ELSEWHERE)
    assert (refused.status_code, refused.json()["code"]) == (403, "OUTSIDE_PILOT")
    assert refused.json()["pilots"] == ["421281", "421221"]
    await stage.hear(estate(version=2))
    assert (await Poll(stage).draft(street)).status_code == 201


@pytest.mark.parametrize(
    ("actor", "code"),
    [
        (WORKER, "SURVEY_CONDUCTORS_ONLY"),
        (MANAGER, "SURVEY_CONDUCTORS_ONLY"),
        (resident("owner", 1), "SURVEY_CONDUCTORS_ONLY"),
        (replace(STREET, scope=Scope(divisions=("421281003",))), "NOT_YOUR_PLACE"),
        (replace(LEADER, interests=frozenset({COMPANY})), "NOT_YOUR_PLACE"),
        (replace(STREET, organisation_id=COMPANY), "NOT_YOUR_PLACE"),
    ],
    ids=["worker", "company", "owner", "another street", "A13 interest", "A13 own company"],
)
async def test_who_may_draft(stage: Stage, actor: Actor, code: str) -> None:
    await stage.hear(estate())
    answer = await Poll(stage).draft(actor)
    assert (answer.status_code, answer.json()["code"]) == (403, code)
    for allowed in (LEADER, STREET):
        period = "2026-H1" if allowed is LEADER else "2026-H2"
        assert (await Poll(stage).draft(allowed, period=period)).status_code == 201


async def test_one_survey_per_estate_and_period(stage: Stage) -> None:
    """U21; a void one makes room for another."""
    await stage.hear(estate())
    poll = Poll(stage)
    poll.id = (await poll.draft()).json()["id"]
    again = await poll.draft(STREET)
    assert (again.status_code, again.json()["code"]) == (409, "SURVEY_EXISTS")
    by_leader = await poll.post("voiding", {"reason": "周期有误"})
    assert (by_leader.status_code, by_leader.json()["code"]) == (403, "STREETS_ONLY")
    voided = await poll.post("voiding", {"reason": "周期有误"}, STREET)
    assert (voided.json()["state"], voided.json()["invalid_because"]) == ("INVALID", "VOIDED")
    assert (await poll.draft()).status_code == 201


async def test_what_a_draft_needs(stage: Stage) -> None:
    poll = Poll(stage)
    assert (await poll.draft()).json()["code"] == "ESTATE_UNKNOWN"
    await stage.hear(estate(0))
    assert (await poll.draft()).json()["code"] == "ESTATE_WITHOUT_HOUSES"
    unserved = estate(version=2).estate.model_copy(update={"contracts": ()})
    await stage.hear(estate(version=2).model_copy(update={"estate": unserved}))
    assert (await poll.draft()).json()["code"] == "ESTATE_WITHOUT_COMPANY"
    await stage.hear(estate(version=3))
    assert (await poll.draft(period="2026-Q1")).json()["code"] == "PERIOD_UNKNOWN"
    assert (await poll.draft(ends_on=date(2026, 3, 1))).json()["code"] == "ENDS_IN_THE_PAST"
    assert (await poll.draft()).status_code == 201


async def test_households_are_those_of_the_opening(stage: Stage) -> None:
    """E03: a house that comes or goes later changes nothing; the events arrived twice."""
    poll = await Poll(stage).opened(10)
    await stage.hear(estate(12, version=2))
    listed = (await poll.see(WORKER, "/households?limit=100")).json()["items"]
    assert [each["room"] for each in listed] == [f"{number:04d}" for number in range(10)]
    assert {each["status"] for each in listed} == {"TO_VISIT"}
    assert (await poll.see()).json()["progress"]["households"] == 10


async def test_grids_are_those_of_the_opening(stage: Stage) -> None:
    """A building that changed its grid after the draft is walked by the worker of the new one."""
    poll = Poll(stage)
    await stage.hear(estate())
    poll.id = (await poll.draft()).json()["id"]
    await stage.hear(estate(version=2, grid=GRIDS[1]))
    opened = await poll.post("opening")
    assert opened.status_code == 200, opened.text
    neighbour = replace(WORKER, id=named("walker 2"), scope=Scope(grids=frozenset({GRIDS[1]})))
    (receipt,) = await poll.visits([poll.a_visit(1, "DECLINED")], neighbour)
    assert receipt["result"] == "APPLIED"
    (receipt,) = await poll.visits([poll.a_visit(2, "DECLINED")], WORKER)
    assert receipt["result"] == "REFUSED"


@pytest.mark.parametrize("last_day", ["9999-12-31", "2026-12-31"])
async def test_a_survey_ends_within_half_a_year(stage: Stage, last_day: str) -> None:
    """E07: nobody could close it, and it would say nothing of its period."""
    await stage.hear(estate())
    refused = await Poll(stage).draft(ends_on=date.fromisoformat(last_day))
    assert (refused.status_code, refused.json()["code"]) == (422, "ENDS_TOO_LATE")
    latest = date.fromisoformat(refused.json()["latest"])
    assert (await Poll(stage).draft(ends_on=latest)).status_code == 201


async def test_a_count_that_is_voided_stays_on_record(stage: Stage) -> None:
    """E05: whoever voids a low score leaves a trace of it, and says why."""
    poll = await Poll(stage).opened()
    await poll.walked([levels(3)] * 10)
    score = (await poll.closed())["result"]["score"]
    voided = await poll.post("voiding", {"reason": "重新测评"}, STREET)
    assert (voided.json()["state"], voided.json()["result"]) == ("INVALID", None)
    told = f"action = 'survey.voided' AND details::text LIKE '%{score}%'"
    assert await stage.count("audit_entry", told) == 1


async def test_houses_that_are_gone_are_not_asked(stage: Stage) -> None:
    await stage.hear(estate(10))
    await stage.hear(estate(8, version=2))
    poll = Poll(stage)
    poll.id = (await poll.draft()).json()["id"]
    assert (await poll.post("opening")).json()["progress"]["households"] == 8


async def test_another_company_needs_another_draft(stage: Stage) -> None:
    """X40: it would be judged for what it has not done."""
    await stage.hear(estate())
    poll = Poll(stage)
    poll.id = (await poll.draft()).json()["id"]
    await stage.hear(estate(version=2, company=named("another company")))
    refused = await poll.post("opening")
    assert (refused.status_code, refused.json()["code"]) == (409, "COMPANY_CHANGED")


async def test_a_survey_keeps_its_questionnaire(stage: Stage) -> None:
    """E04, U02: five dimensions, three named by the letter, equal weights, a scale of five."""
    poll = await Poll(stage).opened()
    version = (await poll.see()).json()["questionnaire"]
    async with stage.client(resident("owner", 1)) as client:
        shown = (await client.get(f"/questionnaires/{version}")).json()
        unknown = await client.get("/questionnaires/none")
        every = (await client.get("/questionnaires")).json()["items"]
    assert [each["weight"] for each in shown["dimensions"]] == ["0.2"] * 5
    assert sum(each["named_by_letter"] for each in shown["dimensions"]) == 3
    assert all(each["question"] for each in shown["dimensions"])
    assert [each["level"] for each in shown["scale"]] == [1, 2, 3, 4, 5]
    assert (unknown.status_code, unknown.json()["code"]) == (404, "QUESTIONNAIRE_UNKNOWN")
    assert [each["version"] for each in every if each["in_force"]] == [version]


async def test_it_runs_to_the_end_of_its_last_day(stage: Stage) -> None:
    """Ground rule 0.2.3: nobody closes it early; afterwards nobody answers."""
    poll = await Poll(stage).opened()
    early = await poll.post("closing")
    assert (early.status_code, early.json()["code"]) == (409, "SURVEY_STILL_RUNNING")
    await poll.walked([levels(4, 3, 4, 4, 4)] * 6, declined=2)
    closed = await poll.closed()
    assert (closed["state"], closed["result"]["coverage"]) == ("CLOSED", "80.00")
    assert closed["result"]["score"] == "76.00"
    (late,) = await poll.visits([poll.a_visit(9)])
    assert (late["problem"]["code"], late["send_again"]) == ("SURVEY_NOT_OPEN", False)


async def test_too_few_visits_make_it_invalid(stage: Stage) -> None:
    """E03: online answers are no visits; an invalid survey has no result and goes nowhere."""
    poll = await Poll(stage).opened()
    await poll.walked([levels(4)] * 7)
    closed = await poll.closed()
    assert (closed["state"], closed["invalid_because"]) == ("INVALID", "COVERAGE")
    assert closed["result"] is None
    posted = await poll.post_on("NOTICE_BOARD", stage.clock.now())
    assert (posted.status_code, posted.json()["code"]) == (409, "SURVEY_STATE_FORBIDS")
    assert await stage.said(SatisfactionPublished) == []
    assert await stage.count("credit_entry") == 0


async def test_who_sees_which_survey(stage: Stage) -> None:
    """A02, A03, A05, A13: by place, by grid, by home; the rated company only what is public."""
    poll = await Poll(stage).opened()
    stranger = replace(STREET, scope=Scope(divisions=("421281003",)))
    other_grid = replace(WORKER, scope=Scope(grids=frozenset(GRIDS[1:])))
    both = replace(WORKER, organisation_id=COMPANY, roles=WORKER.roles | {Role.SITE_OFFICE})
    observer = staff(named("observer"), End.CENTRE, Role.CITY_OBSERVER, divisions=("4212",))
    for sees in (LEADER, STREET, WORKER, observer, resident("owner", 3)):
        assert (await poll.see(sees)).status_code == 200
    for blind in (stranger, other_grid, both, MANAGER, resident("far", 99)):
        assert (await poll.see(blind)).status_code == 404
        async with stage.client(blind) as client:
            assert (await client.get("/surveys")).json()["items"] == []
    assert (await poll.see(LEADER)).json()["progress"] is not None
    assert (await poll.see(resident("owner", 3))).json()["progress"] is None
    listed = await poll.see(resident("owner", 3), "/households")
    assert (listed.status_code, listed.json()["code"]) == (403, "NOT_YOUR_SURVEY")


async def test_a_count_is_not_public_before_it_is_posted(stage: Stage) -> None:
    """lifecycle 3.9: the street publishes; owners and company wait for it."""
    poll = await Poll(stage).opened()
    await poll.walked([levels(4, 3, 4, 4, 4)] * 8)
    await poll.closed()
    assert (await poll.see(STREET)).json()["result"]["score"] == "76.00"
    assert (await poll.see(resident("owner", 3))).json()["result"] is None
    assert (await poll.see(resident("owner", 3), "/notice")).status_code == 409
    assert (await poll.see(MANAGER)).status_code == 404
    assert (await poll.see(MANAGER, "/notice")).status_code == 404


async def test_the_list_turns_pages(stage: Stage) -> None:
    await stage.hear(estate())
    poll = Poll(stage)
    for period in ("2026-H1", "2026-H2", "2027-H1"):
        assert (await poll.draft(period=period)).status_code == 201
    async with stage.client(LEADER) as client:
        first = (await client.get("/surveys", params={"limit": 2})).json()
        rest = (await client.get("/surveys", params={"cursor": first["next"]})).json()
    assert [each["period"] for each in first["items"]] == ["2027-H1", "2026-H2"]
    assert [each["period"] for each in rest["items"]] == ["2026-H1"]


async def test_a_draft_may_be_sent_again(stage: Stage) -> None:
    await stage.hear(estate())
    body = {"estate_id": str(ESTATE), "period": "2026-H1", "ends_on": LAST_DAY.isoformat()}
    key = once()
    async with stage.client(LEADER) as client:
        first = await client.post("/surveys", json=body, headers=key)
        again = await client.post("/surveys", json=body, headers=key)
    assert (again.status_code, again.content) == (201, first.content)
    assert await stage.count("survey") == 1
