"""Filing a complaint (T01, A04): what is stored, said and answered."""

from __future__ import annotations

from shared.contracts.intake import ComplaintSubmitted
from tests.intake.people import ANNA, GARDEN, complaint, once, owner
from tests.stage import Stage


async def test_a_complaint_is_stored_said_and_answered(stage: Stage) -> None:
    """T01: receipt with number, and what happens next."""
    async with stage.client(owner(ANNA)) as anna:
        answer = await anna.post("/complaints", json=complaint(), headers=once())
    assert answer.status_code == 201, answer.text
    receipt = answer.json()
    assert receipt["number"] == "SQ421202-20260302-00001"
    assert receipt["submitted_at"] == "2026-03-02T09:00:00+08:00"
    (said,) = await stage.said(ComplaintSubmitted)
    assert said.complaint.estate_id == GARDEN.id
