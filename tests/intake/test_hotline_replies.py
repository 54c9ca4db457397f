"""The reply to 12345 goes back once (X44, B06), whatever happens on the way."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deploy.simulators.faults import Fault
from services.intake.channels.domain.replies import (
    ReplyAction,
    ReplyStatus,
    ReplyTaken,
    advance,
    following,
)
from services.intake.channels.hotline.sending import ReplySender
from services.intake.channels.hotline.wire import Answer, HotlineWire
from shared.contracts import routing
from shared.contracts.routing import CaseState
from shared.contracts.vocabulary import CaseStatus, ResultCode
from shared.ids import new_id
from shared.signatures import sign
from tests.intake.orders import CLIENT, KEY, NUMBER, hotline_behind, named_order, send_replies
from tests.intake.people import ANNA, complaint, hotline, once, owner
from tests.samples import NINE, a_case
from tests.stage import Stage

WORDS = "已更换楼道灯具，感谢您的反映。"
DOWN = Fault(call="replies", status=503, body="{}", times=1000)


async def imported(stage: Stage, **changes: Any) -> UUID:
    async with stage.client(hotline()) as adapter:
        answer = await adapter.post("/hotline/orders", json=named_order(**changes))
    assert answer.status_code == 201, answer.text
    return UUID(answer.json()["id"])


def case_of(*complaints: UUID, **changes: Any) -> CaseState:
    return a_case(complaint_ids=complaints, owner_ids=(), **changes)


def feedback(stage: Stage, case: CaseState) -> routing.CaseFeedbackGiven:
    sealed = stage.host.runtime.sealer.seal(WORDS, audience="intake", subject=f"{case.id}/reply")
    return routing.CaseFeedbackGiven(case=case, reply=sealed)


def handled(*complaints: UUID, **changes: Any) -> CaseState:
    known = {
        "state": CaseStatus.FEEDBACK,
        "result_code": ResultCode.SOLVED,
        "feedback_at": NINE + timedelta(days=1),
    }
    return case_of(*complaints, **(known | changes))


async def replies(stage: Stage, number: str = NUMBER) -> dict[str, Any]:
    async with stage.client(hotline()) as adapter:
        found: dict[str, Any] = (await adapter.get(f"/hotline/orders/{number}/reply")).json()
    return found


async def test_the_feedback_is_replied_once_with_number_result_words_and_times(
    stage: Stage,
) -> None:
    """X44, B06: each event comes twice, the hotline is told once."""
    simulator = await hotline_behind(stage)
    complaint_id = await imported(stage)
    await stage.hear(feedback(stage, handled(complaint_id)))
    assert await send_replies(stage) == 1
    assert await send_replies(stage) == 0
    (reply,) = simulator.replies(NUMBER)
    assert reply.times == 1
    said = reply.payload
    assert (said["type"], said["kind"], said["kind_name"]) == (
        "order.reply",
        "FEEDBACK",
        "办理结果",
    )
    assert (said["result_code"], said["result_name"]) == ("SOLVED", "已解决")
    assert said["reply"] == WORDS
    assert said["feedback_at"] == "2026-03-03T09:00:00+08:00"
    assert said["handler"] == "演示社区第一网格"
    found = await replies(stage)
    assert [(each["id"], each["delivery"]) for each in found["replies"]] == [
        (reply.webhook_id, "TAKEN")
    ]
    assert await stage.count("hotline_reply", f"body LIKE '%{WORDS}%'") == 0


async def test_an_adapter_that_is_down_for_two_hours_gets_it_once_afterwards(
    stage: Stage,
) -> None:
    """X44."""
    simulator = await hotline_behind(stage)
    complaint_id = await imported(stage)
    simulator.script.add(DOWN)
    await stage.hear(feedback(stage, handled(complaint_id)))
    until = stage.clock.now() + timedelta(hours=2)
    while stage.clock.now() < until:
        await send_replies(stage)
        stage.clock.advance(timedelta(minutes=1))
    assert simulator.replies(None) == []
    (waiting,) = (await replies(stage))["replies"]
    assert (waiting["delivery"], waiting["attempts"]) == ("WAITING", 7)
    simulator.script = type(simulator.script)()
    stage.clock.advance(timedelta(minutes=30))
    assert await send_replies(stage) == 1
    (reply,) = simulator.replies(NUMBER)
    assert (reply.times, reply.webhook_id) == (1, waiting["id"])


async def test_a_lost_answer_brings_the_same_id_again(stage: Stage) -> None:
    """X44: taken, but the answer never arrived; the hotline knows it by its id."""
    simulator = await hotline_behind(stage)
    complaint_id = await imported(stage)
    lost = Fault(call="replies", status=504, body="", after_effect=True)
    simulator.script.add(lost)
    await stage.hear(feedback(stage, handled(complaint_id)))
    await send_replies(stage)
    stage.clock.advance(timedelta(minutes=1))
    await send_replies(stage)
    (reply,) = simulator.replies(NUMBER)
    assert reply.times == 2


async def test_what_follows_waits_until_what_came_before_is_taken(stage: Stage) -> None:
    """X37: heard in any order, told in the order of the facts."""
    simulator = await hotline_behind(stage)
    complaint_id = await imported(stage)
    closed = handled(complaint_id, version=5, state=CaseStatus.CLOSED, closed_at=NINE)
    await stage.hear(routing.CaseClosed(case=closed), at=NINE + timedelta(days=2))
    await stage.hear(feedback(stage, handled(complaint_id)), at=NINE + timedelta(days=1))
    await send_replies(stage)
    assert [each.payload["kind"] for each in simulator.replies(NUMBER)] == ["FEEDBACK", "CLOSED"]


async def test_the_closing_is_told_once_with_the_time_to_reopen(stage: Stage) -> None:
    """N13, T31, X44: the hotline hears by its adapter, down or not, that it is closed; 15 days."""
    simulator = await hotline_behind(stage)
    complaint_id = await imported(stage)
    simulator.script.add(DOWN)
    closed = handled(complaint_id, version=5, state=CaseStatus.CLOSED, closed_at=NINE)
    await stage.hear(routing.CaseClosed(case=closed))
    await send_replies(stage)
    assert simulator.replies(NUMBER) == []
    simulator.script = type(simulator.script)()
    stage.clock.advance(timedelta(hours=2))
    assert await send_replies(stage) == 1
    assert await send_replies(stage) == 0
    (reply,) = simulator.replies(NUMBER)
    assert (reply.times, reply.payload["kind_name"]) == (1, "办结")
    for word in ("已办结", "2026年3月17日前（含当日）", "重新办理"):
        assert word in reply.payload["reply"]


async def test_a_second_feedback_is_another_reply(stage: Stage) -> None:
    """T32: reopened, handled again, and replied again."""
    simulator = await hotline_behind(stage)
    complaint_id = await imported(stage)
    await stage.hear(feedback(stage, handled(complaint_id)))
    await stage.hear(feedback(stage, handled(complaint_id, version=9)))
    await send_replies(stage)
    assert [each.payload["kind"] for each in simulator.replies(NUMBER)] == ["FEEDBACK"] * 2


async def test_a_refusal_is_replied_with_reason_and_right_place(stage: Stage) -> None:
    """T05, B02."""
    simulator = await hotline_behind(stage)
    complaint_id = await imported(stage)
    refused = routing.RefusedComplaint(
        id=complaint_id, version=1, reason="POLICE", hint="请拨打110报警"
    )
    await stage.hear(routing.ComplaintRefused(complaint=refused))
    await send_replies(stage)
    (reply,) = simulator.replies(NUMBER)
    assert (reply.payload["kind"], reply.payload["refusal_reason"]) == ("NOT_ACCEPTED", "POLICE")
    assert "110" in reply.payload["reply"]


async def test_a_transfer_says_who_goes_on(stage: Stage) -> None:
    """T43."""
    simulator = await hotline_behind(stage)
    complaint_id = await imported(stage)
    await stage.hear(
        routing.CaseTransferred(
            case=case_of(complaint_id, state=CaseStatus.TRANSFERRED),
            receiver="市公安局",
            contact="0715-0000000",
        )
    )
    await send_replies(stage)
    (reply,) = simulator.replies(NUMBER)
    assert reply.payload["kind"] == "TRANSFERRED"
    assert "市公安局" in reply.payload["reply"]


async def test_a_withdrawal_is_told_once(stage: Stage) -> None:
    """T08: the caller has an account and withdraws there."""
    simulator = await hotline_behind(stage)
    complaint_id = await imported(stage, reporter_mobile=ANNA.mobile)
    async with stage.client(owner(ANNA)) as anna:
        gone = await anna.post(f"/complaints/{complaint_id}/withdrawal", headers=once(), json={})
    assert gone.status_code == 200, gone.text
    await send_replies(stage)
    await send_replies(stage)
    assert [each.payload["kind"] for each in simulator.replies(NUMBER)] == ["WITHDRAWN"]


async def test_a_withdrawal_is_owed_at_once_also_without_an_address(stage: Stage) -> None:
    """T08, X44: a hotline that only asks learns of it as well."""
    complaint_id = await imported(stage, reporter_mobile=ANNA.mobile)
    async with stage.client(owner(ANNA)) as anna:
        await anna.post(f"/complaints/{complaint_id}/withdrawal", headers=once(), json={})
    assert [each["kind"] for each in (await replies(stage))["replies"]] == ["WITHDRAWN"]


class Counting:
    """A wire that knows how many posts were on their way together."""

    def __init__(self) -> None:
        self.now = self.most = 0

    async def post(self, url: str, id: str, body: bytes) -> Answer:
        self.now += 1
        self.most = max(self.most, self.now)
        for _ in range(10):
            await asyncio.sleep(0)
        self.now -= 1
        return Answer(204)


async def test_a_slow_hotline_is_told_a_few_things_at_once(stage: Stage) -> None:
    """X44."""
    wire = Counting()
    for n in range(3):
        await imported(stage, order_number=f"XN12345-{n:04d}", reporter_mobile=ANNA.mobile)
    pool = await stage.host.runtime.database.pool()
    for row in await pool.fetch("SELECT id FROM complaint"):
        told = routing.RefusedComplaint(id=row["id"], version=1, reason="POLICE", hint="-")
        await stage.hear(routing.ComplaintRefused(complaint=told))
    sender = ReplySender(stage.host.runtime, cast("HotlineWire", wire), "http://hotline.test")
    assert await sender.pump() == 3
    assert wire.most == 3


async def test_nobody_elses_complaint_is_replied_to_the_hotline(stage: Stage) -> None:
    """B03: of a merged case, the hotline hears about its own order."""
    simulator = await hotline_behind(stage)
    async with stage.client(owner(ANNA)) as anna:
        own = UUID((await anna.post("/complaints", json=complaint(), headers=once())).json()["id"])
    await stage.hear(feedback(stage, handled(own)))
    assert await send_replies(stage) == 0
    theirs = await imported(stage)
    await stage.hear(feedback(stage, handled(own, theirs, id=new_id())))
    await send_replies(stage)
    assert [each.payload["order_number"] for each in simulator.replies(None)] == [NUMBER]


async def test_only_the_hotline_reads_replies(stage: Stage) -> None:
    """A signature covers neither method nor path: a captured one must not open this."""
    await imported(stage)
    address = f"/hotline/orders/{NUMBER}/reply"
    async with stage.client() as stranger:
        captured = sign(b"", id="msg_1", at=stage.clock.now(), keys=[KEY])
        signed = await stranger.get(address, headers=captured | {"liuduan-client": CLIENT})
    assert (signed.status_code, signed.json()["code"]) == (401, "TOKEN_MISSING")
    async with stage.client(owner(ANNA)) as anna, stage.client(hotline()) as adapter:
        refused = await anna.get(address)
        unknown = await adapter.get("/hotline/orders/XN12345-none/reply")
        mine = await adapter.get(address)
    assert (refused.status_code, refused.json()["code"]) == (403, "HOTLINE_ONLY")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "ORDER_UNKNOWN")
    assert (mine.status_code, mine.json()["replies"]) == (200, [])


WAITS = (timedelta(minutes=1), timedelta(minutes=30))


@given(attempts=st.integers(1, 500), status=st.none() | st.integers(100, 599))
def test_a_reply_is_tried_until_it_is_taken(attempts: int, status: int | None) -> None:
    """X44: any 2xx takes it, and nothing else ever gives up."""
    now = datetime(2026, 3, 2, 9, tzinfo=NINE.tzinfo)
    then = following(attempts, status, WAITS, now)
    taken = status is not None and 200 <= status < 300
    assert then.action is (ReplyAction.TAKE if taken else ReplyAction.TRY_AGAIN)
    assert taken or then.at == now + WAITS[0 if attempts == 1 else 1]


def test_a_taken_reply_is_never_sent_again() -> None:
    with pytest.raises(ReplyTaken):
        advance(ReplyStatus.TAKEN, ReplyAction.TRY_AGAIN)
