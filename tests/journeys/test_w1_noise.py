"""W1: a small matter, solved on its day; every time and state as in lifecycle 3.11."""

from __future__ import annotations

from tests.journeys.expectations import assert_at_rest, assert_in_time, assert_told_once
from tests.journeys.journey import Journey

WORKER, LEADER, SITE_OFFICE = "wangge.wenquan1", "wanggezhang.wenquan", "wuye.wenquan"
NOTES = "双方均愿和睦相处"


async def test_w1_every_step_has_its_row_its_moment_and_its_state(w1: Journey) -> None:
    assert await w1.steps() == [
        ("2026-03-02 09:00:06", "T06", "TO_DISPATCH"),
        ("2026-03-02 09:00:06", "T09", "TO_DISPATCH"),
        ("2026-03-02 09:00:06", "T10", "DISPATCHED"),
        ("2026-03-02 09:20", "T11", "HANDLING"),
        ("2026-03-02 18:30", "T15", "MEDIATING"),
        ("2026-03-02 18:30", "T15", "MEDIATING"),
        ("2026-03-02 18:30", "T15", "MEDIATING"),
        ("2026-03-02 18:30", "T15", "MEDIATING"),
        ("2026-03-02 19:30", "T16", "MEDIATING"),
        ("2026-03-02 19:50", "T19", "RESULT_REVIEW"),
        ("2026-03-02 20:10", "T25", "FEEDBACK"),
        ("2026-03-02 20:30", "T31", "CLOSED"),
    ]


async def test_w1_it_is_a_small_matter_of_the_grid_worker_and_ends_solved(w1: Journey) -> None:
    case = await w1.case()
    assert (case["category"], case["grade"], case["state"]) == ("NS01", "SMALL", "CLOSED")
    assert case["result_code"] == "SOLVED"
    assert case["handler"]["end"] == "COMMUNITY"
    assert not case["handler"]["late"]
    assert not case["overdue"]


async def test_w1_every_clock_is_met_in_time(w1: Journey) -> None:
    clocks = await w1.clocks()
    assert {name: (clock.due, clock.met) for name, clock in clocks.items()} == {
        "CK-01 DISPATCH": ("2026-03-02 10:00:06", "2026-03-02 09:00:06"),
        "CK-02 SIGN": ("2026-03-02 11:00:06", "2026-03-02 09:20"),
        "CK-03 MEDIATION_START": ("2026-03-03 09:00:06", "2026-03-02 19:30"),
        "CK-04 SMALL_RESOLVE": ("2026-03-03 09:00:06", "2026-03-02 19:50"),
        "CK-05 FEEDBACK": ("2026-03-09 24:00", "2026-03-02 20:10"),
        "CK-12 OWNER_CONFIRMATION": ("2026-03-05 24:00", "2026-03-02 20:30"),
        "CK-15 REOPEN_WINDOW": ("2026-03-17 24:00", None),
    }
    assert_in_time(clocks)


async def test_w1_the_owner_follows_it_in_plain_words(w1: Journey) -> None:
    assert await w1.story_for_the_owner() == [
        ("2026-03-02 09:00:06", "已提交"),
        ("2026-03-02 09:00:06", "已受理"),
        ("2026-03-02 09:00:06", "已定级"),
        ("2026-03-02 09:00:06", "已派单"),
        ("2026-03-02 09:20", "已签收"),
        ("2026-03-02 18:30", "建议调解"),
        ("2026-03-02 18:30", "调解安排"),
        ("2026-03-02 19:30", "已组织调解"),
        ("2026-03-02 19:50", "达成协议"),
        ("2026-03-02 19:50", "结果待审核"),
        ("2026-03-02 20:10", "已反馈"),
        ("2026-03-02 20:30", "已办结"),
    ]


async def test_w1_every_promise_to_the_owner_is_kept(w1: Journey) -> None:
    complaint = await w1.complaint()
    promises = {each["kind"]: each for each in complaint["case"]["promises"]}
    assert complaint["state"] == "ACCEPTED"
    assert complaint["case"]["state"] == "CLOSED"
    assert {"DISPATCH", "MEDIATION_START", "SMALL_RESOLVE", "FEEDBACK"} <= set(promises)
    assert not any(each["broken"] for each in promises.values())


async def test_w1_the_owner_rates_five_at_the_return_visit(w1: Journey) -> None:
    visit = await w1.visit()
    assert visit["state"] == "ANSWERED"
    assert (visit["solved"], visit["result_level"], visit["process_level"]) == ("YES", 5, 5)
    assert not visit["asks_to_reopen"]


async def test_w1_everybody_is_told_what_lifecycle_3_7_says(w1: Journey) -> None:
    told = {(each["notification"], each["to"]) for each in await w1.messages()}
    assert told == {
        ("N01", "owner-3"),
        ("N04", WORKER),
        ("N04", SITE_OFFICE),
        ("N05", SITE_OFFICE),
        ("N06", "owner-3"),
        ("N07", "owner-3"),
        ("N11", "owner-3"),
        ("N13", "owner-3"),
    }


async def test_w1_wechat_brings_the_owner_one_card_for_each(w1: Journey) -> None:
    assert sorted(await w1.wechat()) == [
        ("2026-03-02 09:00:06", "已受理"),
        ("2026-03-02 09:00:06", "已收到"),
        ("2026-03-02 09:00:06", "已派单"),
        ("2026-03-02 18:30", "调解安排"),
        ("2026-03-02 20:10", "已反馈"),
        ("2026-03-02 20:30", "已办结"),
    ]


async def test_w1_n01_n06_n13_say_what_they_must(w1: Journey) -> None:
    inbox = await w1.inbox("owner-3")
    received, accepted = sorted(inbox["N01"], key=lambda entry: entry["title"])
    case = await w1.case()
    for entry in (received, accepted):
        assert "SQ421202-20260302-00001" in entry["body"]
        assert "轻微噪音" in entry["body"]
        assert "下一步" in entry["body"]
    assert case["handler"]["display_name"] in inbox["N06"][0]["body"]
    assert "3月3日 09:00" in inbox["N06"][0]["body"]
    assert "3月17日" in inbox["N13"][0]["body"]


async def test_w1_n04_tells_the_worker_place_grade_and_due_time(w1: Journey) -> None:
    (entry,) = (await w1.inbox(WORKER))["N04"]
    assert all(part in entry["body"] for part in ("温泉花园", "小事", "3月3日 09:00"))


async def test_w1_n05_tells_the_site_office_what_to_do_within_24_hours(w1: Journey) -> None:
    (entry,) = (await w1.inbox(SITE_OFFICE))["N05"]
    assert "3月3日 09:00" in entry["body"]
    assert "调解" in entry["body"]


async def test_invariant_10_the_notes_are_for_who_mediates_only(w1: Journey) -> None:
    assert NOTES in await w1.readable_by(WORKER)
    assert NOTES not in await w1.readable_by(SITE_OFFICE)


async def test_w1_nobody_is_told_twice(w1: Journey) -> None:
    await assert_told_once(w1)


def test_w1_leaves_the_machinery_at_rest(w1: Journey) -> None:
    assert_at_rest(w1.rest)
