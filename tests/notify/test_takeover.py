"""T8, P3, rule 11: senders die right after the provider has accepted, and nobody is told twice."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from collections import Counter
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
import uvicorn
from sqlalchemy import text

from deploy.embedded.processes import free_port
from deploy.simulators.faults import Fault
from services.notify.messages.domain.course import ASKING_DELAYS
from services.notify.messages.sending.claiming import LEASE, PATIENCE
from services.notify.messages.sending.receipts import ReceiptCollector
from services.notify.messages.sending.sender import MessageSender
from shared.sms import Fate
from tests.house.source import CHECKOUT
from tests.notify.news import MOBILE, feedback, owner_known
from tests.notify.sends import Record, pump, record_of
from tests.notify.town import Town
from tests.stage import START, Stage

DEATHS = 100
WITHIN = timedelta(seconds=60)


def sender_of(stage: Stage) -> MessageSender:
    return stage.host.runtime.part(MessageSender)


async def die_after_acceptance(stage: Stage) -> int:
    """What a process does until the provider has answered, and not one step more."""
    sender = sender_of(stage)
    parcels = [each for each in (await sender._claim()).parcels if each.channel == "SMS"]
    for parcel in parcels:
        assert await sender._submit(parcel)
        await sender._send(parcel)
    return len(parcels)


async def until_texts_are_due(stage: Stage) -> None:
    """Past WeChat, which nobody has accepted; the text message is next."""
    sender = sender_of(stage)
    batch = await sender._claim()
    for parcel in batch.parcels:
        await sender._bring([parcel])


async def unresolved(stage: Stage) -> int:
    return await stage.count("message", "state = 'WAITING'")


def test_a_takeover_comes_within_twenty_seconds() -> None:
    """The reference's 20 s: one answer, cut short, and the time to write it down."""
    assert timedelta(seconds=15) == PATIENCE < LEASE <= timedelta(seconds=20)
    assert LEASE + ASKING_DELAYS[0] <= WITHIN


async def test_a_hundred_senders_die_and_each_owner_has_one_text_message(
    stage: Stage, town: Town
) -> None:
    """Duplicates 0, and every one known to be sent within sixty seconds of the death."""
    owners = {uuid4(): f"139{number:08}" for number in range(DEATHS)}
    for person, mobile in owners.items():
        await stage.hear(owner_known(person, f"o-{person}", mobile))
    died: dict[str, datetime] = {}
    for person, mobile in owners.items():
        await stage.hear(feedback(owner_ids=(person,)))
        await until_texts_are_due(stage)
        assert await die_after_acceptance(stage) == 1
        died[mobile] = stage.clock.now()
        stage.clock.advance(LEASE + timedelta(seconds=1))
        await pump(stage)
        stage.clock.advance(ASKING_DELAYS[0])
        await pump(stage)
        assert await unresolved(stage) == 0
        assert stage.clock.now() - died[mobile] <= WITHIN
    texts = Counter(sent.phone for sent in town.provider.sent)
    assert texts == {f"+86{mobile}": 1 for mobile in owners.values()}
    assert await stage.count("message", "state = 'DELIVERED'") == DEATHS
    assert await stage.count("message_attempt", "reason = 'SENDER_DIED'") == DEATHS


async def test_a_batch_of_which_the_sender_died_is_taken_over_together(
    stage: Stage, town: Town
) -> None:
    """The first of ten was accepted; the other nine were never handed over and simply go out."""
    owners = tuple(uuid4() for _ in range(10))
    for number, person in enumerate(owners):
        await stage.hear(owner_known(person, f"o-{person}", f"139{number:08}"))
    await stage.hear(feedback(owner_ids=owners))
    await until_texts_are_due(stage)
    sender = sender_of(stage)
    parcels = (await sender._claim()).parcels
    assert len(parcels) == 10
    assert await sender._submit(parcels[0])
    await sender._send(parcels[0])
    stage.clock.advance(LEASE + timedelta(seconds=1))
    await pump(stage)
    assert len(town.provider.sent) == 10
    stage.clock.advance(ASKING_DELAYS[0])
    await pump(stage)
    assert set(Counter(sent.phone for sent in town.provider.sent).values()) == {1}
    assert await stage.count("message", "state = 'DELIVERED'") == 10


async def test_a_sender_that_was_only_slow_sends_nothing_after_the_takeover(
    stage: Stage, town: Town
) -> None:
    """T6: stopped for longer than its lease, it must not act on what others have taken over."""
    await stage.hear(owner_known(), feedback())
    await until_texts_are_due(stage)
    slow = await sender_of(stage)._claim()
    stage.clock.advance(LEASE + timedelta(seconds=1))
    await pump(stage)
    assert len(town.sms_to(MOBILE)) == 1
    await sender_of(stage)._bring(slow.parcels)
    assert len(town.sms_to(MOBILE)) == 1


async def test_a_sender_of_the_version_before_may_have_sent_it(stage: Stage, town: Town) -> None:
    """T30: old and new side by side; the old one notes nothing, and has ninety seconds."""
    await stage.hear(owner_known(), feedback())
    await until_texts_are_due(stage)
    (parcel,) = (await sender_of(stage)._claim()).parcels
    await sender_of(stage)._send(parcel)
    async with stage.host.runtime.database.transaction() as session:
        await session.execute(
            text("UPDATE message SET claimed_until = :until"),
            {"until": stage.clock.now() + timedelta(seconds=90)},
        )
    stage.clock.advance(timedelta(seconds=91))
    await pump(stage)
    stage.clock.advance(ASKING_DELAYS[0])
    await pump(stage)
    assert len(town.sms_to(MOBILE)) == 1
    assert await unresolved(stage) == 0


async def test_a_process_that_is_killed_leaves_one_text_message(stage: Stage, town: Town) -> None:
    """T8 in earnest: SIGKILL between the provider's answer and its record."""
    await stage.hear(owner_known(), feedback())
    port = free_port()
    config = uvicorn.Config(town.network.town, port=port, log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    try:
        assert await _killed(stage, f"http://127.0.0.1:{port}/simulators") == -signal.SIGKILL
    finally:
        server.should_exit = True
        await serving
    assert len(town.sms_to(MOBILE)) == 1
    assert await stage.count("message_attempt", "outcome = 'STARTED' AND channel = 'SMS'") == 1
    stage.clock.advance(LEASE + timedelta(seconds=1))
    await pump(stage)
    stage.clock.advance(ASKING_DELAYS[0])
    await pump(stage)
    assert len(town.sms_to(MOBILE)) == 1
    assert (await record_of(stage, "N11")) == Record(
        "DELIVERED",
        [
            ("WECHAT", "REFUSED", "NO_CONSENT"),
            ("SMS", "UNKNOWN", "SENDER_DIED"),
            ("SMS", "SENT", None),
        ],
    )


async def _killed(stage: Stage, simulators: str) -> int | None:
    environment = dict(stage.host.runtime.settings.environment) | {
        "LIUDUAN_WECHAT_URL": f"{simulators}/wechat",
        "LIUDUAN_SMS_URL": f"{simulators}/sms",
    }
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.notify.dying"),
        stdin=asyncio.subprocess.PIPE,
        cwd=CHECKOUT,
    )
    await child.communicate(json.dumps(environment).encode())
    return child.returncode


async def test_an_unanswered_text_is_asked_about_at_night_too(stage: Stage, town: Town) -> None:
    """A question wakes nobody: it need not wait for the morning."""
    stage.clock.move_to(START.replace(hour=21, minute=59, second=55))
    await stage.hear(owner_known())
    lost = Fault(call="SendSms", status=502, body="bad gateway", after_effect=True)
    town.provider.script.add(lost)
    await stage.hear(feedback())
    await pump(stage)
    stage.clock.advance(ASKING_DELAYS[0])
    await pump(stage)
    assert (await record_of(stage, "N11")).attempts[-1] == ("SMS", "SENT", None)
    assert len(town.sms_to(MOBILE)) == 1


@pytest.mark.parametrize("fate", [Fate.DELIVERED, Fate.FAILED])
async def test_receipts_are_kept_once(stage: Stage, town: Town, fate: Fate) -> None:
    """Rule 11, accepted → delivered: what the carrier reports stands at the attempt."""
    town.provider.fates[f"+86{MOBILE}"] = fate
    await stage.hear(owner_known(), feedback())
    await pump(stage)
    collector = stage.host.runtime.part(ReceiptCollector)
    assert [await collector.pump(), await collector.pump()] == [1, 0]
    assert await stage.count("message_attempt", f"receipt = '{fate}'") == 1
    state = "DELIVERED" if fate is Fate.DELIVERED else "EXHAUSTED"
    assert (await record_of(stage, "N11")).state == state, "N11 has no way after the text message"


async def test_a_receipt_ends_the_waiting_for_an_answer(stage: Stage, town: Town) -> None:
    await stage.hear(owner_known())
    lost = Fault(call="SendSms", status=502, body="bad gateway", after_effect=True)
    town.provider.script.add(lost)
    await stage.hear(feedback())
    await pump(stage)
    await stage.host.runtime.part(ReceiptCollector).pump()
    await pump(stage)
    assert (await record_of(stage, "N11")).attempts[-1] == ("SMS", "SENT", None)


async def test_receipts_of_others_are_passed_over(stage: Stage, town: Town) -> None:
    """Codes for signing in are sent by intake, through the same account."""
    await stage.hear(owner_known(), feedback())
    await pump(stage)
    (sent,) = town.provider.sent
    strange = [sent.model_copy(update={"session_context": each}) for each in ("", uuid4().hex)]
    town.provider.sent.extend(strange)
    assert await stage.host.runtime.part(ReceiptCollector).pump() == 1


async def test_a_channel_that_answers_too_late_has_not_answered(
    stage: Stage, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lease outlives every call: a call that lasts longer is given up as unknown."""
    monkeypatch.setattr(
        "services.notify.messages.sending.sender.PATIENCE", timedelta(milliseconds=200)
    )
    await stage.hear(owner_known())
    town.provider.script.add(Fault(call="SendSms", delay_seconds=30))
    await stage.hear(feedback())
    await pump(stage)
    assert (await record_of(stage, "N11")).attempts[-1] == ("SMS", "UNKNOWN", "NO_ANSWER")


async def test_what_was_submitted_is_written_down_first(stage: Stage, town: Town) -> None:
    seen: list[int] = []
    engine = stage.host.runtime.database

    async def look() -> None:
        async with engine.transaction() as session:
            query = "SELECT count(*) FROM message_attempt WHERE submitted_at IS NOT NULL"
            seen.append(int((await session.execute(text(query))).scalar_one()))

    await stage.hear(owner_known(), feedback())
    await until_texts_are_due(stage)
    sender = sender_of(stage)
    (parcel,) = (await sender._claim()).parcels
    await look()
    await sender._submit(parcel)
    await look()
    assert seen == [1, 2]
