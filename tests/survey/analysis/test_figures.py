"""Categories, trends, hot spots, clocks and objections over HTTP: C10, T12, T13."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shared.contracts.routing import CaseReturnDecided, CaseReturned
from shared.contracts.vocabulary import CaseStatus
from shared.identity import Actor
from tests.samples import COMPANY, ESTATE, FIRE, FIRE_BRIGADE, GRID_WORKER, NINE, named, owner
from tests.stage import Stage
from tests.survey.analysis.places import (
    BUILDINGS,
    CENTRE,
    FAR,
    JUSTICE,
    OFFICE,
    OFFICER,
    PARTIAL,
    ask,
    disputes,
    items,
    organisation,
    two_buildings,
    two_hundred,
)
from tests.survey.indicators.cases import case, clock, closed, hear_cases
from tests.survey.surveys.pollster import MANAGER

EVERYTHING = (
    *("categories", "trends", "hot-spots"),
    *("repeat-reporters", "clocks", "dispatch-objections"),
)


async def test_c10_the_justice_bureau_sees_what_disputes_are_about(stage: Stage) -> None:
    """C10: 200 disputes, 64 about fees are 32.00 %, 56 about repairs 28.00 %."""
    await two_hundred(stage)
    found = (await ask(stage, "categories")).json()
    assert found["disputes"] == 200
    shown = [(each["code"], each["count"], each["percent"]) for each in found["items"][:3]]
    assert shown == [("PF01", 64, "32.00"), ("EQ01", 56, "28.00"), ("NS01", 30, "15.00")]
    assert found["items"][0]["name"] == "物业费争议"
    assert (await ask(stage, "categories", period="2026-02")).json()["items"] == []


async def test_what_was_merged_is_no_dispute_of_its_own(stage: Stage) -> None:
    """T07, T08."""
    await hear_cases(stage, disputes("PF01", 3))
    await hear_cases(stage, disputes("EQ01", 2, state=CaseStatus.CANCELLED))
    assert [each["code"] for each in await items(stage, "categories")] == ["PF01"]


@pytest.mark.parametrize("what", EVERYTHING)
async def test_who_may_analyse(stage: Stage, what: str) -> None:
    """C10: analysts read, and nothing but figures; the company and owners do not."""
    for refused in (MANAGER, owner(), OFFICE):
        answer = await ask(stage, what, refused)
        assert (answer.status_code, answer.json()["code"]) == (403, "ANALYSTS_ONLY")
    for allowed in (JUSTICE, OFFICER, CENTRE):
        assert (await ask(stage, what, allowed)).status_code == 200
    elsewhere = await ask(stage, what, OFFICER, division="421281")
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (403, "PLACE_NOT_YOURS")
    strange = await ask(stage, what, period="March")
    assert (strange.status_code, strange.json()["code"]) == (422, "PERIOD_INVALID")


@pytest.mark.parametrize(
    ("reader", "count"),
    [(JUSTICE, 5), (OFFICER, 5), (FAR, 0), (PARTIAL, 2)],
    ids=["city", "street", "another street", "A13"],
)
async def test_everybody_counts_the_own_place(stage: Stage, reader: Actor, count: int) -> None:
    """A13, A18: of the own place, without the companies one has a stake in."""
    await hear_cases(stage, disputes("PF01", 3))
    await hear_cases(stage, disputes("PF01", 2, company_id=named("another")))
    found = (await ask(stage, "categories", reader)).json()
    assert found["disputes"] == count
    of_one = (await ask(stage, "categories", company_id=str(COMPANY))).json()
    assert of_one["disputes"] == 3


async def test_months_beside_each_other(stage: Stage) -> None:
    """Against the month before and the same one a year before; no rise from the unknown."""
    for month, count in (("2025-03", 4), ("2026-02", 2), ("2026-03", 3)):
        accepted = NINE.replace(year=int(month[:4]), month=int(month[5:]))
        await hear_cases(stage, disputes("PF01", count, accepted_at=accepted))
    points = {each["period"]: each for each in await items(stage, "trends")}
    assert len(points) == 12
    march = points["2026-03"]
    assert march["disputes"] == 3
    assert march["to_previous"] == {"before": 2, "difference": 1, "percent": "50.00"}
    assert march["to_year_before"] == {"before": 4, "difference": -1, "percent": "-25.00"}
    january = points["2026-01"]["to_year_before"]
    assert january == {"before": None, "difference": None, "percent": "—"}
    quarter = (await items(stage, "trends", period="2026-Q1"))[-1]
    assert (quarter["disputes"], quarter["to_year_before"]["before"]) == (5, 4)


async def test_where_most_disputes_arise(stage: Stage) -> None:
    """Estates and buildings by cases, per hundred households where they are known."""
    other = named("estate elsewhere")
    await stage.hear(two_buildings(20, 5), organisation(COMPANY, "演示物业"))
    await hear_cases(stage, disputes("PF01", 2, building_id=BUILDINGS[0]))
    await hear_cases(stage, disputes("PF01", 2, building_id=BUILDINGS[1]))
    await hear_cases(stage, disputes("PF01", 4, estate_id=other, estate_name="演示·甲苑"))
    estates = await items(stage, "hot-spots")
    assert [(each["rank"], each["cases"], each["per_households"]) for each in estates] == [
        (1, 4, "16.00"),
        (1, 4, "—"),
    ]
    assert estates[0]["id"] == str(ESTATE)
    buildings = await items(stage, "hot-spots", of="BUILDING")
    shown = [(each["rank"], each["name"], each["per_households"]) for each in buildings]
    assert shown == [(1, "演示·桂花园 1", "10.00"), (1, "演示·桂花园 2", "40.00")]
    (company,) = await items(stage, "hot-spots", of="COMPANY")
    assert (company["name"], company["cases"]) == ("演示物业", 8)


async def test_how_clocks_were_kept(stage: Stage) -> None:
    """Lifecycle 3.3: met, breached, and the median of what was left; once late is always late."""
    kept = [closed(f"kept {n}", clock("DISPATCH", hours=1, met=0.5)) for n in range(2)]
    late = closed("late", clock("DISPATCH", hours=1, met=3))
    silent = case("silent", clock("FEEDBACK", hours=2))
    off = case("called off", clock("FEEDBACK", hours=2, state="STOPPED"))
    await hear_cases(stage, [*kept, late, silent, off])
    dispatch, feedback = await items(stage, "clocks")
    assert (dispatch["kind"], dispatch["met"], dispatch["breached"]) == ("DISPATCH", 2, 1)
    assert (dispatch["percent"], dispatch["median_margin_minutes"]) == ("66.67", 30)
    assert (feedback["met"], feedback["breached"], feedback["percent"]) == (0, 0, "—")
    stage.clock.advance(timedelta(hours=3))
    feedback = (await items(stage, "clocks"))[1]
    assert (feedback["breached"], feedback["percent"]) == (1, "0.00")
    assert feedback["median_margin_minutes"] is None


async def test_who_objects_and_how_often_they_are_right(stage: Stage) -> None:
    """T12, T13: upheld where somebody else got the case; whichever event comes first."""
    await stage.hear(organisation(FIRE, "演示消防"))
    for number in range(3):
        returned = case(f"{number}", version=4, handler=FIRE_BRIGADE)
        elsewhere = case(f"{number}", version=5, handler=GRID_WORKER)
        again = case(f"{number}", version=5, handler=FIRE_BRIGADE)
        decided = CaseReturnDecided(
            case=elsewhere if number else again, returned_by=FIRE, forced=not number
        )
        objection = CaseReturned(case=returned, organisation_id=FIRE, reason="NOT_OURS")
        await stage.hear(*((objection, decided) if number else (decided, objection)))
    waiting = case("waiting", version=4, handler=FIRE_BRIGADE)
    await stage.hear(CaseReturned(case=waiting, organisation_id=FIRE, reason="NOT_OURS"))
    (fire,) = await items(stage, "dispatch-objections")
    assert (fire["name"], fire["raised"], fire["decided"], fire["upheld"]) == ("演示消防", 4, 3, 2)
    assert fire["percent"] == "66.67"
