"""What follows from an evaluation is proposed; a person accepts or declines (E24-E27)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from services.survey.app import service
from shared.clock import SimulatedClock
from shared.contracts.survey import (
    DismissalGuidanceDue,
    DismissalGuidanceWithdrawn,
    PoorEvaluationFound,
)
from tests.samples import COMPANY, ESTATE, named, owner
from tests.servers import Databases
from tests.stage import Stage, staged
from tests.survey.conftest import migrate
from tests.survey.credit.ledger import (
    BUREAU,
    CITY_CENTRE,
    COLLEAGUE,
    COMPANY_DESK,
    OTHER_BUREAU,
    OTHER_COMPANY,
    SECOND,
    Ledger,
    with_stake,
)
from tests.survey.surveys.pollster import COMMUNITY_CODE, STREET

ACCEPT, DECLINE = ({"decision": each, "reason": "经研究"} for each in ("ACCEPT", "DECLINE"))


def decision_of(row: dict[str, Any]) -> str:
    return f"/consequences/{row['id']}/decision"


async def poor_years(ledger: Ledger, **scores: str) -> None:
    """`h2026_1="55"` is published as 55 for 2026-H1."""
    for name, score in scores.items():
        await ledger.evaluated(score, f"{name[1:5]}-H{name[-1]}")


async def test_an_excellent_band_proposes_uplift_and_bonus(stage: Stage) -> None:
    """E24, E25, U15: 10 000 yuan become 11 000, in fen; and only once somebody accepts."""
    ledger = await Ledger(stage).founded()
    await ledger.evaluated("90.00")
    uplift, bonus = sorted(await ledger.list("/consequences"), key=lambda each: each["kind"])[::-1]
    assert (uplift["kind"], bonus["kind"]) == ("SUBSIDY_UPLIFT", "BID_BONUS")
    assert (uplift["state"], uplift["band"], uplift["score"]) == ("PROPOSED", "EXCELLENT", "90.00")
    bare = await ledger.send(decision_of(uplift), ACCEPT, BUREAU)
    assert (bare.status_code, bare.json()["code"]) == (422, "BASE_AMOUNT_MISPLACED")
    body = ACCEPT | {"base_fen": 1_000_000}
    accepted = (await ledger.send(decision_of(uplift), body, BUREAU)).json()
    assert (accepted["state"], accepted["granted_fen"]) == ("ACCEPTED", 1_100_000)
    misplaced = await ledger.send(decision_of(bonus), body, BUREAU)
    assert (misplaced.status_code, misplaced.json()["code"]) == (422, "BASE_AMOUNT_MISPLACED")
    declined = (await ledger.send(decision_of(bonus), DECLINE, BUREAU)).json()
    assert (declined["state"], declined["reason"]) == ("DECLINED", "经研究")
    again = await ledger.send(decision_of(bonus), ACCEPT, BUREAU)
    assert (again.status_code, again.json()["code"]) == (409, "CONSEQUENCE_STATE_FORBIDS")


async def test_a_correction_withdraws_what_no_longer_follows(stage: Stage) -> None:
    """E24, E25: a subsidy that was granted stays; points that are still to come do not."""
    ledger = await Ledger(stage).founded()
    await ledger.evaluated("90.00")
    await ledger.evaluated("90.00", edition=2)
    rows = await ledger.list("/consequences")
    assert len(rows) == 2
    for each in rows:
        base = {"base_fen": 1_000_000} if each["kind"] == "SUBSIDY_UPLIFT" else {}
        accepted = await ledger.send(decision_of(each), ACCEPT | base, BUREAU)
        assert accepted.status_code == 200
    await ledger.evaluated("89.99", edition=3)
    states = {each["kind"]: each["state"] for each in await ledger.list("/consequences")}
    assert states == {"SUBSIDY_UPLIFT": "ACCEPTED", "BID_BONUS": "WITHDRAWN"}
    await ledger.evaluated("95.00", edition=4)
    open_ = await ledger.list("/consequences?state=PROPOSED")
    assert [each["kind"] for each in open_] == ["BID_BONUS"]


async def test_nothing_undecided_outlives_what_it_follows_from(stage: Stage) -> None:
    """E24, E25: proposals are withdrawn, and proposed anew when the band is back."""
    ledger = await Ledger(stage).founded()
    await ledger.evaluated("90.00")
    await ledger.evaluated("89.99", edition=2)
    assert {each["state"] for each in await ledger.list("/consequences")} == {"WITHDRAWN"}
    await ledger.evaluated("95.00", edition=3)
    open_ = await ledger.list("/consequences?state=PROPOSED")
    assert {each["kind"] for each in open_} == {"SUBSIDY_UPLIFT", "BID_BONUS"}


async def test_a_poor_band_is_told_and_nothing_is_ordered(stage: Stage) -> None:
    """E26: routing prompts the talk; 60.00 is not poor."""
    ledger = await Ledger(stage).founded()
    await ledger.evaluated("60.00", "2025-H2")
    assert await stage.said(PoorEvaluationFound) == []
    await ledger.evaluated("59.99")
    (told,) = await stage.said(PoorEvaluationFound)
    assert (told.evaluation.company_id, told.evaluation.period) == (COMPANY, "2026-H1")
    assert await ledger.list("/consequences") == []


async def test_before_the_plan_begins_nothing_follows(postgres: Databases) -> None:
    """E24-E26: consequences begin with 2026."""
    before = SimulatedClock(datetime.fromisoformat("2025-12-31T23:00:00+08:00"))
    async with staged(service, await postgres.fresh_database(migrate), before) as stage:
        ledger = await Ledger(stage).founded()
        await ledger.evaluated("95.00", "2025-H1")
        await ledger.evaluated("40.00", "2025-H2")
        assert await ledger.list("/consequences") == []
        assert await stage.said(PoorEvaluationFound) == []


async def test_two_poor_years_guide_the_owners(stage: Stage) -> None:
    """E27, U14: with the second half of the second year; the procedure of the law, no more."""
    ledger = await Ledger(stage).founded()
    await poor_years(ledger, h2026_1="55", h2026_2="58", h2027_1="50")
    assert await stage.said(DismissalGuidanceDue) == []
    await poor_years(ledger, h2027_2="61")
    (told,) = await stage.said(DismissalGuidanceDue)
    guidance = told.guidance
    assert (guidance.company_id, guidance.estate_id) == (COMPANY, ESTATE)
    assert (guidance.community, guidance.notice_days) == (COMMUNITY_CODE, 60)
    years = [(each.year, str(each.score)) for each in guidance.years]
    assert years == [(2026, "56.50"), (2027, "55.50")]
    (task,) = await ledger.list("/consequences")
    assert (task["kind"], task["period"]) == ("DISMISSAL_GUIDANCE", "2027-H2")
    steps = "".join(task["guidance"])
    for words in ("业主大会", "三分之二以上", "过半数", "提前60日书面通知"):
        assert words in steps
    await ledger.evaluated("61.00", "2027-H2", edition=2)
    assert len(await stage.said(DismissalGuidanceDue)) == 1


async def test_a_year_that_is_not_poor_guides_nobody(stage: Stage) -> None:
    """E27: 2026 POOR, 2027 PASS."""
    ledger = await Ledger(stage).founded()
    await poor_years(ledger, h2026_1="55", h2026_2="50", h2027_1="58", h2027_2="63")
    assert await stage.said(DismissalGuidanceDue) == []
    assert await ledger.list("/consequences") == []


async def test_another_estate_has_its_own_years(stage: Stage) -> None:
    """E27: one poor year in each of two estates is no row."""
    ledger = await Ledger(stage).founded(10, 10)
    await poor_years(ledger, h2026_1="55", h2026_2="50")
    for period in ("2027-H1", "2027-H2"):
        await ledger.evaluated("50", period, estate_id=SECOND)
    assert await stage.said(DismissalGuidanceDue) == []


async def test_a_result_that_comes_late_completes_the_years(stage: Stage) -> None:
    """E27, U14: 2026-H2 turns the year 2026 poor after 2027 was."""
    ledger = await Ledger(stage).founded()
    await poor_years(ledger, h2026_1="62", h2027_1="50", h2027_2="50")
    assert await stage.said(DismissalGuidanceDue) == []
    await poor_years(ledger, h2026_2="40")
    (told,) = await stage.said(DismissalGuidanceDue)
    assert [each.year for each in told.guidance.years] == [2026, 2027]


async def test_a_revoked_score_leads_to_nothing(stage: Stage) -> None:
    """E28, E27: disputed, nothing of it is accepted; revoked, the guidance is off."""
    ledger = await Ledger(stage).founded()
    await poor_years(ledger, h2026_1="55", h2026_2="50", h2027_1="62", h2027_2="50")
    (task,) = await ledger.list("/consequences")
    newest = (await ledger.list("/credit-entries"))[0]
    appeal = (await ledger.appeals(newest["id"])).json()["id"]
    disputed = await ledger.send(decision_of(task), ACCEPT, BUREAU)
    assert (disputed.status_code, disputed.json()["code"]) == (409, "ENTRIES_DISPUTED")
    await ledger.rules(appeal)
    (task,) = await ledger.list("/consequences")
    assert task["state"] == "WITHDRAWN"


async def test_guidance_that_was_explained_is_taken_back(stage: Stage) -> None:
    """E28, E27: whoever was told the procedure hears that its ground is gone."""
    ledger = await Ledger(stage).founded()
    await poor_years(ledger, h2026_1="55", h2026_2="50", h2027_1="62", h2027_2="50")
    (task,) = await ledger.list("/consequences")
    accepted = await ledger.send(decision_of(task), ACCEPT, BUREAU)
    assert accepted.json()["state"] == "ACCEPTED"
    newest = (await ledger.list("/credit-entries"))[0]
    await ledger.rules((await ledger.appeals(newest["id"])).json()["id"])
    (task,) = await ledger.list("/consequences")
    assert task["state"] == "WITHDRAWN"
    (due,) = await stage.said(DismissalGuidanceDue)
    (off,) = await stage.said(DismissalGuidanceWithdrawn)
    assert off.guidance.id == due.guidance.id
    assert off.guidance.version > due.guidance.version
    assert (off.guidance.division, off.guidance.years) == (
        due.guidance.division,
        due.guidance.years,
    )


async def test_what_follows_from_a_correction_outlives_what_it_corrected(stage: Stage) -> None:
    """E28, E24: 91.00 was corrected to 95.00; taken back afterwards, it leads to nothing new."""
    ledger = await Ledger(stage).founded()
    await ledger.evaluated("91.00")
    (corrected,) = await ledger.list("/credit-entries")
    stage.clock.advance(timedelta(hours=1))
    await ledger.evaluated("95.00", edition=2)
    await ledger.rules((await ledger.appeals(corrected["id"])).json()["id"])
    states = [each["state"] for each in await ledger.list("/consequences")]
    assert states == ["PROPOSED", "PROPOSED"]
    newest = next(e for e in await ledger.list("/credit-entries") if e["score"] == "95.00")
    await ledger.rules((await ledger.appeals(newest["id"])).json()["id"])
    states = [each["state"] for each in await ledger.list("/consequences")]
    assert states == ["WITHDRAWN", "WITHDRAWN"]


async def test_before_the_plan_begins_no_decision_guides_anybody(postgres: Databases) -> None:
    """E27, E28: 90.00 is taken back, which leaves two poor years, but nothing is in force yet."""
    before = SimulatedClock(datetime.fromisoformat("2025-12-31T23:00:00+08:00"))
    async with staged(service, await postgres.fresh_database(migrate), before) as stage:
        ledger = await Ledger(stage).founded()
        await poor_years(ledger, h2023_1="50", h2023_2="50", h2024_1="90", h2024_2="50")
        good = next(e for e in await ledger.list("/credit-entries") if e["score"] == "90.00")
        await ledger.rules((await ledger.appeals(good["id"])).json()["id"])
        assert await ledger.list("/consequences") == []
        assert await stage.said(DismissalGuidanceDue) == []


async def test_who_reads_and_decides(stage: Stage) -> None:
    """E24, A13: read by the place, decided by its bureau; the company sees what was accepted."""
    ledger = await Ledger(stage).founded()
    await ledger.evaluated("95.00")
    bonus = next(e for e in await ledger.list("/consequences") if e["kind"] == "BID_BONUS")
    path = f"/consequences/{bonus['id']}"
    for actor, status, code in (
        (STREET, 403, "NOT_YOUR_DECISION"),
        (CITY_CENTRE, 403, "NOT_YOUR_DECISION"),
        (COMPANY_DESK, 404, "CONSEQUENCE_NOT_FOUND"),
        (OTHER_BUREAU, 404, "CONSEQUENCE_NOT_FOUND"),
        (with_stake(BUREAU), 404, "CONSEQUENCE_NOT_FOUND"),
        (owner(), 404, "CONSEQUENCE_NOT_FOUND"),
    ):
        refused = await ledger.send(f"{path}/decision", ACCEPT, actor)
        assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert (await ledger.get(path, STREET)).status_code == 200
    assert (await ledger.send(f"{path}/decision", ACCEPT, BUREAU)).status_code == 200
    assert (await ledger.get(path, COMPANY_DESK)).status_code == 200
    assert (await ledger.get(path, OTHER_COMPANY)).status_code == 404
    absent = await ledger.get(f"/consequences/{named('nothing')}")
    assert (absent.status_code, absent.json()["code"]) == (404, "CONSEQUENCE_NOT_FOUND")


async def test_a_grade_decided_anew_ends_the_task(stage: Stage) -> None:
    """E19, E28: the D rested on a score that was taken back."""
    ledger = await Ledger(stage).founded(10, 10)
    low = await ledger.enters("10.00")
    grade = (await ledger.graded("92.00", estate_id=SECOND))["id"]
    for actor in (BUREAU, COLLEAGUE):
        await ledger.confirms(grade, actor)
    (task,) = await ledger.list("/consequences")
    assert (task["kind"], task["state"]) == ("MARKET_EXIT", "PROPOSED")
    stage.clock.advance(timedelta(days=1))
    await ledger.rules((await ledger.appeals(low)).json()["id"])
    better = (await ledger.list("/credit-grades?state=PROPOSED"))[0]
    assert better["grade"] == "A"
    await ledger.confirms(better["id"])
    (task,) = await ledger.list("/consequences")
    assert (task["state"], await ledger.in_force()) == ("WITHDRAWN", "A")
