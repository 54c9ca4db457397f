"""The community's assessment: entered by the grid leader, confirmed by the street (E15)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from shared.identity import End, Role
from tests.samples import COMPANY, named, staff
from tests.stage import Stage
from tests.survey.evaluations.town import BUREAU, CENTRE, EVALUATOR, OBSERVER, SUMMER, County
from tests.survey.surveys.pollster import COMMUNITY_CODE, LEADER, MANAGER, STREET, resident

BOTH = replace(
    staff(named("both"), End.CENTRE, Role.STREET_OFFICER, divisions=(COMMUNITY_CODE,)),
    roles=frozenset({Role.STREET_OFFICER, Role.GRID_LEADER}),
)


async def test_two_people_make_it_count(stage: Stage) -> None:
    """E15: 70 and 79.99 on eight indicators of equal weight; nobody confirms the own one."""
    county = await County(stage).founded()
    entered = await county.assess(["70"] * 7 + ["79.99"], actor=BOTH)
    assert (entered.status_code, entered.json()["state"]) == (201, "ENTERED")
    assert entered.json()["score"] == "71.25"  # 71.24875
    id = entered.json()["id"]
    own = await county.decide(id, "confirmation", actor=BOTH)
    assert (own.status_code, own.json()["code"]) == (403, "SAME_PERSON")
    for actor, code in ((LEADER, "ASSESSMENT_CONFIRMERS_ONLY"), (BUREAU, None), (MANAGER, None)):
        refused = await county.decide(id, "confirmation", actor=actor)
        assert refused.status_code == 403
        assert code is None or refused.json()["code"] == code
    confirmed = await county.decide(id, "confirmation")
    assert (confirmed.status_code, confirmed.json()["state"]) == (200, "CONFIRMED")
    again = await county.decide(id, "confirmation")
    assert (again.status_code, again.json()["code"]) == (409, "ASSESSMENT_STATE_FORBIDS")


async def test_one_stands_at_a_time(stage: Stage) -> None:
    """Returned or voided it may be entered anew; what was is kept."""
    county = await County(stage).founded()
    first = (await county.assess()).json()
    twice = await county.assess("80")
    assert (twice.status_code, twice.json()["code"]) == (409, "ASSESSMENT_EXISTS")
    back = await county.decide(first["id"], "return", {"reason": "缺少走访记录"})
    assert (back.json()["state"], back.json()["decision"]) == ("RETURNED", "缺少走访记录")
    second = (await county.assess("80")).json()
    assert (await county.decide(second["id"], "voiding", {"reason": "误填"})).status_code == 409
    await county.decide(second["id"], "confirmation")
    voided = await county.decide(second["id"], "voiding", {"reason": "误填"})
    assert voided.json()["state"] == "VOIDED"
    assert (await county.assess("90")).status_code == 201
    states = [each["state"] for each in await county.items("/community-assessments", STREET)]
    assert states == ["ENTERED", "VOIDED", "RETURNED"]


async def test_what_an_assessment_needs(stage: Stage) -> None:
    """E15, E16: all eight indicators, on a day of the half-year, of the company of that day."""
    county = await County(stage).founded()
    strange = dict.fromkeys(["A", "B", "C", "D", "E", "F", "G", "H"], "1")
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"marks": {"HYGIENE": "80"}}, "ASSESSMENT_INCOMPLETE"),
        ({"marks": strange}, "ASSESSMENT_INCOMPLETE"),
        ({"period": "2026-Q1"}, "PERIOD_UNKNOWN"),
        ({"assessed_on": "2025-12-31"}, "ASSESSED_OUTSIDE_HALF_YEAR"),
        ({"assessed_on": "2026-06-21"}, "ASSESSED_IN_THE_FUTURE"),
        ({"assessed_on": "2024-12-31"}, "ESTATE_WITHOUT_COMPANY"),
        ({"estate_id": str(named("nowhere"))}, "ESTATE_UNKNOWN"),
    ]
    for changes, code in wrong:
        refused = await county.assess(**changes)
        assert refused.json()["code"] == code, refused.text
    assert (await county.assess("100.01")).status_code == 422
    assert (await county.assess("100")).status_code == 201


async def test_after_the_half_year_it_may_still_be_entered(stage: Stage) -> None:
    """E16: its own day counts, not the one on which it was written down."""
    county = await County(stage).founded()
    stage.clock.advance(SUMMER.replace(month=7, day=20) - SUMMER)
    assert (await county.assess(assessed_on="2026-06-30")).status_code == 201
    late = await county.assess(assessed_on="2026-07-01")
    assert late.json()["code"] == "ASSESSED_OUTSIDE_HALF_YEAR"


async def test_only_the_leader_of_the_place_enters(stage: Stage) -> None:
    """A13: and not about a company one has a stake in."""
    county = await County(stage).founded()
    for actor in (STREET, CENTRE, BUREAU, EVALUATOR, OBSERVER, MANAGER, resident("anybody", 1)):
        refused = await county.assess(actor=actor)
        assert (refused.status_code, refused.json()["code"]) == (403, "ASSESSORS_ONLY")
    elsewhere = replace(LEADER, scope=replace(LEADER.scope, divisions=("421281002002",)))
    partial = replace(LEADER, interests=frozenset({COMPANY}))
    for actor in (elsewhere, partial):
        refused = await county.assess(actor=actor)
        assert (refused.status_code, refused.json()["code"]) == (403, "NOT_YOUR_ASSESSMENT")
    assert (await county.assess()).status_code == 201


async def test_who_reads_it(stage: Stage) -> None:
    """Staff of the place, without those who have a stake; never the company or the agency."""
    county = await County(stage).founded()
    id = (await county.assess()).json()["id"]
    partial = replace(STREET, interests=frozenset({COMPANY}))
    for actor, seen in (
        (LEADER, 1), (STREET, 1), (CENTRE, 1), (BUREAU, 1), (OBSERVER, 1),
        (partial, 0), (MANAGER, 0), (EVALUATOR, 0), (resident("anybody", 1), 0),
    ):  # fmt: skip
        assert len(await county.items("/community-assessments", actor)) == seen
        found = await county.get(f"/community-assessments/{id}", actor)
        assert found.status_code == (200 if seen else 404)
    assert (await county.decide(id, "confirmation", actor=partial)).status_code == 404


async def test_the_form_has_eight_indicators(stage: Stage) -> None:
    """E10, U02: those of the rulebook."""
    form = (await County(stage).get("/community-assessments/form", LEADER)).json()
    assert len(form["indicators"]) == 8
    assert form["indicators"][0] == {"code": "HYGIENE", "chinese": "环境卫生", "weight": "0.125"}
