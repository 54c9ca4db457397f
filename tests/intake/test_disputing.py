"""T33: within fifteen days of the closing the reporter says that the problem is back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text

from shared.contracts import routing
from shared.contracts.intake import ComplaintDisputed
from shared.contracts.narrative import Objection
from shared.contracts.vocabulary import CaseStatus
from shared.ids import new_id
from shared.rulebook import ClockKind
from tests.intake.people import ANNA, BORIS, once, owner
from tests.intake.test_following import case_of, filed, shown
from tests.samples import a_clock
from tests.stage import Stage

AGAIN = {"reason": "修好三天后灯又坏了，已拍照"}
WINDOW = 15 * 24


async def closed(stage: Stage, **changes: Any) -> UUID:
    """A complaint that was answered as solved, and whose case is closed."""
    complaint_id = await filed(stage, **changes)
    at = stage.clock.now()
    case = case_of(complaint_id, version=8, state=CaseStatus.FEEDBACK, feedback_at=at)
    await stage.hear(routing.CaseProgressed(case=case, note=None))
    async with stage.client(owner(ANNA)) as anna:
        path = f"/complaints/{complaint_id}/confirmation"
        await anna.post(path, json={"solved": "YES", "level": 5}, headers=once())
    window = a_clock(ClockKind.REOPEN_WINDOW, hours=WINDOW)
    facts = {"version": 9, "state": CaseStatus.CLOSED, "closed_at": at, "clocks": (window,)}
    await stage.hear(routing.CaseClosed(case=case.model_copy(update=facts)))
    return complaint_id


async def dispute(
    stage: Stage, complaint_id: UUID, person: Any = ANNA, **changes: Any
) -> tuple[int, Any]:
    async with stage.client(owner(person)) as client:
        path = f"/complaints/{complaint_id}/dispute"
        answer = await client.post(path, json=AGAIN | changes, headers=once())
    return answer.status_code, answer.json()


async def upload(stage: Stage, person: Any) -> UUID:
    """A file that has arrived whole and belongs to nothing yet."""
    file_id = new_id()
    row = {"id": file_id, "by": person.id, "at": stage.clock.now()}
    async with stage.host.runtime.database.transaction() as session:
        await session.execute(
            text("""
                INSERT INTO attachment (id, uploaded_by, state, kind, declared_size, media_type,
                                        size, key, started_at)
                VALUES (:id, :by, 'READY', 'IMAGE', 10, 'image/jpeg', 10, 'k', :at)
            """),
            row,
        )
    return file_id


async def test_who_was_satisfied_may_come_back(stage: Stage) -> None:
    """T33: also after "solved"; the words go to routing alone, with files and proofs."""
    complaint_id, file_id = await closed(stage), await upload(stage, ANNA)
    stage.clock.advance(timedelta(hours=1))
    proof = {"item": "COURT_STATE", "reference": "（2026）鄂1202民初1号"}
    changes = {"attachments": [str(file_id)], "proofs": [proof]}
    status, answer = await dispute(stage, complaint_id, **changes)
    assert (status, answer["disputed_at"]) == (201, "2026-03-02T10:00:00+08:00")
    (said,) = await stage.said(ComplaintDisputed)
    assert AGAIN["reason"] not in said.model_dump_json()
    opened = stage.host.runtime.sealer.open_(said.words, subject=f"{complaint_id}/objection")
    objection = Objection.model_validate_json(opened)
    assert objection.reason == AGAIN["reason"]
    assert [each.item for each in objection.proofs] == ["COURT_STATE"]
    assert [each.id for each in objection.attachments] == [file_id]
    assert await stage.count("attachment", f"complaint_id = '{complaint_id}'") == 1
    assert await stage.count("screening", f"subject_id = '{file_id}'") == 1
    _, entries = await shown(stage, complaint_id)
    assert entries[-1]["title"] == "您已申请重新办理"
    assert "附件1个" in entries[-1]["text"]
    again = await dispute(stage, complaint_id)
    assert (again[0], again[1]["code"]) == (409, "DISPUTED_BEFORE")


async def test_not_before_the_closing_nor_after_the_window(stage: Stage) -> None:
    """T33, CK-15: to the last instant; anonymous complaints are tips (X15)."""
    open_one = await filed(stage)
    assert (await dispute(stage, open_one))[1]["code"] == "NOT_CLOSED"
    anonymous = await closed(stage, anonymous=True)
    assert (await dispute(stage, anonymous))[1]["code"] == "ANONYMOUS_CANNOT_DISPUTE"
    complaint_id = await closed(stage)
    stage.clock.move_to(stage.clock.now() + timedelta(hours=WINDOW, seconds=1))
    assert (await dispute(stage, complaint_id))[1]["code"] == "DISPUTE_TOO_LATE"
    assert await stage.said(ComplaintDisputed) == []


async def test_only_the_reporter_with_own_files(stage: Stage) -> None:
    """Not visible is 404; a file of somebody else is none."""
    complaint_id, foreign = await closed(stage), await upload(stage, BORIS)
    status, answer = await dispute(stage, complaint_id, BORIS)
    assert (status, answer["code"]) == (404, "COMPLAINT_NOT_FOUND")
    status, answer = await dispute(stage, complaint_id, attachments=[str(foreign)])
    assert (status, answer["code"]) == (422, "ATTACHMENT_UNKNOWN")
    status, answer = await dispute(stage, complaint_id, proofs=[{"item": "SHOE", "reference": "1"}])
    assert (status, answer["code"]) == (422, "ITEM_UNKNOWN")
    assert (await dispute(stage, complaint_id, reason="坏"))[0] == 422
    assert (await dispute(stage, complaint_id))[0] == 201
