"""What a person is told of what is kept: everything of theirs, nothing of others (facts 2.13)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import text

from services.intake.erasure.columns import LOCKED, SHOWN
from services.intake.tables import Table
from shared.ids import new_id
from tests.intake.people import ANNA, BORIS, complaint, once, owner
from tests.stage import Stage

WITHHELD = ("_index", "decided_by", "submitted_by", "invited_by", "accepted_by", "uploaded_by")
BESIDE = (
    "INSERT INTO visit_rating (id, version, complaint_id, solved, result_level)"
    " VALUES (:new, 1, :complaint, 'YES', 4)",
    "INSERT INTO account_flag (id, owner_id, kind, state, division, complaint_ids, raised_at,"
    " reason, decided_by) VALUES (:new, :owner, 'REPEATED', 'DISMISSED', '421202', '{}', now(),"
    " :reason, :staff)",
    "INSERT INTO hotline_correction (id, complaint_id, fingerprint, received_at, body)"
    " VALUES (:new, :complaint, 'x', now(), :body)",
    "INSERT INTO attachment (id, uploaded_by, state, kind, declared_size, key, content,"
    " complaint_id, started_at)"
    " VALUES (:new, :owner, 'READY', 'PHOTO', 1, 'locked', :new, :complaint, now())",
)


async def kept(stage: Stage, complaint_id: str, staff: str) -> None:
    """Beside a complaint of Anna's, as other rooms write it."""
    cipher = stage.host.runtime.cipher
    async with stage.host.runtime.database.transaction() as session:
        for statement in BESIDE:
            id = new_id()
            values = {
                "new": id,
                "complaint": complaint_id,
                "owner": ANNA.id,
                "staff": staff,
                "reason": cipher.encrypt(
                    "不算重复", table="account_flag", row_id=id, column="reason"
                ),
                "body": cipher.encrypt(
                    "又说", table="hotline_correction", row_id=id, column="body"
                ),
            }
            asked = text(statement)
            wanted = {name: values[name] for name in asked.compile().params}
            await session.execute(asked, wanted)


async def exported(stage: Stage) -> Mapping[str, Any]:
    async with stage.client(owner(ANNA)) as anna:
        answer = await anna.get("/me/export")
    assert answer.status_code == 200, answer.text
    return {part["source"]: part["items"] for part in answer.json()["parts"]}


async def test_an_export_has_what_lies_beside_complaints_and_nothing_of_others(
    stage: Stage,
) -> None:
    staff = str(new_id())
    filed = {}
    for person in (ANNA, BORIS):
        async with stage.client(owner(person)) as client:
            answer = await client.post("/complaints", json=complaint(), headers=once())
        filed[person.id] = answer.json()["id"]
    await kept(stage, filed[ANNA.id], staff)
    parts = await exported(stage)
    assert [each["id"] for each in parts["intake.complaint"]] == [filed[ANNA.id]]
    assert parts["intake.visit_rating"][0]["result_level"] == 4
    assert parts["intake.account_flag"][0]["reason"] == "不算重复"
    assert parts["intake.hotline_correction"][0]["body"] == "又说"
    (file,) = parts["intake.attachment"]
    assert {"key", "content", "uploaded_by"}.isdisjoint(file)
    assert staff not in str(parts)
    assert str(BORIS.id) not in str(parts)


def test_what_is_shown_is_named_column_by_column() -> None:
    tables = Table.metadata.tables
    for name, columns in SHOWN.items():
        assert set(columns) | set(LOCKED.get(name, ())) <= set(tables[name].columns.keys())
        assert not [column for column in columns if column.endswith(WITHHELD)]
    assert not {"key", "content"} & set(SHOWN["attachment"])
