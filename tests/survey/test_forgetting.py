"""An owner left: the answer counts on, its words lose their numbers (facts 2.13)."""

from __future__ import annotations

from sqlalchemy import text

from shared.contracts.intake import ErasedOwner, OwnerErased
from tests.samples import OWNER, owner
from tests.stage import START, Stage
from tests.survey.test_visits import feedback, once, submitted, the_visit

BAD = {
    "solved": "NO",
    "result_level": 1,
    "process_level": 1,
    "reason": "没有解决，请回电13900000006",
}


async def test_an_answer_stays_and_its_words_lose_the_number(stage: Stage) -> None:
    await stage.hear(submitted(), feedback())
    visit = await the_visit(stage)
    async with stage.client(owner(OWNER)) as client:
        answer = await client.post(f"/visits/{visit['id']}/answer", json=BAD, headers=once())
    assert answer.status_code < 300, answer.text
    await stage.hear(OwnerErased(owner=ErasedOwner(id=OWNER, version=9, erased_at=START)))
    cipher = stage.host.runtime.cipher
    async with stage.host.runtime.database.transaction() as session:
        row = (await session.execute(text("SELECT id, state, reason FROM visit"))).one()
    words = cipher.decrypt(row.reason, table="visit", row_id=row.id, column="reason")
    assert words == "没有解决，请回电139****0006"
    assert row.state == "ANSWERED"
    assert await stage.count("idempotency_key") == 0
