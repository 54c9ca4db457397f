"""The ledger, corrected by what WeChat itself tells (facts 2.12, wechat.md 4 and 6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from deploy.simulators.faults import Fault
from services.notify.messages.domain.catalogue import Template
from services.notify.messages.sending.sender import MessageSender
from shared.contracts.intake import ErasedOwner, OwnerErased
from shared.contracts.subscribing import Subscriber, SubscriptionChanged, SubscriptionReport
from shared.ids import new_id
from tests.notify.news import (
    MANAGER_NAME,
    MOBILE,
    OWNER_NAME,
    WORKER_NAME,
    dispatched,
    feedback,
    manager_known,
    owner_known,
    sealed,
    worker_known,
)
from tests.notify.news import _openid as openid_of
from tests.notify.sends import GRID_STAFF, pump, record_of, remaining, subscribe
from tests.notify.test_forgetting import FOR_SURVEY
from tests.notify.test_sending import SEND
from tests.notify.town import Town
from tests.samples import OWNER
from tests.stage import START, Stage

PROGRESS, TASK = "embedded-progress", "embedded-task"


def pushed(
    *answers: str, at: datetime = START, template: str = PROGRESS, **changes: Any
) -> SubscriptionChanged:
    """Of the owner, as intake tells it."""
    reports = [SubscriptionReport(template_id=template, answer=each, **changes) for each in answers]
    whose = Subscriber(id=new_id(), version=1, owner_id=OWNER, openid=None)
    return SubscriptionChanged(subscriber=whose, reports=tuple(reports), happened_at=at)


def of_staff(name: str, answers: Sequence[str] = ("ACCEPTED",)) -> SubscriptionChanged:
    """Intake does not know staff: the openid travels sealed."""
    push_id: UUID = new_id()
    whose = Subscriber(
        id=push_id, version=1, owner_id=None, openid=sealed(push_id, "openid", openid_of(name))
    )
    reports = tuple(SubscriptionReport(template_id=TASK, answer=each) for each in answers)
    return SubscriptionChanged(subscriber=whose, reports=reports, happened_at=START)


async def left(stage: Stage) -> int:
    return await remaining(stage, Template.PROGRESS)


async def causes(stage: Stage) -> list[tuple[str, int]]:
    async with stage.host.runtime.database.transaction() as session:
        rows = await session.execute(text("SELECT cause, change FROM wechat_consent ORDER BY id"))
        return [(row.cause, row.change) for row in rows]


async def test_an_acceptance_that_the_mini_program_lost_counts(stage: Stage, town: Town) -> None:
    await stage.hear(owner_known(), pushed("ACCEPTED"))
    assert await left(stage) == 1
    town.accept(OWNER_NAME, Template.PROGRESS)
    await stage.hear(dispatched())
    await pump(stage)
    assert len(town.wechat_to(OWNER_NAME)) == 1
    assert await left(stage) == 0


@pytest.mark.parametrize("order", [("app", "wechat"), ("wechat", "app")])
async def test_one_prompt_told_by_both_sides_counts_once(
    stage: Stage, town: Town, order: tuple[str, str]
) -> None:
    """One acceptance is one message, whoever tells first."""
    await stage.hear(owner_known())
    for side in order:
        if side == "app":
            await subscribe(stage, town, Template.PROGRESS)
        else:
            await stage.hear(pushed("ACCEPTED"))
    assert await left(stage) == 1


async def test_two_prompts_told_by_both_sides_count_twice(stage: Stage, town: Town) -> None:
    await stage.hear(owner_known(), pushed("ACCEPTED", "ACCEPTED"))
    await subscribe(stage, town, Template.PROGRESS, times=2)
    assert await left(stage) == 2
    await subscribe(stage, town, Template.PROGRESS)
    assert await left(stage) == 3, "and a third one that WeChat has not told of yet"


async def test_a_prompt_of_another_hour_is_another_prompt(stage: Stage, town: Town) -> None:
    await stage.hear(owner_known(), pushed("ACCEPTED"))
    stage.clock.advance(timedelta(hours=1))
    await subscribe(stage, town, Template.PROGRESS)
    assert await left(stage) == 2


async def test_a_refusal_is_kept_and_changes_nothing(stage: Stage, town: Town) -> None:
    await stage.hear(owner_known())
    await subscribe(stage, town, Template.PROGRESS)
    await stage.hear(pushed("DECLINED"))
    assert await left(stage) == 1
    assert await causes(stage) == [("ACCEPTED", 1), ("DECLINED", 0)]


@pytest.mark.parametrize("answer", ["SWITCHED_OFF", "BANNED"])
async def test_what_is_switched_off_or_banned_is_over(
    stage: Stage, town: Town, answer: str
) -> None:
    """The vendor is not even asked; the next channel takes over."""
    await stage.hear(owner_known())
    await subscribe(stage, town, Template.PROGRESS, times=3)
    await stage.hear(pushed(answer))
    assert await left(stage) == 0
    await stage.hear(dispatched())
    await pump(stage)
    assert (await record_of(stage, "N06")).attempts == [("WECHAT", "REFUSED", "NO_CONSENT")]


async def test_what_was_accepted_afterwards_is_good(stage: Stage, town: Town) -> None:
    """Words that come late: switched off at nine, accepted again at ten, told the other way."""
    await stage.hear(owner_known(), pushed("ACCEPTED", at=START - timedelta(hours=2)))
    await stage.hear(pushed("ACCEPTED", at=START))
    await stage.hear(pushed("SWITCHED_OFF", at=START - timedelta(hours=1)))
    assert await left(stage) == 1
    await stage.hear(pushed("ACCEPTED", at=START - timedelta(minutes=90)))
    assert await left(stage) == 1, "an acceptance from before it was switched off"


async def test_an_acceptance_from_before_a_43101_does_not_come_back(
    stage: Stage, town: Town
) -> None:
    await stage.hear(owner_known())
    await subscribe(stage, town, Template.PROGRESS, times=2)
    town.vendor.messages.unsubscribe(town.vendor.openid(OWNER_NAME), PROGRESS)
    await stage.hear(dispatched())
    stage.clock.advance(timedelta(minutes=20))
    await pump(stage)
    assert await left(stage) == 0
    await stage.hear(pushed("ACCEPTED", at=START - timedelta(minutes=15)))
    assert await left(stage) == 0


async def test_staff_are_found_by_a_keyed_hash(
    stage: Stage, town: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    """P25: and the openid stands in no table and no line of the log."""
    await stage.hear(worker_known(), manager_known())
    await stage.hear(of_staff(WORKER_NAME))
    async with stage.client(GRID_STAFF) as client:
        rows = (await client.get("/subscriptions")).json()
    assert {row["template"]: row["remaining"] for row in rows}["TASK"] == 1
    assert await stage.count("wechat_consent") == 1
    query = "SELECT string_agg(s::text || c::text, '') FROM staff_copy s, wechat_consent c"
    async with stage.host.runtime.database.transaction() as session:
        kept = (await session.execute(text(query))).scalar_one()
    output = capsys.readouterr()
    for name in (WORKER_NAME, MANAGER_NAME):
        assert openid_of(name) not in kept + output.out + output.err


async def test_copies_from_before_there_was_a_hash_are_found_too(stage: Stage) -> None:
    await stage.hear(worker_known())
    async with stage.host.runtime.database.transaction() as session:
        await session.execute(text("UPDATE staff_copy SET openid_index = NULL"))
    await stage.hear(of_staff(WORKER_NAME))
    assert await stage.count("wechat_consent") == 1


async def test_strangers_and_strange_templates_change_nothing(stage: Stage) -> None:
    gone = ErasedOwner(id=OWNER, version=9, erased_at=START)
    await stage.hear(of_staff("nobody"), pushed("ACCEPTED", template="of another time"))
    await stage.hear(owner_known(), OwnerErased(owner=gone, names=FOR_SURVEY))
    await stage.hear(pushed("ACCEPTED"))
    assert await stage.count("wechat_consent") == 0


async def test_an_arrival_is_noted_at_the_attempt(stage: Stage, town: Town) -> None:
    await stage.hear(owner_known())
    await subscribe(stage, town, Template.PROGRESS)
    await stage.hear(dispatched())
    await pump(stage)
    (sent,) = town.wechat_to(OWNER_NAME)
    await stage.hear(pushed("ARRIVED", reference=str(sent.msgid), code="0"))
    assert await stage.count("message_attempt", "receipt = 'DELIVERED'") == 1
    assert await left(stage) == 0
    await stage.hear(pushed("ARRIVED", reference="404", code="0"))
    assert await left(stage) == 0


async def test_an_arrival_tells_of_a_message_whose_answer_was_lost(
    stage: Stage, town: Town
) -> None:
    """It was sent after all: the acceptance is spent, and nothing is sent again."""
    await stage.hear(owner_known())
    await subscribe(stage, town, Template.PROGRESS, times=2)
    town.vendor.script.add(Fault(call=SEND, status=502, body="bad gateway", after_effect=True))
    await stage.hear(dispatched())
    await pump(stage)
    assert await left(stage) == 2
    (sent,) = town.wechat_to(OWNER_NAME)
    await stage.hear(pushed("ARRIVED", reference=str(sent.msgid), code="0"))
    await stage.hear(pushed("ARRIVED", reference=str(sent.msgid), code="0"))
    assert await left(stage) == 1
    assert await stage.count("message_attempt", "receipt = 'DELIVERED'") == 1


async def test_an_arrival_that_overtakes_our_own_record_comes_again(
    stage: Stage, town: Town
) -> None:
    await stage.hear(owner_known())
    await subscribe(stage, town, Template.PROGRESS)
    await stage.hear(dispatched())
    sender = stage.host.runtime.part(MessageSender)
    (parcel,) = [each for each in (await sender._claim()).parcels if each.channel == "WECHAT"]
    assert await sender._submit(parcel)
    early = await stage.hear_early(pushed("ARRIVED", reference="1", code="0"))
    assert early.body


async def test_what_did_not_arrive_is_noted(stage: Stage, town: Town) -> None:
    """The vendor took it: the acceptance is spent all the same."""
    await stage.hear(owner_known())
    await subscribe(stage, town, Template.PROGRESS, times=2)
    await stage.hear(dispatched())
    await pump(stage)
    (sent,) = town.wechat_to(OWNER_NAME)
    await stage.hear(pushed("NOT_ARRIVED", reference=str(sent.msgid), code="1000"))
    failed = "receipt = 'FAILED' AND receipt_code = '1000'"
    assert await stage.count("message_attempt", failed) == 1
    assert await left(stage) == 1


async def test_45009_closes_wechat_until_tomorrow(stage: Stage, town: Town) -> None:
    """Rule 11: text messages take over; nothing more is asked of the vendor that day. What has no
    other way waits for the morning."""
    await stage.hear(owner_known())
    await subscribe(stage, town, Template.PROGRESS)
    await subscribe(stage, town, Template.FEEDBACK)
    town.vendor.script.add(Fault(call=SEND, body='{"errcode": 45009, "errmsg": "quota"}'))
    await stage.hear(feedback())
    await pump(stage)
    assert len(town.sms_to(MOBILE)) == 1
    calls = town.vendor.script.calls[SEND]
    await stage.hear(dispatched())
    await pump(stage)
    assert town.vendor.script.calls[SEND] == calls
    stage.clock.move_to(START.replace(day=3, hour=7))
    await pump(stage)
    assert len(town.wechat_to(OWNER_NAME)) == 1
    assert (await record_of(stage, "N06")).attempts == [
        ("WECHAT", "POSTPONED", "45009"),
        ("WECHAT", "SENT", None),
    ]
