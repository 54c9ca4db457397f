"""An owner left: the answer counts on, its words lose numbers and names (facts 2.13)."""

from __future__ import annotations

from sqlalchemy import text

from shared.contracts.intake import ErasedOwner, OwnerErased
from shared.privacy import Hiding
from tests.samples import OWNER, owner
from tests.stage import START, Stage
from tests.survey.test_visits import feedback, once, submitted, the_visit

NAME = "演示业主庚"
BAD = {
    "solved": "NO",
    "result_level": 1,
    "process_level": 1,
    "reason": f"没有解决，请{NAME}回电13900000006",
}


async def test_an_answer_stays_and_its_words_lose_number_and_name(stage: Stage) -> None:
    await stage.hear(submitted(), feedback())
    visit = await the_visit(stage)
    async with stage.client(owner(OWNER)) as client:
        answer = await client.post(f"/visits/{visit['id']}/answer", json=BAD, headers=once())
    assert answer.status_code < 300, answer.text
    names = stage.host.runtime.sealer.seal(
        Hiding.of({NAME}).told(), audience="survey", subject=f"{OWNER}/names"
    )
    gone = ErasedOwner(id=OWNER, version=9, erased_at=START)
    await stage.hear(OwnerErased(owner=gone, names=names))
    cipher = stage.host.runtime.cipher
    async with stage.host.runtime.database.transaction() as session:
        row = (await session.execute(text("SELECT id, state, reason FROM visit"))).one()
    words = cipher.decrypt(row.reason, table="visit", row_id=row.id, column="reason")
    assert words == "没有解决，请演**回电139****0006"
    assert row.state == "ANSWERED"
    assert await stage.count("idempotency_key") == 0
