"""N07: whom neither WeChat nor a text message reached is called, three times, then by the desk."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from services.notify.messages.domain.catalogue import Template
from services.notify.messages.sending.receipts import ReceiptCollector
from services.notify.phoning.domain.lifecycle import (
    WORKED_ON,
    CallOutcome,
    PhoneTaskDone,
    TaskState,
    advance,
)
from shared.contracts.intake import ErasedOwner, OwnerErased
from shared.identity import Actor, Scope
from shared.privacy import Sealed
from shared.sms import Fate
from tests.notify import news
from tests.notify.catalogue.cast import (
    COUNTY_CENTRE,
    DISPATCHER,
    ELSEWHERE,
    FIREMAN,
    LEADER,
    MANAGER_1,
    OWNER_1,
    WORKER_1,
    accept,
    gather,
    told,
)
from tests.notify.choosing import choose
from tests.notify.news import MOBILE
from tests.notify.sends import Record, pump
from tests.notify.test_rules import BOOK
from tests.notify.town import Town
from tests.samples import COMPANY, NEIGHBOUR, OWNER, a_case, owner
from tests.stage import START, Stage

SILENT = news.owner_known(mobile=None, version=2)
TWO = {"owner_ids": (OWNER, NEIGHBOUR)}
WORKER, DESK = WORKER_1.actor, DISPATCHER.actor
TRUE_WORKER = replace(WORKER, scope=Scope(grids=frozenset({"421202001001001"})))


async def invite(stage: Stage, **changes: Any) -> None:
    """Nobody has accepted WeChat messages, and the owner has no number."""
    await gather(stage)
    await stage.hear(SILENT)
    event = news.scheduled(respondent="OTHER")
    case = event.case.model_copy(update=changes)
    await stage.hear(event.model_copy(update={"case": case}))
    await pump(stage)
    await pump(stage)


async def tasks(stage: Stage, actor: Actor, **query: str) -> list[dict[str, Any]]:
    async with stage.client(actor) as client:
        answer = await client.get("/phone-tasks", params=query)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


async def call(
    stage: Stage, actor: Actor, task_id: str, outcome: str, key: str | None = None, **more: str
) -> tuple[int, Any]:
    async with stage.client(actor) as client:
        answer = await client.post(
            f"/phone-tasks/{task_id}/outcome",
            json={"outcome": outcome, **more},
            headers={"Idempotency-Key": key or str(uuid4())},
        )
    return answer.status_code, answer.json()


async def test_after_wechat_and_sms_the_grid_worker_is_asked(stage: Stage) -> None:
    """N07: each channel in order; the worker is told once what has to be said."""
    await invite(stage)
    assert await record_of_owner(stage) == Record(
        "DELIVERED",
        [
            ("WECHAT", "REFUSED", "NO_CONSENT"),
            ("SMS", "REFUSED", "NO_ADDRESS"),
            ("PHONE_TASK", "SENT", None),
        ],
    )
    (entry,) = await told(stage, WORKER_1, "N07")
    assert entry["title"] == "请电话告知当事人"
    for word in ("2026年3月4日 15:00", "演示社区调解室", "自愿、不收费"):
        assert word in entry["body"]
    (task,) = await tasks(stage, TRUE_WORKER)
    assert (task["state"], task["calls"], task["notification"]) == ("OPEN", 0, "N07")
    assert "2026年3月4日 15:00" in task["text"]


async def test_a_text_message_that_never_arrived_is_followed_by_a_call(
    stage: Stage, town: Town
) -> None:
    """Rule 11: the provider took it, and the carrier reports that the telephone did not."""
    town.provider.fates[f"+86{MOBILE}"] = Fate.FAILED
    await gather(stage)
    await stage.hear(news.scheduled(respondent="OTHER"))
    await pump(stage)
    assert await tasks(stage, WORKER) == []
    collector = stage.host.runtime.part(ReceiptCollector)
    assert [await collector.pump(), await collector.pump()] == [1, 0]
    await pump(stage)
    assert len(await tasks(stage, WORKER)) == 1
    assert len(town.sms_to(MOBILE)) == 1


async def test_the_worker_is_asked_by_wechat_too(stage: Stage, town: Town) -> None:
    """Inbox and message, as with every task (N04)."""
    await gather(stage)
    await accept(stage, town, WORKER_1, Template.TASK)
    await stage.hear(SILENT, news.scheduled(respondent="OTHER"))
    await pump(stage)
    await pump(stage)
    (sent,) = town.wechat_to(WORKER_1.name)
    assert (sent.data["phrase3"], sent.data["thing5"]) == ("电话告知", "请电话告知当事人")


async def test_the_worker_chooses_how_to_be_told(stage: Stage, town: Town) -> None:
    """N04: without WeChat it stands in the inbox, and the record says why."""
    await gather(stage)
    await choose(stage, WORKER, wechat=False)
    await accept(stage, town, WORKER_1, Template.TASK)
    await stage.hear(SILENT, news.scheduled(respondent="OTHER"))
    await pump(stage)
    await pump(stage)
    assert town.wechat_to(WORKER_1.name) == []
    (record,) = [each for each in await records(stage) if each["recipient_kind"] == "STAFF"]
    assert [(each["channel"], each["reason"]) for each in record["left_out"]] == [
        ("WECHAT", "REFUSED_BY_PREFERENCE")
    ]


async def test_the_record_says_that_somebody_calls(stage: Stage) -> None:
    """N07: that a task was opened is not that the party was told."""
    await invite(stage)
    (record,) = [each for each in await records(stage) if each["recipient_kind"] == "OWNER"]
    assert record["explanation"].startswith("微信和短信均未送达，已转电话任务")
    assert "PHONE_TASK" not in record["explanation"]


async def test_who_left_while_the_message_was_on_its_way_is_not_called(stage: Stage) -> None:
    """A sender that holds the message goes on with it; in the end there is nobody to call."""
    await gather(stage)
    await stage.hear(SILENT, news.scheduled(respondent="OTHER"))
    await held_until(stage, "now() + interval '99 years'")
    sealed = Sealed(audience="survey", ciphertext="1.k1.AAAA")
    await stage.hear(
        OwnerErased(owner=ErasedOwner(id=OWNER, version=9, erased_at=START), names=sealed)
    )
    await held_until(stage, "NULL")
    for _ in range(24):
        await pump(stage)
        stage.clock.advance(timedelta(hours=3))
    assert await stage.count("message_attempt", "channel = 'PHONE_TASK'") == 1
    assert await stage.count("phone_task") == 0
    assert await told(stage, WORKER_1, "N07") == []


async def test_who_was_reached_is_not_called(stage: Stage, town: Town) -> None:
    """N07: one channel is enough; staff are never called."""
    await gather(stage)
    await stage.hear(news.scheduled(respondent="COMPANY"))
    await pump(stage)
    assert len(town.sms_to(OWNER_1.mobile)) == len(town.sms_to(MANAGER_1.mobile)) == 1
    assert await tasks(stage, DESK) == []


async def test_the_night_is_not_for_calling(stage: Stage) -> None:
    """22:00 to 07:00: the task comes in the morning."""
    await gather(stage)
    stage.clock.move_to(START.replace(hour=23))
    await stage.hear(SILENT, news.scheduled(respondent="OTHER"))
    await pump(stage)
    assert await tasks(stage, DESK) == []
    stage.clock.move_to(START.replace(day=3, hour=7))
    await pump(stage)
    assert len(await tasks(stage, DESK)) == 1


async def test_two_parties_two_tasks_one_message(stage: Stage) -> None:
    """Invariant 9: the worker is told once of one event, the list has both."""
    await invite(stage, **TWO)
    await stage.hear(news.owner_known(NEIGHBOUR, "neighbour-1", None))
    stage.clock.move_to(START.replace(hour=20))
    await pump(stage)
    assert len(await tasks(stage, WORKER)) == 2
    assert len(await told(stage, WORKER_1, "N07")) == 1


async def test_reached_ends_the_task(stage: Stage) -> None:
    await invite(stage)
    (task,) = await tasks(stage, WORKER)
    key = str(uuid4())
    for _ in range(2):
        status, done = await call(stage, WORKER, task["id"], "REACHED", key)
        assert (status, done["state"], done["calls"]) == (201, "REACHED", 1)
    again = await call(stage, WORKER, task["id"], "REACHED")
    assert (again[0], again[1]["code"]) == (409, "PHONE_TASK_DONE")
    assert await tasks(stage, WORKER) == []
    assert [each["calls"] for each in await tasks(stage, WORKER, state="REACHED")] == [1]


async def test_after_three_calls_in_vain_the_desk_has_it(stage: Stage) -> None:
    """Three attempts, then the desk: it is told, and the grid calls no more."""
    await invite(stage)
    (task,) = await tasks(stage, WORKER)
    for state in ("OPEN", "OPEN", "AT_DESK"):
        assert await told(stage, DISPATCHER, "N07") == []
        status, now = await call(stage, WORKER, task["id"], "NOT_REACHED", note="无人接听")
        assert (status, now["state"]) == (201, state)
    (entry,) = await told(stage, DISPATCHER, "N07")
    assert entry["title"] == "电话未能告知当事人"
    refused = await call(stage, WORKER, task["id"], "REACHED")
    assert (refused[0], refused[1]["code"]) == (403, "PHONE_TASK_IS_THE_DESKS")
    status, done = await call(stage, DESK, task["id"], "NOT_REACHED")
    assert (status, done["state"], done["calls"]) == (201, "UNREACHED", 4)


async def test_a_wrong_number_goes_to_the_desk_at_once(stage: Stage) -> None:
    await invite(stage)
    (task,) = await tasks(stage, WORKER)
    assert (await call(stage, WORKER, task["id"], "NUMBER_WRONG"))[1]["state"] == "AT_DESK"
    assert len(await told(stage, DISPATCHER, "N07")) == 1
    assert (await call(stage, DESK, task["id"], "REACHED"))[1]["state"] == "REACHED"


async def test_the_number_is_masked_and_each_look_is_on_record(stage: Stage, town: Town) -> None:
    """The list shows `139****0001`; the whole number is asked for, and that is written down."""
    await gather(stage)
    await stage.hear(news.owner_known(mobile=None, version=2), news.scheduled(respondent="OTHER"))
    await pump(stage)
    (task,) = await tasks(stage, WORKER)
    assert task["masked_number"] is None
    path = f"/phone-tasks/{task['id']}/number"
    async with stage.client(WORKER) as client:
        nothing = await client.post(path)
        assert (nothing.status_code, nothing.json()["code"]) == (404, "NO_NUMBER_KNOWN")
        assert await looks(stage) == 0
        await stage.hear(news.owner_known(version=3))
        assert (await client.post(path)).json() == {"number": OWNER_1.mobile}
    (task,) = await tasks(stage, WORKER)
    assert task["masked_number"] == "139****0001"
    assert await looks(stage) == 1
    await call(stage, WORKER, task["id"], "REACHED")
    async with stage.client(WORKER) as client:
        assert (await client.post(path)).json()["code"] == "PHONE_TASK_DONE"
    assert OWNER_1.mobile not in await everything(stage)


async def test_what_a_caller_notes_is_encrypted_and_forgotten(stage: Stage) -> None:
    """An erased account is called no more, and what was noted about it goes."""
    await invite(stage)
    (task,) = await tasks(stage, WORKER)
    await call(stage, WORKER, task["id"], "NOT_REACHED", note="邻居说他在外地")
    assert "外地" not in await everything(stage)
    sealed = Sealed(audience="survey", ciphertext="1.k1.AAAA")
    erased = ErasedOwner(id=OWNER, version=9, erased_at=START)
    await stage.hear(OwnerErased(owner=erased, names=sealed))
    assert await stage.count("phone_call", "note IS NOT NULL") == 0
    assert await tasks(stage, WORKER) == []


@pytest.mark.parametrize(
    ("actor", "count"),
    [
        (WORKER, 1),
        (TRUE_WORKER, 1),
        (replace(TRUE_WORKER, scope=Scope(grids=frozenset({"421202001001002"}))), 0),
        (LEADER.actor, 1),
        (DESK, 1),
        (COUNTY_CENTRE.actor, 1),
        (ELSEWHERE.actor, 0),
        (replace(DESK, interests=frozenset({COMPANY})), 0),
    ],
    ids=["street", "grid", "other grid", "leader", "desk", "county", "elsewhere", "A13"],
)
async def test_who_sees_a_task(stage: Stage, actor: Actor, count: int) -> None:
    await invite(stage)
    (task,) = await tasks(stage, DESK)
    assert len(await tasks(stage, actor)) == count
    status, answer = await call(stage, actor, task["id"], "NOT_REACHED")
    assert status == (201 if count else 404), answer


@pytest.mark.parametrize("actor", [MANAGER_1.actor, FIREMAN.actor, owner()])
async def test_nobody_else_has_phone_tasks(stage: Stage, actor: Actor) -> None:
    async with stage.client(actor) as client:
        answer = await client.get("/phone-tasks")
    assert (answer.status_code, answer.json()["code"]) == (403, "PHONE_TASKS_FOR_CALLERS_ONLY")


async def test_of_a_confidential_case_the_centre_calls(stage: Stage) -> None:
    """X16: only the centre sees whose it is."""
    await invite(stage, confidential=True)
    assert await tasks(stage, WORKER) == await tasks(stage, LEADER.actor) == []
    (task,) = await tasks(stage, DESK)
    assert len(await told(stage, DISPATCHER, "N07")) == 1
    assert await told(stage, WORKER_1, "N07") == []
    assert (await call(stage, WORKER, task["id"], "REACHED"))[0] == 404


async def test_without_a_grid_worker_the_next_is_asked(stage: Stage) -> None:
    """Somebody is always there: leader, dispatcher, at last the street's centre as such."""
    await stage.hear(SILENT, DISPATCHER.known, LEADER.known)
    await stage.hear(news.scheduled(respondent="OTHER"))
    await pump(stage)
    assert len(await told(stage, LEADER, "N07")) == 1
    assert await told(stage, DISPATCHER, "N07") == []


async def test_the_list_turns_pages(stage: Stage) -> None:
    await invite(stage, **TWO)
    await stage.hear(news.owner_known(NEIGHBOUR, "neighbour-1", None))
    stage.clock.move_to(START.replace(hour=20))
    await pump(stage)
    async with stage.client(DESK) as client:
        first = (await client.get("/phone-tasks", params={"limit": 1})).json()
        rest = await client.get("/phone-tasks", params={"limit": 1, "cursor": first["next"]})
    assert first["items"][0]["id"] != rest.json()["items"][0]["id"]
    assert rest.json()["next"] is None


@given(st.lists(st.sampled_from(list(CallOutcome)), max_size=8))
def test_every_row_of_calls_ends_by_the_table(outcomes: list[CallOutcome]) -> None:
    """At most three calls by the grid and one by the desk, and an end is an end."""
    state, most = TaskState.OPEN, BOOK.notices.phone_tasks.calls_at_most
    for calls, outcome in enumerate(outcomes, start=1):
        if state not in WORKED_ON:
            with pytest.raises(PhoneTaskDone):
                advance(state, outcome, calls, most)
            continue
        state = advance(state, outcome, calls, most)
        assert calls <= most or state not in {TaskState.OPEN}
    if len(outcomes) > most:
        assert state not in WORKED_ON


async def held_until(stage: Stage, moment: str) -> None:
    async with stage.host.runtime.database.transaction() as session:
        mine = f"recipient_id = '{OWNER}' AND notification = 'N07'"
        await session.execute(text(f"UPDATE message SET claimed_until = {moment} WHERE {mine}"))


async def records(stage: Stage) -> list[dict[str, Any]]:
    """What the desk sees of N07: the party's message, and that of whoever calls."""
    async with stage.client(DESK) as client:
        query = {"case_id": str(a_case().id)}
        items = (await client.get("/messages", params=query)).json()["items"]
    return [each for each in items if each["notification"] == "N07"]


async def record_of_owner(stage: Stage) -> Record:
    """The worker has a message of N07 too, so the owner's is picked out."""
    (message,) = [each for each in await records(stage) if each["recipient_kind"] == "OWNER"]
    attempts = [(each["channel"], each["outcome"], each["reason"]) for each in message["attempts"]]
    return Record(message["state"], attempts)


async def looks(stage: Stage) -> int:
    return await stage.count("audit_entry", "action = 'phone_task.number_revealed'")


async def everything(stage: Stage) -> str:
    """All that is stored of messages, tasks and calls, and what the audit knows."""
    query = text("""
        SELECT coalesce(string_agg(row, ''), '') FROM (
               SELECT m::text AS row FROM message m UNION ALL SELECT t::text FROM phone_task t
               UNION ALL SELECT c::text FROM phone_call c
               UNION ALL SELECT a::text FROM audit_entry a) AS rows
    """)
    async with stage.host.runtime.database.transaction() as session:
        return str((await session.execute(query)).scalar_one())
