"""An owner left: the answer counts on, its words lose numbers and names (facts 2.13)."""

from __future__ import annotations

from sqlalchemy import text

from shared.contracts.intake import ErasedOwner, OwnerErased
from shared.identity import SYSTEM
from shared.messaging.outbox import envelop
from shared.privacy import Hiding
from tests.samples import OWNER, owner
from tests.stage import START, Stage
from tests.survey.calling import (
    NUMBER,
    called,
    number_told,
    silent_visit,
    tell_number,
    visit_to_call,
)
from tests.survey.test_visits import feedback, once, submitted, the_visit

NAME = "演示业主庚"
BAD = {
    "solved": "NO",
    "result_level": 1,
    "process_level": 1,
    "reason": f"没有解决，请{NAME}回电13900000006",
}


def erased(stage: Stage) -> OwnerErased:
    names = stage.host.runtime.sealer.seal(
        Hiding.of({NAME}).told(), audience="survey", subject=f"{OWNER}/names"
    )
    return OwnerErased(owner=ErasedOwner(id=OWNER, version=9, erased_at=START), names=names)


async def test_an_answer_stays_and_its_words_lose_number_and_name(stage: Stage) -> None:
    await stage.hear(submitted(), feedback())
    visit = await the_visit(stage)
    async with stage.client(owner(OWNER)) as client:
        answer = await client.post(f"/visits/{visit['id']}/answer", json=BAD, headers=once())
    assert answer.status_code < 300, answer.text
    await stage.hear(erased(stage))
    cipher = stage.host.runtime.cipher
    async with stage.host.runtime.database.transaction() as session:
        row = (await session.execute(text("SELECT id, state, reason FROM visit"))).one()
    words = cipher.decrypt(row.reason, table="visit", row_id=row.id, column="reason")
    assert words == "没有解决，请演**回电139****0006"
    assert row.state == "ANSWERED"
    assert await stage.count("idempotency_key") == 0


async def test_what_callers_noted_loses_number_and_name(stage: Stage) -> None:
    """Facts 2.13: the number is gone, the recording led to no more, the attempt counts on."""
    visit_id = await visit_to_call(stage)
    note = f"{NAME}说改天回13900000006"
    answer = await called(stage, visit_id, "NOT_REACHED", note=note, recording="录音 17")
    assert answer.status_code == 201, answer.text
    await stage.hear(erased(stage))
    assert await stage.count("visit_call", "number IS NULL AND known = 'NONE'") == 1
    async with stage.host.runtime.database.transaction() as session:
        row = (await session.execute(text("SELECT id, note, recording FROM call_attempt"))).one()
    cipher = stage.host.runtime.cipher
    words = cipher.decrypt(row.note, table="call_attempt", row_id=row.id, column="note")
    assert (words, row.recording) == ("演**说改天回139****0006", None)


async def test_a_number_told_after_the_erasure_is_not_kept(stage: Stage) -> None:
    """X37: intake told it before, and it comes after."""
    visit_id = await silent_visit(stage)
    await stage.hear(erased(stage))
    await tell_number(stage, visit_id, NUMBER)
    assert await stage.count("visit_call", "number IS NOT NULL") == 0


async def test_a_message_put_aside_loses_the_number(stage: Stage) -> None:
    """Facts 2.13: it may be replayed after the owner left."""
    visit_id = await silent_visit(stage)
    letter = envelop(number_told(stage, visit_id, NUMBER), actor=SYSTEM, at=START)
    put_aside = text(
        "INSERT INTO parked_message"
        " (id, event_id, handler, type, publisher, body, error, stack_hash, attempts)"
        " VALUES (:id, :id, 'x', :type, 'intake', :body, '', '', 5)"
    )
    row = {"id": letter.id, "type": letter.type, "body": letter.model_dump_json()}
    async with stage.host.runtime.database.transaction() as session:
        await session.execute(put_aside, row)
    await stage.hear(erased(stage))
    assert await stage.count("parked_message", """body LIKE '%"mobile"_null%'""") == 1
