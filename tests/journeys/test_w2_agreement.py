"""W2: from the hotline to a confirmed agreement; every clock as in lifecycle 3.11."""

from __future__ import annotations

import json
from datetime import timedelta

from deploy.demo import world
from tests.journeys.backbone import everything_published
from tests.journeys.expectations import (
    assert_at_rest,
    assert_impersonal,
    assert_in_time,
    assert_told_once,
)
from tests.journeys.journey import Journey

COMPANY, STREET, MEDIATOR = "wuye.wenquan", "jiedao.wenquan", "tiaojie.xianan1"
COUNTY, NEXT_COUNTY = "421202", "421281"
COURT, ANOTHER_COURT, DEPARTMENT = "fayuan.xianan", "fayuan.chibi", "zhuxin.xianan"
NOTES = "物业愿减收一季度费用"


async def application_of(w2: Journey) -> str:
    (applied,) = await w2.delivered("court", world.court(COUNTY))
    return f"/routing/court/applications/{applied['payload']['application_id']}"


async def test_w2_every_step_has_its_row_its_moment_and_its_state(w2: Journey) -> None:
    assert await w2.steps() == [
        ("2026-08-20 10:05", "T06", "TO_DISPATCH"),
        ("2026-08-20 10:05", "T09", "TO_DISPATCH"),
        ("2026-08-20 10:40", "T10", "DISPATCHED"),
        ("2026-08-20 10:50", "T11", "HANDLING"),
        ("2026-08-20 15:00", "T15", "MEDIATING"),
        ("2026-08-20 15:00", "T15", "MEDIATING"),
        ("2026-08-20 15:00", "T15", "MEDIATING"),
        ("2026-08-20 15:00", "T15", "MEDIATING"),
        ("2026-08-21 09:00", "T16", "MEDIATING"),
        ("2026-08-21 10:00", "T15", "MEDIATING"),
        ("2026-08-21 16:00", "T18", "AGREEMENT_PERFORMING"),
        ("2026-08-22 09:00", "CK-05", "AGREEMENT_PERFORMING"),
        ("2026-09-10 09:00", "X25", "AGREEMENT_PERFORMING"),
        ("2026-09-10 09:00", "T34", "JUDICIAL_CONFIRMING"),
        ("2026-09-28 10:00", "T35", "AGREEMENT_PERFORMING"),
        ("2026-10-15 10:00", "T37", "RESULT_REVIEW"),
        ("2026-10-15 15:00", "T25", "FEEDBACK"),
        ("2026-10-16 09:00", "T31", "CLOSED"),
    ]


async def test_b04_ck_01_counts_from_the_hotlines_own_acceptance(w2: Journey) -> None:
    dispatch = (await w2.clocks())["CK-01 DISPATCH"]
    assert (dispatch.started, dispatch.due) == ("2026-08-20 10:00", "2026-08-20 11:00")
    assert dispatch.took == timedelta(minutes=40)


async def test_b05_ck_03_is_met_after_22_hours_and_20_minutes(w2: Journey) -> None:
    mediation = (await w2.clocks())["CK-03 MEDIATION_START"]
    assert mediation.due == "2026-08-21 10:40"
    assert mediation.took == timedelta(hours=22, minutes=20)


async def test_w2_every_clock_is_met_in_time(w2: Journey) -> None:
    clocks = await w2.clocks()
    assert {name: (clock.due, clock.met) for name, clock in clocks.items()} == {
        "CK-01 DISPATCH": ("2026-08-20 11:00", "2026-08-20 10:40"),
        "CK-02 SIGN": ("2026-08-20 12:40", "2026-08-20 10:50"),
        "CK-03 MEDIATION_START": ("2026-08-21 10:40", "2026-08-21 09:00"),
        "CK-05 FEEDBACK": ("2026-08-27 24:00", "2026-08-22 09:00"),
        "CK-06 MEDIUM_RESOLVE": ("2026-08-27 24:00", "2026-08-21 16:00"),
        "CK-08 FORMAL_MEDIATION": ("2026-09-20 24:00", "2026-08-21 16:00"),
        "CK-09 CONFIRMATION_APPLICATION": ("2026-09-20 24:00", "2026-09-10 09:00"),
        "CK-12 OWNER_CONFIRMATION": ("2026-10-18 24:00", "2026-10-16 09:00"),
        "CK-15 REOPEN_WINDOW": ("2026-10-31 24:00", None),
    }
    assert_in_time(clocks)


async def test_w2_the_agreement_is_effective_confirmed_and_performed(w2: Journey) -> None:
    agreement = await w2.stage.staff(MEDIATOR).get(w2.path("/agreement"))
    assert agreement["kind"] == "WRITTEN"
    assert agreement["effective_at"] == "2026-08-21T16:00:00+08:00"
    assert agreement["confirmed_at"] == "2026-09-28T10:00:00+08:00"
    assert agreement["performed_at"] == "2026-10-15T10:00:00+08:00"


async def test_w2_the_owner_follows_it_in_plain_words(w2: Journey) -> None:
    assert await w2.story_for_the_owner() == [
        ("2026-08-20 10:05", "已提交"),
        ("2026-08-20 10:05", "已受理"),
        ("2026-08-20 10:05", "已定级"),
        ("2026-08-20 10:40", "已派单"),
        ("2026-08-20 10:50", "已签收"),
        ("2026-08-20 15:00", "建议调解"),
        ("2026-08-20 15:00", "调解安排"),
        ("2026-08-21 09:00", "已组织调解"),
        ("2026-08-21 10:00", "建议调解"),
        ("2026-08-21 16:00", "达成协议"),
        ("2026-08-21 16:00", "协议生效"),
        ("2026-08-22 09:00", "阶段反馈"),
        ("2026-09-10 09:00", "已申请司法确认"),
        ("2026-09-28 10:00", "司法确认结果"),
        ("2026-10-15 10:00", "协议履行完毕"),
        ("2026-10-15 10:00", "结果待审核"),
        ("2026-10-15 15:00", "已反馈"),
        ("2026-10-16 09:00", "已办结"),
    ]


async def test_w2_every_promise_to_the_owner_is_kept(w2: Journey) -> None:
    promises = (await w2.complaint())["case"]["promises"]
    assert {"DISPATCH", "FEEDBACK", "MEDIATION_START"} <= {each["kind"] for each in promises}
    assert not any(each["broken"] for each in promises)


async def test_w2_the_owner_rates_it(w2: Journey) -> None:
    visit = await w2.visit()
    assert (visit["state"], visit["solved"], visit["result_level"]) == ("ANSWERED", "YES", 4)


async def test_n08_both_parties_are_told_of_the_agreement(w2: Journey) -> None:
    told = {(each["notification"], each["to"]) for each in await w2.messages()}
    assert told == {
        ("N01", "owner-1"),
        ("N04", "zhongzhi.wenquan"),
        ("N05", COMPANY),
        ("N06", "owner-1"),
        ("N07", "owner-1"),
        ("N07", COMPANY),
        ("N08", "owner-1"),
        ("N08", COMPANY),
        ("N09", "owner-1"),
        ("N09", COMPANY),
        ("N11", "owner-1"),
        ("N13", "owner-1"),
        ("N14", "zhongzhi.wenquan"),
    }
    for party in ("owner-1", COMPANY):
        (entry,) = (await w2.inbox(party))["N08"]
        assert "9月20日" in entry["body"]
        assert "司法确认" in entry["body"]


async def test_n07_both_parties_are_told_when_and_where_and_that_it_is_free(w2: Journey) -> None:
    for party in ("owner-1", COMPANY):
        (entry,) = (await w2.inbox(party))["N07"]
        for part in ("8月21日 09:00", "街道综治中心", "自愿", "不收"):
            assert part in entry["body"]


async def test_w2_wechat_brings_the_owner_one_card_for_each(w2: Journey) -> None:
    assert sorted(await w2.wechat()) == [
        ("2026-08-20 10:05", "已受理"),
        ("2026-08-20 10:05", "已收到"),
        ("2026-08-20 10:40", "已派单"),
        ("2026-08-20 15:00", "调解安排"),
        ("2026-08-21 16:00", "协议生效"),
        ("2026-09-10 09:00", "期限提醒"),
        ("2026-10-15 15:00", "已反馈"),
        ("2026-10-16 09:00", "已办结"),
    ]


async def test_a07_the_application_is_for_its_own_court_only(w2: Journey) -> None:
    application = await application_of(w2)
    assert await w2.refusal(COURT, application) == (200, "")
    assert (await w2.refusal(ANOTHER_COURT, application))[0] == 404
    assert (await w2.refusal(DEPARTMENT, application))[0] in {403, 404}
    assert await w2.delivered("court", world.court(NEXT_COUNTY)) == []


async def test_the_court_is_told_once_and_of_nothing_personal(w2: Journey) -> None:
    (applied,) = await w2.delivered("court", world.court(COUNTY))
    assert applied["times"] == 1
    assert applied["payload"]["type"] == "routing.confirmation_applied"
    text = json.dumps(applied["payload"], ensure_ascii=False)
    assert_impersonal(text)
    assert "1200" not in text, "obligations are behind the court's own sign-in"


async def test_invariant_10_court_and_company_read_the_agreement_but_not_the_notes(
    w2: Journey,
) -> None:
    agreed = "补缴物业费"
    assert NOTES in await w2.readable_by(STREET)
    assert agreed in await w2.readable_by(COMPANY)
    assert agreed in str(await w2.stage.staff(COURT).get(await application_of(w2)))
    assert NOTES not in str(await w2.stage.staff(COURT).get(await application_of(w2)))
    for reader in (COMPANY, COURT, DEPARTMENT):
        assert NOTES not in await w2.readable_by(reader)


async def test_no_event_of_any_story_carries_personal_data(w2: Journey) -> None:
    published = await everything_published(w2.stage.system)
    assert w2.told.case_number in published
    assert NOTES not in published
    assert "多次沟通无果" not in published, "the owner's words travel sealed"
    for person in world.OWNERS:
        assert person.mobile not in published


async def test_w2_nobody_is_told_twice(w2: Journey) -> None:
    await assert_told_once(w2)


def test_w2_leaves_the_machinery_at_rest(w2: Journey) -> None:
    assert_at_rest(w2.rest)
