"""T09, B18: a person changes the proposal; both are kept, and exported to learn from."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from deploy.triage.exporting import EXPORTED, export_corrections
from deploy.triage.letters import read_labelled
from deploy.triage.past import cipher_of, past_complaints
from tests.routing.drama import FEES, ILLEGAL, NOISE, Drama, Words, at, staff

PHONE = "13" + "900000001"
CALLED = Words("物业费争议", f"物业费标准不清楚，收取物业费没有公示，请回电{PHONE}。")
CHANGE = {"category": "PF03", "grade": "MEDIUM", "reason": f"收费项目无依据，来电{PHONE}"}


async def exported(drama: Drama, out: Path, since: str = "", **how: Any) -> list[dict[str, Any]]:
    settings = drama.stage.host.runtime.settings
    day = at(f"{since} 00:00") if since else None
    asked: dict[str, Any] = {"reason": "每季训练", "confirmed": False} | how
    number = await asyncio.to_thread(export_corrections, settings, out, day, **asked)
    letters = _lines(out)
    assert len(letters) == number
    return letters


def _lines(out: Path) -> list[dict[str, Any]]:
    text = out.read_text(encoding="utf-8")
    assert PHONE not in text
    assert out.stat().st_mode & 0o077 == 0, "others can read it"
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "corrections.jsonl"


async def test_a_correction_is_exported_beside_the_proposal(drama: Drama, out: Path) -> None:
    corrected = await drama.submit(CALLED)
    await drama.submit(ILLEGAL)
    await drama.act(staff("zhongzhi.wenquan"), corrected, "grading", CHANGE)
    (letter,) = await exported(drama, out)
    assert (letter["category"], letter["grade"]) == ("PF03", "MEDIUM")
    assert letter["proposal"]["category"] == "PF01"
    assert 0 < letter["proposal"]["confidence"] <= 1
    assert "收费项目无依据" in letter["reason"]
    assert "物业费" in letter["text"]
    assert [each.category for each in read_labelled([out])] == ["PF03"]


async def test_an_export_is_written_down(drama: Drama, out: Path) -> None:
    await exported(drama, out, "2026-03-01")
    (entry,) = await drama.rows("SELECT * FROM audit_entry WHERE action = :a", a=EXPORTED)
    assert entry["details"] == {"letters": 0, "since": "2026-03-01"}
    assert entry["reason"] == "每季训练"


async def test_only_what_was_decided_since_then_is_exported(drama: Drama, out: Path) -> None:
    case_id = await drama.submit(FEES)
    await drama.act(staff("zhongzhi.wenquan"), case_id, "grading", CHANGE)
    assert len(await exported(drama, out, "2026-03-02")) == 1
    assert await exported(drama, out, "2026-03-03") == []


async def test_what_people_left_as_it_was_is_exported_when_asked_for(
    drama: Drama, out: Path
) -> None:
    """A closed case that nobody corrected confirms its proposal; an open one says nothing."""
    closed = await drama.submit(FEES)
    await drama.submit(NOISE)
    await drama.rows("UPDATE cases SET state = 'CLOSED' WHERE id = :id RETURNING id", id=closed)
    assert await exported(drama, out) == []
    (letter,) = await exported(drama, out, confirmed=True)
    assert (letter["category"], letter["reason"]) == ("PF01", None)


async def test_a_confidential_complaint_does_not_leave_the_house(drama: Drama, out: Path) -> None:
    """X16."""
    case_id = await drama.submit(FEES, confidential=True)
    await drama.act(staff("zhongzhi.xianan"), case_id, "grading", CHANGE)
    assert await exported(drama, out) == []


async def test_past_complaints_are_read_for_trying(drama: Drama) -> None:
    await drama.submit(NOISE, word_for_word=True)
    runtime = drama.stage.host.runtime
    async with runtime.database.transaction() as session:
        cipher = cipher_of(runtime.settings)
        (past,) = await past_complaints(session, cipher, None)
        assert await past_complaints(session, cipher, at("2026-03-03 00:00")) == []
    assert (past.title, past.text) == (NOISE.title, NOISE.text)


async def test_a_dispatcher_reads_the_alternatives_and_the_company_does_not(drama: Drama) -> None:
    """T09, 3.9: the likeliest categories with their names, the proposal first."""
    case_id = await drama.submit(FEES)
    street = (await drama.see(staff("zhongzhi.wenquan"), f"/cases/{case_id}"))["gradings"][0]
    first = street["alternatives"][0]
    assert (first["category"], first["category_name"]) == ("PF01", "物业费争议")
    assert first["confidence"] == street["confidence"]
    assert 0 < street["grade_confidence"] <= 1
    company = (await drama.see(staff("wuye.wenquan"), f"/cases/{case_id}"))["gradings"][0]
    assert company["alternatives"] == company["evidence"] == []
