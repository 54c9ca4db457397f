"""How messages reach people: WeChat by consent, SMS where listed, the inbox in any case."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from deploy.simulators.faults import Fault
from services.notify.messages.domain.catalogue import Template
from services.notify.messages.domain.course import RETRY_DELAYS
from services.notify.messages.sending.sender import MessageSender
from tests.notify.news import (
    MANAGER_NAME,
    MOBILE,
    OWNER_NAME,
    WORKER_NAME,
    accepted,
    dispatched,
    feedback,
    guided,
    manager_known,
    owner_known,
    submitted,
    worker_known,
)
from tests.notify.sends import GRID_STAFF, Record, pump, record_of, remaining, subscribe
from tests.notify.town import Town
from tests.samples import OWNER, owner
from tests.stage import Stage
from tests.waiting import until

EVERYTHING = """
    SELECT string_agg(m::text, '') || string_agg(a::text, '') FROM message m, message_attempt a
"""
SEND = "/cgi-bin/message/subscribe/send"


async def test_an_accepted_message_arrives_once(stage: Stage, town: Town) -> None:
    """N06, invariant 9: one acceptance, one message, and pumping again sends nothing more."""
    await stage.hear(owner_known(), worker_known(), manager_known())
    await subscribe(stage, town, Template.PROGRESS)
    await stage.hear(dispatched())
    await pump(stage)
    assert await pump(stage) == 0
    (sent,) = town.wechat_to(OWNER_NAME)
    assert sent.data["character_string1"] == "XN421202-20260302-00017"
    assert (sent.data["phrase3"], sent.data["time4"]) == ("已派单", "2026年3月2日 09:00")
    assert await remaining(stage, Template.PROGRESS) == 0
    assert await record_of(stage, "N06") == Record("DELIVERED", [("WECHAT", "SENT", None)])


async def test_without_acceptance_the_vendor_is_not_asked(stage: Stage, town: Town) -> None:
    """Facts 2.12: our own count says no; the message stands in the inbox."""
    await stage.hear(owner_known(), dispatched())
    await pump(stage)
    assert town.wechat_to(OWNER_NAME) == []
    assert await record_of(stage, "N06") == Record(
        "EXHAUSTED", [("WECHAT", "REFUSED", "NO_CONSENT")]
    )
    async with stage.client(owner()) as client:
        assert [e["notification"] for e in (await client.get("/inbox")).json()["items"]] == ["N06"]


async def test_43101_empties_the_account_and_falls_back(stage: Stage, town: Town) -> None:
    """N01: the owner switched it off in WeChat; the vendor decides, the inbox takes over."""
    await stage.hear(owner_known())
    await subscribe(stage, town, Template.PROGRESS, times=3)
    town.vendor.messages.unsubscribe(town.vendor.openid(OWNER_NAME), "embedded-progress")
    await stage.hear(dispatched(), accepted())
    await pump(stage)
    assert town.wechat_to(OWNER_NAME) == []
    assert await remaining(stage, Template.PROGRESS) == 0
    told = await record_of(stage, "N01")
    assert told.state == "DELIVERED"
    assert told.attempts[-1] == ("INBOX", "SENT", None)
    assert await stage.count("message_attempt", "reason = '43101'") >= 1


async def test_43101_falls_back_to_a_text_message_where_listed(stage: Stage, town: Town) -> None:
    """N11: message, then SMS."""
    await stage.hear(owner_known())
    await subscribe(stage, town, Template.FEEDBACK)
    town.vendor.messages.unsubscribe(town.vendor.openid(OWNER_NAME), "embedded-feedback")
    await stage.hear(feedback())
    await pump(stage)
    (sms,) = town.sms_to(MOBILE)
    assert sms.params == ["XN421202-20260302-00017", "已反馈"]
    assert await record_of(stage, "N11") == Record(
        "DELIVERED", [("WECHAT", "REFUSED", "43101"), ("SMS", "SENT", None)]
    )


async def test_somebody_without_number_is_not_texted(stage: Stage, town: Town) -> None:
    await stage.hear(owner_known(mobile=None), feedback())
    await pump(stage)
    assert (await record_of(stage, "N11")).attempts[-1] == ("SMS", "REFUSED", "NO_ADDRESS")
    assert town.provider.sent == []


async def test_the_statutory_notice_reaches_both_parties(stage: Stage, town: Town) -> None:
    """N10: the owner by SMS; the site office, which has no number here, in the inbox."""
    await stage.hear(owner_known(), manager_known(), guided())
    await pump(stage)
    assert len(town.sms_to(MOBILE)) == 1
    assert await stage.count("message", "notification = 'N10' AND state = 'EXHAUSTED'") == 1


async def test_inbox_first_is_followed_by_a_message(stage: Stage, town: Town) -> None:
    """N04: inbox and message, not one or the other."""
    await stage.hear(worker_known())
    town.accept(WORKER_NAME, Template.TASK)
    async with stage.client(GRID_STAFF) as client:
        await client.post(
            "/subscriptions",
            json={"template": "TASK", "accepted": True},
            headers={"Idempotency-Key": str(uuid4())},
        )
    await stage.hear(dispatched())
    await pump(stage)
    assert len(town.wechat_to(WORKER_NAME)) == 1
    assert town.wechat_to(MANAGER_NAME) == []
    assert await record_of(stage, "N04") == Record(
        "DELIVERED", [("INBOX", "SENT", None), ("WECHAT", "SENT", None)]
    )


async def test_a_vendor_that_is_busy_is_tried_again_later(stage: Stage, town: Town) -> None:
    """Nothing blocks, nothing is lost: the list of delays is walked by the clock."""
    await stage.hear(owner_known())
    await subscribe(stage, town, Template.PROGRESS)
    busy = Fault(call=SEND, times=1, body='{"errcode": 45011, "errmsg": "too often"}')
    town.vendor.script.add(busy)
    await stage.hear(dispatched())
    await pump(stage)
    assert await pump(stage) == 0, "not before the delay is over"
    stage.clock.advance(RETRY_DELAYS[0] - timedelta(seconds=1))
    assert await pump(stage) == 0
    stage.clock.advance(timedelta(seconds=1))
    await pump(stage)
    assert len(town.wechat_to(OWNER_NAME)) == 1
    assert (await record_of(stage, "N06")).attempts == [
        ("WECHAT", "POSTPONED", "45011"),
        ("WECHAT", "SENT", None),
    ]


async def test_a_vendor_that_stays_away_gives_way_to_the_next(stage: Stage, town: Town) -> None:
    await stage.hear(owner_known())
    await subscribe(stage, town, Template.FEEDBACK)
    down = Fault(call=SEND, times=99, body='{"errcode": 45011, "errmsg": "too often"}')
    town.vendor.script.add(down)
    await stage.hear(feedback())
    await pump(stage)
    for delay in RETRY_DELAYS:
        stage.clock.advance(delay)
        await pump(stage)
    told = await record_of(stage, "N11")
    assert [outcome for _, outcome, _ in told.attempts] == ["POSTPONED"] * 5 + ["SENT"]
    assert len(town.sms_to(MOBILE)) == 1


async def test_what_may_have_been_sent_is_not_sent_again(stage: Stage, town: Town) -> None:
    """P3, invariant 9: the answer was lost; WeChat cannot be asked, so it is not repeated."""
    await stage.hear(owner_known())
    await subscribe(stage, town, Template.PROGRESS)
    lost = Fault(call=SEND, status=502, body="bad gateway", after_effect=True)
    town.vendor.script.add(lost)
    await stage.hear(dispatched())
    await pump(stage)
    stage.clock.advance(timedelta(days=1))
    await pump(stage)
    assert len(town.wechat_to(OWNER_NAME)) == 1
    assert await record_of(stage, "N06") == Record(
        "EXHAUSTED", [("WECHAT", "UNKNOWN", "NO_ANSWER")]
    )


async def test_a_text_message_of_unknown_fate_is_asked_about(stage: Stage, town: Town) -> None:
    """P3: the provider is queried by our own id before anything else; one text message in all."""
    await stage.hear(owner_known())
    lost = Fault(call="SendSms", status=502, body="bad gateway", after_effect=True)
    town.provider.script.add(lost)
    await stage.hear(feedback())
    await pump(stage)
    stage.clock.advance(RETRY_DELAYS[0])
    await pump(stage)
    assert len(town.sms_to(MOBILE)) == 1
    assert (await record_of(stage, "N11")).attempts[1:] == [
        ("SMS", "UNKNOWN", "NO_ANSWER"),
        ("SMS", "SENT", None),
    ]


async def test_a_sender_that_died_leaves_nothing_behind(stage: Stage, town: Town) -> None:
    """P5, T6: it had called nobody, so the message is due again once the lease is over, in 20 s."""
    await stage.hear(owner_known(), feedback())
    (parcel,) = (await stage.host.runtime.part(MessageSender)._claim()).parcels
    assert parcel.channel == "WECHAT"
    assert await pump(stage) == 0, "claimed by the one that died"
    stage.clock.advance(timedelta(seconds=21))
    await pump(stage)
    assert (await record_of(stage, "N11")).attempts == [
        ("WECHAT", "POSTPONED", "SENDER_DIED"),
        ("WECHAT", "REFUSED", "NO_CONSENT"),
        ("SMS", "SENT", None),
    ]
    assert len(town.sms_to(MOBILE)) == 1


async def test_messages_to_a_stranger_wait_for_the_copy(stage: Stage, town: Town) -> None:
    """X37: the event overtook the one that says who the owner is."""
    await subscribe(stage, town, Template.PROGRESS)
    await stage.hear(dispatched())
    await pump(stage)
    assert (await record_of(stage, "N06")).attempts == [
        ("WECHAT", "POSTPONED", "RECIPIENT_UNKNOWN")
    ]
    await stage.hear(owner_known())
    stage.clock.advance(RETRY_DELAYS[0])
    await pump(stage)
    assert len(town.wechat_to(OWNER_NAME)) == 1


async def test_contacts_lie_encrypted_and_are_told_to_nobody(
    stage: Stage, town: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    """P23, P25: neither openid nor number in any table or log line."""
    await stage.hear(owner_known())
    await subscribe(stage, town, Template.FEEDBACK)
    town.vendor.messages.unsubscribe(town.vendor.openid(OWNER_NAME), "embedded-feedback")
    await stage.hear(submitted(), feedback())
    await pump(stage)
    openid = town.vendor.openid(OWNER_NAME)
    assert len(town.sms_to(MOBILE)) == 1
    async with stage.host.runtime.database.transaction() as session:
        row = (await session.execute(text("SELECT * FROM owner_copy"))).one()
        tables = (await session.execute(text(EVERYTHING))).scalar_one()
    opened = stage.host.runtime.cipher.decrypt(
        row.openid, table="owner_copy", row_id=OWNER, column="openid"
    )
    assert opened == openid
    output = capsys.readouterr()
    for secret in (openid, MOBILE):
        assert secret not in str(row)
        assert secret not in tables
        assert secret not in output.out + output.err


async def test_many_messages_go_out_each_once(stage: Stage, town: Town) -> None:
    """Invariant 9 across batches: a hundred and twenty owners, one event each way."""
    owners = tuple(sorted(uuid4() for _ in range(120)))
    await stage.hear(*(owner_known(person, f"many-{person}", mobile=None) for person in owners))
    await stage.hear(feedback(owner_ids=owners))
    await pump(stage)
    assert await stage.count("message", "state = 'EXHAUSTED'") == 120
    assert await stage.count("message_attempt") == 240
    async with stage.host.runtime.database.transaction() as session:
        rows = await session.execute(text("SELECT message_id, channel FROM message_attempt"))
        assert set(Counter(tuple(row) for row in rows).values()) == {1}


async def test_no_transaction_is_open_during_a_call(stage: Stage, town: Town) -> None:
    """House rule 14: the provider's slowness is not the database's."""
    open_connections: list[int] = []
    pool: Any = stage.host.runtime.database.engine.pool
    town.network.watch = lambda: open_connections.append(pool.checkedout())
    await stage.hear(owner_known())
    await subscribe(stage, town, Template.FEEDBACK)
    town.vendor.messages.unsubscribe(town.vendor.openid(OWNER_NAME), "embedded-feedback")
    await stage.hear(feedback())
    await pump(stage)
    assert len(town.sms_to(MOBILE)) == 1
    assert set(open_connections) == {0}


async def test_the_worker_sends_by_itself(stage: Stage, town: Town) -> None:
    """Woken by the bell of the transaction that wrote the message, nobody pumps."""
    await stage.hear(owner_known())
    stage.host.start_worker()
    await stage.hear(feedback())

    async def texted() -> bool:
        return len(town.sms_to(MOBILE)) == 1

    await until(texted)
