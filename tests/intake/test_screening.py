"""Complaints are checked through WeChat, hidden from others where needed, and never refused."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deploy.simulators.faults import Fault
from deploy.simulators.wechat import Vendor
from services.intake.screening.domain.lifecycle import ScreeningAction
from services.intake.screening.domain.timing import try_again_at
from services.intake.screening.domain.verdicts import Judged, Reason, judge
from services.intake.screening.screener import Screener
from shared.clock import BEIJING
from shared.contracts.intake import ComplaintSubmitted
from shared.identity import Actor, End, Role
from shared.ids import new_id
from shared.wechat.content import TEXT_CHECK
from tests.intake.people import ANNA, BORIS, TEXT, once, owner
from tests.intake.screened import (
    CENTRE,
    ELSEWHERE,
    dispatcher,
    file,
    is_shown,
    listed,
    pump,
    why,
)
from tests.intake.test_supplying import request, supply
from tests.stage import START, Stage

MIDNIGHT = datetime(2026, 3, 3, tzinfo=BEIJING)
ABUSE = "物业都是测试辱骂，楼道灯坏了半个月没有人修"


@pytest.fixture
def present(vendor: Vendor) -> Vendor:
    """Anna and Boris have the mini-program open."""
    for person in (ANNA, BORIS):
        vendor.content.used(vendor.openid(person.person), vendor.clock.now())
    return vendor


async def test_a_harmless_complaint_is_shown_once_it_passed(stage: Stage, present: Vendor) -> None:
    complaint_id = await file(stage)
    assert not await is_shown(stage, complaint_id)
    assert await pump(stage) > 0
    assert await is_shown(stage, complaint_id)
    assert await why(stage) == [("PASSED", None, 100)]
    assert await pump(stage) == 0
    assert present.script.calls[TEXT_CHECK] == 1


@pytest.mark.parametrize(
    ("word", "label"), [("测试辱骂", 20003), ("测试待审", 20012), ("测试时政", 20001)]
)
async def test_a_risky_complaint_is_filed_held_and_kept_for_staff(
    stage: Stage, present: Vendor, word: str, label: int
) -> None:
    """Never rejected; also of abuse (20003) staff hear at once and see everything."""
    complaint_id = await file(stage, text=f"{TEXT}，{word}")
    await pump(stage)
    assert not await is_shown(stage, complaint_id)
    assert len(await stage.said(ComplaintSubmitted)) == 1
    (item,) = await listed(stage)
    assert (item["complaint_id"], item["label"]) == (str(complaint_id), label)
    assert (item["state"], item["reason"], item["attachment_id"]) == ("HELD", "FOUND", None)
    assert word in item["text"]


async def test_long_words_are_checked_in_pieces(stage: Stage, present: Vendor) -> None:
    """What stands behind the first 2500 characters counts as well."""
    present.content.keywords["尾巴"] = present.content.keywords["测试广告"]
    await file(stage, text="楼道灯坏了。" * 480 + "尾巴")
    await pump(stage)
    assert await why(stage) == [("HELD", "FOUND", 10001)]
    assert len(present.content.texts) == 2


async def test_an_anonymous_author_is_named_to_nobody(stage: Stage, present: Vendor) -> None:
    """X15: the account does not go to WeChat either; a person looks."""
    complaint_id = await file(stage, anonymous=True)
    await pump(stage)
    assert await why(stage) == [("HELD", "ANONYMOUS", None)]
    assert present.script.calls[TEXT_CHECK] == 0
    assert not await is_shown(stage, complaint_id)


async def test_who_was_not_there_for_two_hours_is_not_checked(stage: Stage, vendor: Vendor) -> None:
    """61010: final, a person looks."""
    await file(stage)
    await pump(stage)
    assert await why(stage) == [("HELD", "REFUSED", None)]


async def test_what_was_filed_while_nobody_worked_goes_to_a_person(
    stage: Stage, present: Vendor
) -> None:
    """Also when it is found only later, however long that took."""
    await file(stage)
    await pump(stage)
    stage.clock.advance(timedelta(hours=1))
    await file(stage, BORIS)
    stage.clock.advance(timedelta(days=3))
    await pump(stage)
    assert await why(stage) == [("PASSED", None, 100), ("HELD", "NOT_CHECKED", None)]


@pytest.mark.parametrize(
    "fault",
    [
        Fault(call=TEXT_CHECK, body='{"errcode":-1}', times=3),
        Fault(call=TEXT_CHECK, body="<html>", content_type="text/html", times=3),
        Fault(call=TEXT_CHECK, body='{"errcode":44991}'),
        Fault(call=TEXT_CHECK, status=502, body="", times=3),
    ],
)
async def test_no_answer_is_asked_for_again(stage: Stage, present: Vendor, fault: Fault) -> None:
    present.script.add(fault)
    complaint_id = await file(stage)
    await pump(stage)
    assert [each[0] for each in await why(stage)] == ["WAITING"]
    stage.clock.advance(timedelta(seconds=5))
    await pump(stage)
    assert await is_shown(stage, complaint_id)


async def test_no_answer_within_two_hours_goes_to_a_person(stage: Stage, present: Vendor) -> None:
    present.script.add(Fault(call=TEXT_CHECK, body='{"errcode":44991}', times=100))
    await file(stage)
    for _ in range(14):
        await pump(stage)
        stage.clock.advance(timedelta(minutes=10))
    assert await why(stage) == [("HELD", "NOT_CHECKED", None)]


async def test_a_spent_quota_is_not_asked_for_again_today(stage: Stage, present: Vendor) -> None:
    """45009: one call, whatever is filed meanwhile; what waited two hours goes to a person."""
    present.script.add(Fault(call=TEXT_CHECK, body='{"errcode":45009}', times=100))
    await file(stage)
    await pump(stage)
    await file(stage, BORIS)
    await file(stage, anonymous=True)
    await pump(stage)
    states = [state for state, _, _ in await why(stage)]
    assert sorted(states) == ["HELD", "WAITING", "WAITING"], "an anonymous one needs no answer"
    for _ in range(13):
        stage.clock.advance(timedelta(minutes=10))
        await pump(stage)
    assert set(await why(stage)) == {
        ("HELD", "NOT_CHECKED", None),
        ("HELD", "ANONYMOUS", None),
    }
    assert present.script.calls[TEXT_CHECK] == 1


async def test_tomorrow_there_is_a_new_quota(stage: Stage, present: Vendor) -> None:
    stage.clock.advance(MIDNIGHT - stage.clock.now() - timedelta(minutes=20))
    present.content.used(present.openid(ANNA.person), stage.clock.now())
    present.script.add(Fault(call=TEXT_CHECK, body='{"errcode":45009}'))
    complaint_id = await file(stage)
    for _ in range(4):
        await pump(stage)
        assert not await is_shown(stage, complaint_id)
        stage.clock.advance(timedelta(minutes=6))
    stage.clock.advance(timedelta(minutes=5))
    await pump(stage)
    assert await is_shown(stage, complaint_id)


async def test_a_wrong_set_up_is_tried_again_in_some_minutes(stage: Stage, present: Vendor) -> None:
    present.script.add(Fault(call=TEXT_CHECK, body='{"errcode":48001}'))
    for person in (ANNA, BORIS):
        await file(stage, person)
        await pump(stage)
    stage.clock.advance(timedelta(minutes=4))
    await pump(stage)
    assert present.script.calls[TEXT_CHECK] == 1
    stage.clock.advance(timedelta(minutes=1))
    await pump(stage)
    assert {state for state, _, _ in await why(stage)} == {"PASSED"}


async def test_a_text_that_wechat_cannot_read_keeps_no_other_waiting(
    stage: Stage, present: Vendor
) -> None:
    """47001 is about this call, and not about the set-up."""
    present.script.add(Fault(call=TEXT_CHECK, body='{"errcode":47001}'))
    await file(stage)
    await pump(stage)
    await file(stage, BORIS)
    await pump(stage)
    assert sorted(state for state, _, _ in await why(stage)) == ["PASSED", "WAITING"]


async def test_an_unlisted_code_alarms(
    stage: Stage, present: Vendor, capsys: pytest.CaptureFixture[str]
) -> None:
    present.script.add(Fault(call=TEXT_CHECK, body='{"errcode":99999}'))
    await file(stage)
    await pump(stage)
    assert await why(stage) == [("HELD", "REFUSED", None)]
    assert "wechat_refuses_us" in capsys.readouterr().out


async def test_what_is_supplied_is_checked_as_well(stage: Stage, present: Vendor) -> None:
    """T03: and until then the whole is hidden again, also what a person had shown."""
    complaint_id = await file(stage)
    await pump(stage)
    await stage.hear(request(stage, complaint_id))
    assert (await supply(stage, complaint_id, {"text": "他们测试辱骂"}))[0] == 200
    assert not await is_shown(stage, complaint_id)
    await pump(stage)
    assert await why(stage) == [("HELD", "FOUND", 20003)]


async def test_what_a_person_hid_comes_back_to_a_person(stage: Stage, present: Vendor) -> None:
    """However often something harmless is added: WeChat does not overrule the centre."""
    complaint_id = await file(stage)
    await pump(stage)
    (item,) = await listed(stage, state="PASSED")
    assert (await decide(stage, item["id"], CENTRE, visible=False))[0] == 201
    for version in (2, 4):
        await stage.hear(request(stage, complaint_id, version=version))
        assert (await supply(stage, complaint_id, {"text": "位置在三楼"}))[0] == 200
        await pump(stage)
        assert await why(stage) == [("HELD", "SUPPLIED", 100)]
    assert not await is_shown(stage, complaint_id)
    assert present.script.calls[TEXT_CHECK] == 1


async def decide(
    stage: Stage, screening_id: Any, actor: Actor, *, visible: bool
) -> tuple[int, Any]:
    async with stage.client(actor) as client:
        path = f"/screenings/{screening_id}/decision"
        body = {"visible": visible, "reason": "仅为情绪表达"}
        answer = await client.post(path, json=body, headers=once())
    return answer.status_code, answer.json()


async def test_the_centre_decides_and_may_decide_anew(stage: Stage, present: Vendor) -> None:
    complaint_id = await file(stage, text=ABUSE)
    await pump(stage)
    (item,) = await listed(stage)
    for visible, state in ((True, "SHOWN"), (False, "HIDDEN"), (True, "SHOWN")):
        status, answer = await decide(stage, item["id"], CENTRE, visible=visible)
        assert (status, answer["state"]) == (201, state)
        assert await is_shown(stage, complaint_id) is visible
    assert await listed(stage) == []
    assert await stage.count("audit_entry", "action = 'screening.decided'") == 3
    assert len(await listed(stage, state="SHOWN")) == 1


async def test_a_person_may_hide_what_passed(stage: Stage, present: Vendor) -> None:
    complaint_id = await file(stage)
    await pump(stage)
    (item,) = await listed(stage, state="PASSED")
    assert (await decide(stage, item["id"], CENTRE, visible=True))[0] == 409
    assert (await decide(stage, item["id"], CENTRE, visible=False))[0] == 201
    assert not await is_shown(stage, complaint_id)


async def test_only_the_dispatcher_of_the_division(stage: Stage, present: Vendor) -> None:
    await file(stage, text=ABUSE)
    await pump(stage)
    (item,) = await listed(stage)
    assert await listed(stage, ELSEWHERE) == await listed(stage, dispatcher()) == []
    assert len(await listed(stage, dispatcher("4212"))) == 1
    status, answer = await decide(stage, item["id"], ELSEWHERE, visible=True)
    assert (status, answer["code"]) == (404, "SCREENING_NOT_FOUND")
    roles = frozenset({Role.GRID_WORKER})
    worker = Actor(id=new_id(), end=End.GRID, roles=roles, session_id=new_id())
    for actor in (owner(ANNA), worker):
        status, answer = await decide(stage, item["id"], actor, visible=True)
        assert (status, answer["code"]) == (403, "SCREENINGS_OF_CENTRE_ONLY")


async def test_the_list_has_pages(stage: Stage, present: Vendor) -> None:
    for person in (ANNA, BORIS, ANNA):
        await file(stage, person, text=f"{ABUSE}{new_id()}")
        stage.clock.advance(timedelta(minutes=1))
    await pump(stage)
    seen: list[str] = []
    cursor: str | None = ""
    async with stage.client(CENTRE) as client:
        while cursor is not None:
            address = f"/screenings?limit=2&cursor={cursor}" if cursor else "/screenings?limit=2"
            page = (await client.get(address)).json()
            seen += [item["id"] for item in page["items"]]
            cursor = page["next"]
    assert len(seen) == len(set(seen)) == 3


async def test_two_workers_ask_once(stage: Stage, present: Vendor) -> None:
    """P2: what one has claimed the other leaves alone."""
    await file(stage)
    other = Screener(stage.host.runtime)
    await asyncio.gather(pump(stage), other.pump())
    assert present.script.calls[TEXT_CHECK] == 1
    assert await why(stage) == [("PASSED", None, 100)]


SUGGESTIONS = st.sampled_from(["pass", "review", "risky", "", "maybe"])


@given(st.lists(st.builds(Judged, SUGGESTIONS, st.sampled_from([100, 20003, None])), max_size=4))
def test_only_what_passed_in_all_its_pieces_is_shown(findings: list[Judged]) -> None:
    verdict = judge(findings)
    passes = bool(findings) and all(each.suggest == "pass" for each in findings)
    assert (verdict.action is ScreeningAction.PASS) is passes
    assert (verdict.reason is None) is passes


def test_the_worst_finding_counts() -> None:
    verdict = judge([Judged("pass", 100), Judged("review", 20012), Judged("risky", 20001)])
    assert (verdict.reason, verdict.label) == (Reason.FOUND, 20001)


def test_attempts_become_rarer_and_end_in_time() -> None:
    until = START + timedelta(minutes=20)
    tries = [try_again_at(number, START, until) for number in range(1, 6)]
    assert [each and (each - START).total_seconds() for each in tries] == [5, 30, 120, 600, 600]
    assert try_again_at(9, until - timedelta(minutes=9), until) is None
