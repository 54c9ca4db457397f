"""Drafts: kept for their writer alone, cleared after a while, filed once (T01)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import text

from services.intake.drafts.commands import clear
from shared.contracts.intake import ComplaintSubmitted
from tests.intake.people import ANNA, BORIS, GARDEN, TEXT, complaint, once, owner
from tests.stage import Stage

PHONE = "139" + "00000077"


async def begun(stage: Stage, **content: Any) -> dict[str, Any]:
    async with stage.client(owner(ANNA)) as anna:
        answer = await anna.post("/drafts", json=content, headers=once())
    assert answer.status_code == 201, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def ask(
    stage: Stage, method: str, path: str, body: Any = None, person: Any = ANNA, **headers: str
) -> tuple[int, Any]:
    async with stage.client(owner(person)) as client:
        answer = await client.request(method, f"/drafts{path}", json=body, headers=headers)
    return answer.status_code, answer.json() if answer.content else None


async def test_what_is_written_is_kept_encrypted(stage: Stage) -> None:
    """Nothing of it stands in the database in the clear, and nobody is told."""
    file_id = str(uuid4())
    draft = await begun(stage, text=f"请打{PHONE}", attachments=[file_id])
    assert draft["version"] == 1
    shown = (await ask(stage, "GET", f"/{draft['id']}"))[1]
    assert shown["content"]["text"] == f"请打{PHONE}"
    assert await stage.count("idempotency_key", f"answer LIKE '%{PHONE}%'") == 0
    assert draft["kept_until"] == "2026-04-01T09:00:00+08:00"
    async with stage.host.runtime.database.transaction() as session:
        row = (await session.execute(text("SELECT * FROM complaint_draft"))).one()
    assert PHONE not in str(row)
    assert [str(each) for each in row.attachments] == [file_id]
    assert await stage.count("outbox", "type LIKE 'intake.complaint%'") == 0


async def test_of_two_writers_the_second_is_told(stage: Stage) -> None:
    """If-Match: the version that is replaced, or * for any."""
    draft = await begun(stage, text="电梯")
    path = f"/{draft['id']}"
    status, changed = await ask(stage, "PUT", path, {"text": "电梯坏了"}, If_Match='"1"')
    assert status == 422, "the header is called If-Match"
    status, changed = await ask(stage, "PUT", path, {"text": "电梯坏了"}, **{"If-Match": '"1"'})
    assert (status, changed["version"]) == (200, 2)
    status, late = await ask(stage, "PUT", path, {"text": "门坏了"}, **{"If-Match": '"1"'})
    assert (status, late["code"], late["version"]) == (409, "DRAFT_CHANGED", 2)
    status, anyway = await ask(stage, "PUT", path, {"text": "门坏了"}, **{"If-Match": "*"})
    assert (status, anyway["content"]["text"]) == (200, "门坏了")
    status, shown = await ask(stage, "GET", path)
    assert (status, shown["version"]) == (200, 3)


async def test_a_draft_is_its_writers_alone(stage: Stage) -> None:
    """Not visible is 404."""
    draft = await begun(stage, text="电梯")
    path, tag = f"/{draft['id']}", {"If-Match": "*"}
    for method, where in (("GET", path), ("DELETE", path), ("POST", f"{path}/complaint")):
        status, answer = await ask(stage, method, where, person=BORIS)
        assert (status, answer["code"]) == (404, "DRAFT_NOT_FOUND")
    status, answer = await ask(stage, "PUT", path, {"text": "x"}, person=BORIS, **tag)
    assert (status, answer["code"]) == (404, "DRAFT_NOT_FOUND")
    assert (await ask(stage, "GET", "", person=BORIS))[1]["items"] == []
    assert (await ask(stage, "DELETE", path))[0] == 204
    assert (await ask(stage, "GET", ""))[1]["items"] == []


async def test_a_draft_is_filed_once(stage: Stage) -> None:
    """T01: asked again, the same receipt; the draft is closed and no longer listed."""
    draft = await begun(stage, **complaint(title="楼道灯"))
    path = f"/{draft['id']}"
    status, receipt = await ask(stage, "POST", f"{path}/complaint")
    assert (status, receipt["state"], receipt["code"]) == (201, "SUBMITTED", None)
    assert (await ask(stage, "POST", f"{path}/complaint")) == (201, receipt)
    assert len(await stage.said(ComplaintSubmitted)) == 1
    assert (await ask(stage, "GET", ""))[1]["items"] == []
    status, answer = await ask(stage, "PUT", path, {"text": "x"}, **{"If-Match": "*"})
    assert (status, answer["code"]) == (409, "DRAFT_FILED")
    assert answer["complaint_id"] == receipt["id"]
    async with stage.client(owner(ANNA)) as anna:
        shown = (await anna.get(f"/complaints/{receipt['id']}")).json()
    assert (shown["title"], shown["text"]) == ("楼道灯", TEXT)


async def test_a_draft_whose_closing_was_lost_finds_its_complaint(stage: Stage) -> None:
    """T01: the complaint is durable before the draft knows of it; other words change nothing."""
    draft = await begun(stage, **complaint(title="楼道灯"))
    path = f"/{draft['id']}"
    pool = await stage.host.runtime.database.pool()
    written = await pool.fetchval("SELECT content FROM complaint_draft")
    receipt = (await ask(stage, "POST", f"{path}/complaint"))[1]
    await pool.execute("UPDATE complaint_draft SET complaint_id = NULL, content = $1", written)
    status, _ = await ask(stage, "PUT", path, {"text": "改"}, **{"If-Match": "*"})
    assert status == 200
    assert (await ask(stage, "POST", f"{path}/complaint")) == (201, receipt)
    assert (await ask(stage, "POST", f"{path}/complaint")) == (201, receipt)
    assert await stage.count("complaint") == 1


async def test_what_cannot_be_filed_stays_a_draft(stage: Stage) -> None:
    """T01, A04: incomplete, or refused at the desk."""
    empty = await begun(stage, title="楼道灯")
    status, answer = await ask(stage, "POST", f"/{empty['id']}/complaint")
    assert (status, answer["code"]) == (422, "DRAFT_INCOMPLETE")
    assert set(answer["fields"]) == {"estate_id", "text"}
    short = await begun(stage, estate_id=str(GARDEN.id), text="太短")
    status, answer = await ask(stage, "POST", f"/{short['id']}/complaint")
    assert (status, answer["code"]) == (422, "TEXT_TOO_SHORT")
    assert len((await ask(stage, "GET", ""))[1]["items"]) == 2


async def test_only_so_many_and_only_so_long(stage: Stage) -> None:
    """Twenty an account, thirty days since they were last written on."""
    async with stage.client(owner(ANNA)) as anna:
        for _ in range(20):
            answer = await anna.post("/drafts", json={"text": "电梯"}, headers=once())
            assert answer.status_code == 201
        drafts = (await anna.get("/drafts?limit=20")).json()["items"]
        answer = await anna.post("/drafts", json={}, headers=once())
    assert (answer.status_code, answer.json()["code"]) == (409, "TOO_MANY_DRAFTS")
    status, page = await ask(stage, "GET", "?limit=15")
    assert (status, len(page["items"]), page["items"][0]["id"]) == (200, 15, drafts[0]["id"])
    rest = (await ask(stage, "GET", f"?limit=15&cursor={page['next']}"))[1]
    assert (len(rest["items"]), rest["next"]) == (5, None)
    stage.clock.move_to(stage.clock.now() + timedelta(days=10))
    await ask(stage, "PUT", f"/{drafts[0]['id']}", {"text": "x"}, **{"If-Match": "*"})
    stage.clock.move_to(stage.clock.now() + timedelta(days=20, seconds=1))
    assert await clear(stage.host.runtime) == 19
    assert [each["id"] for each in (await ask(stage, "GET", ""))[1]["items"]] == [drafts[0]["id"]]
