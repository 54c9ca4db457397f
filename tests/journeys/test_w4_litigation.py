"""W4: mediation fails, the routes are told, the court takes over (lifecycle 3.11)."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from deploy.demo import world
from tests.journeys.expectations import (
    assert_at_rest,
    assert_impersonal,
    assert_in_time,
    assert_told_once,
)
from tests.journeys.journey import Journey

COMPANY, STREET = "wuye.jiayuan", "jiedao.chimagang"
COUNTY, NEXT_COUNTY = "421281", "421202"
COURT, ANOTHER_COURT, DEPARTMENT = "fayuan.chibi", "fayuan.xianan", "zhuxin.chibi"
NOTES = "物业只愿减免一个月费用"


async def package_of(w4: Journey) -> str:
    (handed_over,) = await w4.delivered("court", world.court(COUNTY))
    return f"/routing/court/packages/{handed_over['payload']['package_id']}"


async def test_w4_every_step_has_its_row_its_moment_and_its_state(w4: Journey) -> None:
    assert await w4.steps() == [
        ("2026-06-02 10:00", "T06", "TO_DISPATCH"),
        ("2026-06-02 10:00", "T09", "TO_DISPATCH"),
        ("2026-06-02 10:00", "T10", "DISPATCHED"),
        ("2026-06-02 10:30", "T11", "HANDLING"),
        ("2026-06-02 14:00", "T15", "MEDIATING"),
        ("2026-06-02 14:00", "T15", "MEDIATING"),
        ("2026-06-02 14:00", "T15", "MEDIATING"),
        ("2026-06-02 14:00", "T15", "MEDIATING"),
        ("2026-06-03 09:00", "T16", "MEDIATING"),
        ("2026-06-04 10:00", "T20", "LITIGATION_GUIDED"),
        ("2026-06-04 10:00", "CK-05", "LITIGATION_GUIDED"),
        ("2026-06-05 09:00", "T39", "LITIGATION_GUIDED"),
        ("2026-06-05 09:00", "T39", "LITIGATION_GUIDED"),
        ("2026-06-10 09:00", "T39", "IN_COURT"),
        ("2026-07-20 16:00", "T42", "RESULT_REVIEW"),
        ("2026-07-21 10:00", "T25", "FEEDBACK"),
        ("2026-07-21 12:00", "T31", "CLOSED"),
    ]


async def test_w4_the_interim_feedback_of_day_three_meets_ck_05(w4: Journey) -> None:
    clocks = await w4.clocks()
    assert {name: (clock.due, clock.met) for name, clock in clocks.items()} == {
        "CK-01 DISPATCH": ("2026-06-02 11:00", "2026-06-02 10:00"),
        "CK-02 SIGN": ("2026-06-02 12:00", "2026-06-02 10:30"),
        "CK-03 MEDIATION_START": ("2026-06-03 10:00", "2026-06-03 09:00"),
        "CK-05 FEEDBACK": ("2026-06-09 24:00", "2026-06-04 10:00"),
        "CK-06 MEDIUM_RESOLVE": ("2026-06-09 24:00", "2026-06-04 10:00"),
        "CK-12 OWNER_CONFIRMATION": ("2026-07-24 24:00", "2026-07-21 12:00"),
        "CK-15 REOPEN_WINDOW": ("2026-08-05 24:00", None),
    }
    assert_in_time(clocks)


async def test_w4_it_is_closed_as_judged_in_court(w4: Journey) -> None:
    case = await w4.case()
    assert (case["grade"], case["state"]) == ("MEDIUM", "CLOSED")
    assert case["result_code"] == "TO_LITIGATION"
    assert case["results"][-1]["text"] == "转诉讼—判决"


async def test_n10_both_parties_are_told_the_other_routes(w4: Journey) -> None:
    told = {(each["notification"], each["to"]) for each in await w4.messages()}
    assert told == {
        ("N01", "owner-20"),
        ("N04", "zhongzhi.chimagang"),
        ("N04", COMPANY),
        ("N05", COMPANY),
        ("N06", "owner-20"),
        ("N07", "owner-20"),
        ("N07", COMPANY),
        ("N10", "owner-20"),
        ("N10", COMPANY),
        ("N11", "owner-20"),
        ("N13", "owner-20"),
        ("N14", "zhongzhi.chimagang"),
    }
    for party in ("owner-20", COMPANY):
        (entry,) = (await w4.inbox(party))["N10"]
        assert all(route in entry["body"] for route in ("法院", "仲裁", "行政"))


async def test_w4_wechat_brings_the_owner_one_card_for_each(w4: Journey) -> None:
    assert sorted(await w4.wechat()) == [
        ("2026-06-02 10:00", "已受理"),
        ("2026-06-02 10:00", "已收到"),
        ("2026-06-02 10:00", "已派单"),
        ("2026-06-02 14:00", "调解安排"),
        ("2026-06-04 10:00", "途径告知"),
        ("2026-07-21 10:00", "已反馈"),
        ("2026-07-21 12:00", "已办结"),
    ]


async def test_w4_the_owner_reads_the_case_number_of_the_court(w4: Journey) -> None:
    story = await w4.story_for_the_owner()
    assert ("2026-06-05 09:00", "已移送法院") in story
    assert ("2026-06-10 09:00", "法院已立案") in story
    assert story[-1] == ("2026-07-21 12:00", "已办结")


async def test_w4_the_owner_rates_it(w4: Journey) -> None:
    visit = await w4.visit()
    assert (visit["state"], visit["solved"], visit["result_level"]) == ("ANSWERED", "YES", 4)


async def test_w4_the_court_hears_of_its_package_once_and_files_within_seven_days(
    w4: Journey,
) -> None:
    (handed_over,) = await w4.delivered("court", world.court(COUNTY))
    assert handed_over["times"] == 1
    assert handed_over["payload"]["type"] == "routing.judicial_handed_over"
    filed = next(at for at, row, state in await w4.steps() if state == "IN_COURT")
    assert filed is not None
    first_heard = datetime.fromisoformat(handed_over["first_received_at"])
    assert datetime.fromisoformat(f"{filed}+08:00") - first_heard <= timedelta(days=7)


async def test_a07_another_court_sees_nothing(w4: Journey) -> None:
    package = await package_of(w4)
    assert await w4.refusal(COURT, package) == (200, "")
    assert (await w4.refusal(ANOTHER_COURT, package))[0] == 404
    assert (await w4.refusal(DEPARTMENT, package))[0] in {403, 404}
    assert await w4.delivered("court", world.court(NEXT_COUNTY)) == []
    shown = await w4.stage.staff(ANOTHER_COURT).get("/notify/webhooks/deliveries")
    assert w4.told.case_id not in json.dumps(shown)


async def test_x27_the_package_holds_facts_and_no_concessions(w4: Journey) -> None:
    package = await w4.stage.staff(COURT).get(await package_of(w4))
    text = json.dumps(package, ensure_ascii=False)
    assert "判令物业修复门禁并恢复楼道保洁" in text
    assert NOTES not in text
    assert not {"notes", "mediation_note", "offer", "concession"} & set(package)


async def test_invariant_10_the_notes_are_for_who_mediates_only(w4: Journey) -> None:
    assert NOTES in await w4.readable_by(STREET)
    for reader in (COMPANY, COURT, ANOTHER_COURT, DEPARTMENT):
        assert NOTES not in await w4.readable_by(reader)


async def test_webhooks_to_courts_carry_nothing_personal(w4: Journey) -> None:
    (handed_over,) = await w4.delivered("court", world.court(COUNTY))
    text = json.dumps(handed_over["payload"], ensure_ascii=False)
    assert w4.told.case_number in text
    assert_impersonal(text)
    assert "门禁" not in text, "facts are in the package, behind the court's own sign-in"


async def test_w4_nobody_is_told_twice(w4: Journey) -> None:
    await assert_told_once(w4)


def test_w4_leaves_the_machinery_at_rest(w4: Journey) -> None:
    assert_at_rest(w4.rest)
