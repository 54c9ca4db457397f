"""Text messages cost money, and a day has only so much of it (P29)."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from prometheus_client import REGISTRY
from sqlalchemy import text

from deploy.simulators.faults import Fault
from services.notify.changes.reading import BELL
from services.notify.composition import compose
from services.notify.messages.domain.course import ASKING_DELAYS, RETRY_DELAYS
from services.notify.messages.sending.sender import MessageSender
from shared.identity import End, Role
from shared.rulebook import Rulebook
from tests.notify.news import MOBILE, feedback, grouped, owner_known, sealed, staff_known
from tests.notify.sends import GRID_STAFF, pump, record_of
from tests.notify.town import Town
from tests.samples import CASE, COMMUNITY, named, staff
from tests.stage import START, Stage

DAY = "2026-03-02"
KEEPER = named("administrator")
PRICE, DAILY, RESERVE = 5, 20000, 5000
AFFORDABLE = 10


@pytest.fixture
async def poor(stage: Stage) -> Stage:
    """All but the price of ten text messages is spent, and nobody was told so."""
    keeper = staff_known(KEEPER, "keeper", COMMUNITY, end="CENTRE", roles=("ADMINISTRATOR",))
    await stage.hear(keeper)
    await spend(stage, DAILY - AFFORDABLE * PRICE)
    return stage


async def spend(stage: Stage, fen: int) -> None:
    async with stage.host.runtime.database.transaction() as session:
        await session.execute(
            text(
                "INSERT INTO text_budget VALUES (:id, :fen, 100)"
                " ON CONFLICT (id) DO UPDATE SET spent = :fen"
            ),
            {"id": budget(stage), "fen": fen},
        )


def budget(stage: Stage) -> str:
    book: Rulebook = stage.host.runtime.rulebooks.in_force_at(START)
    rule = book.notices.texting
    assert (rule.segment_fen, rule.daily_fen, rule.urgent_reserve_fen) == (PRICE, DAILY, RESERVE)
    return f"{book.header.city_code}/{DAY}"


async def spent(stage: Stage) -> int:
    async with stage.host.runtime.database.transaction() as session:
        query = text("SELECT spent FROM text_budget WHERE id = :id")
        return int((await session.execute(query, {"id": budget(stage)})).scalar_one())


async def owners(stage: Stage, count: int) -> tuple[Any, ...]:
    people = tuple(uuid4() for _ in range(count))
    for number, person in enumerate(people):
        await stage.hear(owner_known(person, f"o-{person}", f"139{number:08}"))
    return people


async def test_not_one_text_message_is_sent_beyond_the_budget(poor: Stage, town: Town) -> None:
    """P29: ten of thirty; the others stand in the inbox with the reason."""
    await poor.hear(feedback(owner_ids=await owners(poor, 30)))
    await pump(poor)
    assert len(town.provider.sent) == AFFORDABLE
    assert await poor.count("message_attempt", "reason = 'BUDGET_SPENT'") == 20
    assert await poor.count("message", "state = 'EXHAUSTED'") == 20
    assert await spent(poor) == DAILY
    assert REGISTRY.get_sample_value("liuduan_text_budget_percent") == 100


async def test_two_senders_share_one_purse(poor: Stage, town: Town) -> None:
    """The row is taken from in one statement: at no moment do both have the last of it."""
    await poor.hear(feedback(owner_ids=await owners(poor, 60)))
    runtime = poor.host.runtime
    senders = [runtime.part(MessageSender)]
    for _ in range(2):
        await compose(runtime, town.network)
        senders.append(runtime.part(MessageSender))
    await asyncio.gather(*(sender.pump() for sender in senders))
    await asyncio.gather(*(sender.pump() for sender in senders))
    assert len(town.provider.sent) == AFFORDABLE
    assert await spent(poor) == DAILY


async def test_what_is_urgent_has_a_reserve(poor: Stage, town: Town) -> None:
    """N18 goes out when nothing else does; when the reserve is spent it does not either."""
    leader = {"roles": ("GRID_LEADER",), "grid_codes": ("421202001001001",)}
    mobile = "13900000077"
    boss = named("leader")
    await poor.hear(
        staff_known(boss, "boss", COMMUNITY, mobile=sealed(boss, "mobile", mobile), **leader)
    )
    await spend(poor, DAILY)
    await poor.hear(owner_known(), feedback(), grouped())
    await pump(poor)
    assert town.sms_to(MOBILE) == []
    assert len(town.sms_to(mobile)) == 1
    await spend(poor, DAILY + RESERVE)
    await poor.hear(grouped(id=uuid4()))
    await pump(poor)
    assert len(town.sms_to(mobile)) == 1


async def test_a_new_day_has_its_own_money(poor: Stage, town: Town) -> None:
    await spend(poor, DAILY)
    poor.clock.move_to(START.replace(day=3))
    await poor.hear(owner_known(), feedback())
    await pump(poor)
    assert len(town.sms_to(MOBILE)) == 1


@pytest.mark.parametrize(
    ("already", "shares"), [(15995, [80]), (15990, [80]), (19995, [100]), (20000, [100])]
)
async def test_the_administrators_hear_of_it_once(
    stage: Stage, town: Town, already: int, shares: list[int]
) -> None:
    """At 80 and at 100 percent, one message in the inbox, however many more are written."""
    keeper = staff_known(KEEPER, "keeper", COMMUNITY, end="CENTRE", roles=("ADMINISTRATOR",))
    await stage.hear(keeper)
    async with stage.host.runtime.database.transaction() as session:
        row = {"id": budget(stage), "fen": already}
        await session.execute(text("INSERT INTO text_budget VALUES (:id, :fen, 0)"), row)
    await stage.hear(feedback(owner_ids=await owners(stage, 3)))
    await pump(stage)
    actor = staff(KEEPER, End.CENTRE, Role.ADMINISTRATOR, COMMUNITY)
    async with stage.client(actor) as client:
        items = (await client.get("/inbox")).json()["items"]
    said = {80: "今日短信预算已用80%。", 100: "今日短信预算已用完。"}
    assert [item["notification"] for item in items] == ["BUDGET"] * len(shares)
    for item, share in zip(items, shares, strict=True):
        assert item["body"].startswith(said[share])


async def test_their_windows_are_woken(stage: Stage, town: Town) -> None:
    """The note is written while messages are sent, and shows at once all the same."""
    keeper = staff_known(KEEPER, "keeper", COMMUNITY, end="CENTRE", roles=("ADMINISTRATOR",))
    await stage.hear(keeper, owner_known())
    await spend(stage, DAILY)
    async with stage.host.runtime.database.transaction() as session:
        await session.execute(text("UPDATE text_budget SET warned = 0"))
    rung = asyncio.Event()
    connection = await stage.host.runtime.database.listen(BELL, rung.set)
    try:
        await stage.hear(feedback())
        await asyncio.wait_for(rung.wait(), 5)
        rung.clear()
        await pump(stage)
        await asyncio.wait_for(rung.wait(), 5)
    finally:
        await connection.close()
    assert await stage.count("message", "notification = 'BUDGET'") == 1


async def test_every_attempt_says_what_it_cost(stage: Stage, town: Town) -> None:
    """One message of 70 characters or fewer; 5 分."""
    await stage.hear(owner_known(), feedback())
    await pump(stage)
    async with stage.client(GRID_STAFF) as client:
        answer = await client.get("/messages", params={"case_id": str(CASE)})
    (record,) = [each for each in answer.json()["items"] if each["notification"] == "N11"]
    wechat, sms = record["attempts"]
    assert (wechat["segments"], wechat["cost_fen"]) == (None, None)
    assert (sms["segments"], sms["cost_fen"], record["cost_fen"]) == (1, PRICE, PRICE)
    assert await spent(stage) == PRICE


async def test_the_provider_knows_best_what_it_bills(stage: Stage, town: Town) -> None:
    town.provider.segments = 3
    await stage.hear(owner_known(), feedback())
    await pump(stage)
    assert await spent(stage) == 3 * PRICE
    assert await stage.count("message_attempt", "segments = 3 AND cost_fen = 15") == 1


async def test_what_was_not_sent_costs_nothing(stage: Stage, town: Town) -> None:
    """Refused or put off: given back; unknown: kept until the provider has been asked."""
    refusal = '{"Response": {"Error": {"Code": "LimitExceeded.PhoneNumberDailyLimit"}}}'
    town.provider.script.add(Fault(call="SendSms", body=refusal))
    await stage.hear(owner_known(), feedback())
    await pump(stage)
    assert await spent(stage) == 0
    lost = Fault(call="SendSms", status=502, body="bad gateway", after_effect=True)
    town.provider.script.add(lost)
    stage.clock.advance(RETRY_DELAYS[0])
    await pump(stage)
    assert await spent(stage) == PRICE
    stage.clock.advance(ASKING_DELAYS[0] + timedelta(minutes=5))
    await pump(stage)
    assert (await record_of(stage, "N11")).state == "DELIVERED"
    assert (await spent(stage), len(town.sms_to(MOBILE))) == (PRICE, 1), "asking costs nothing"


async def test_nothing_is_paid_where_nobody_can_be_written_to(stage: Stage, town: Town) -> None:
    await stage.hear(owner_known(mobile=None), feedback())
    await pump(stage)
    assert await stage.count("text_budget") == 0
