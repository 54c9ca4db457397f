"""X15, X45: where nobody can be asked, the case closes with its report line or reply."""

from __future__ import annotations

from uuid import UUID

import pytest

from services.routing.cases.domain.closing import Voices, has_nobody_to_answer
from shared.contracts import routing as said
from shared.contracts.vocabulary import Channel
from shared.rulebook import Rulebook
from shared.settings import RULEBOOKS
from tests.routing.drama import NOISE, Drama, staff

CLOSING = Rulebook.load(RULEBOOKS / "xianning-2025-07-21").closing
WORKER, LEADER = staff("wangge.wenquan2"), staff("wanggezhang.wenquan")
NO_REPORTER = {"owner_id": None, "house_id": None}


async def reported(drama: Drama, case_id: UUID) -> str:
    """Handled and reported; the state it is in then."""
    await drama.act(WORKER, case_id, "signature")
    await drama.act(WORKER, case_id, "result", {"result_code": "SOLVED", "text": "已整改"})
    await drama.act(LEADER, case_id, "review", {"decision": "APPROVE", "reply": "已整改完毕"})
    return str((await drama.row(case_id))["state"])


async def test_a_finding_of_an_inspection_closes_without_a_visit(drama: Drama) -> None:
    """X45: no reporter, no rating; closed by the system, and no clock waits for an answer."""
    case_id = await drama.submit(NOISE, channel=Channel.INSPECTION, **NO_REPORTER)
    assert await reported(drama, case_id) == "CLOSED"
    running = await drama.rows(
        "SELECT kind FROM clock WHERE subject_id = :id AND state = 'RUNNING'", id=case_id
    )
    assert [each["kind"] for each in running] == ["REOPEN_WINDOW"]
    (told,) = await drama.stage.said(said.CaseClosed)
    assert told.case.feedback_at is not None
    last = (await drama.see(LEADER, f"/cases/{case_id}/timeline"))["items"][-1]
    assert (last["row"], last["actor_end"]) == ("T31", "SYSTEM")


async def test_an_anonymous_tip_closes_with_its_reply(drama: Drama) -> None:
    """X15: no feedback to confirm, no rating; a named complaint waits for its owner."""
    tip = await drama.submit(NOISE, anonymous=True, **NO_REPORTER)
    named = await drama.submit(NOISE)
    assert await reported(drama, tip) == "CLOSED"
    assert await reported(drama, named) == "FEEDBACK"


@pytest.mark.parametrize(
    ("voices", "closes"),
    [
        (Voices("INSPECTION", anonymous=False, standing=1, named=0), True),
        (Voices("INSPECTION", anonymous=False, standing=2, named=1), False),
        (Voices("MINI_PROGRAM", anonymous=True, standing=1, named=0), True),
        (Voices("MINI_PROGRAM", anonymous=True, standing=2, named=1), False),
        (Voices("MINI_PROGRAM", anonymous=False, standing=0, named=0), True),
        (Voices("GRID_REPORT", anonymous=False, standing=0, named=0), True),
        (Voices("GRID_REPORT", anonymous=False, standing=1, named=0), True),
        (Voices("GRID_REPORT", anonymous=False, standing=1, named=0, on_behalf=1), False),
        (Voices("HOTLINE", anonymous=False, standing=1, named=0), False),
        (Voices("MINI_PROGRAM", anonymous=False, standing=1, named=1), False),
    ],
)
def test_who_can_be_asked(voices: Voices, closes: bool) -> None:
    """X15, X45, T08: an owner who joined is asked; a caller of the hotline can be called back."""
    assert has_nobody_to_answer(CLOSING, voices) is closes
