"""What the tests of acceptance have in common: a complaint that waits, and what its owner says."""

from __future__ import annotations

from typing import Any

from shared.contracts.intake import (
    ComplaintState,
    ComplaintSubmitted,
    ComplaintSupplemented,
    ComplaintUrged,
    ComplaintWithdrawn,
)
from shared.contracts.narrative import Narrative, Proof
from shared.contracts.vocabulary import Channel, ComplaintStatus
from tests.routing.drama import Drama, Words, staff

NUMBER = "（2026）鄂1202民初88号"
IN_COURT = Words("物业费争议", f"物业费一事法院已经立案，案号{NUMBER}，请协调处理。", "PF01")
CLAIM = Words("追缴物业费", "业主拖欠2025年度物业费，请协助追缴。", "PF01")
STREET = staff("jiedao.wenquan")
CENTRE = staff("zhongzhi.wenquan")
LEADER = staff("wanggezhang.wenquan")
OTHER_STREET = staff("zhongzhi.fushan")
COMPANY = staff("wuye.wenquan")


async def waiting(drama: Drama, words: Words = IN_COURT, **facts: Any) -> ComplaintSubmitted:
    """A complaint that lies on the desk now."""
    event = drama.submission(words, **facts)
    await drama.stage.hear(event)
    return event


async def claimed(drama: Drama) -> ComplaintSubmitted:
    """X21: the company claims fees and shows no reminder."""
    return await waiting(drama, CLAIM, channel=Channel.COMPANY, owner_id=None, house_id=None)


def path(event: ComplaintSubmitted, what: str = "") -> str:
    return f"/pending-complaints/{event.complaint.id}{what}"


async def pending(drama: Drama, event: ComplaintSubmitted) -> Any:
    rows = await drama.rows(
        "SELECT * FROM pending_complaint WHERE complaint_id = :id", id=event.complaint.id
    )
    return rows[0]


def supplemented(
    drama: Drama,
    event: ComplaintSubmitted,
    text: str,
    *proofs: Proof,
    version: int = 3,
    title: str = "物业费争议",
) -> ComplaintSupplemented:
    narrative = Narrative(title=title, text=text, proofs=proofs)
    sealed = drama.stage.host.runtime.sealer.seal(
        narrative.model_dump_json(), audience="routing", subject=str(event.complaint.id)
    )
    state = _later(event, version, ComplaintStatus.SUBMITTED)
    return ComplaintSupplemented(complaint=state, narrative=sealed)


def withdrawn(event: ComplaintSubmitted, version: int = 4) -> ComplaintWithdrawn:
    return ComplaintWithdrawn(complaint=_later(event, version, ComplaintStatus.WITHDRAWN))


def urged(event: ComplaintSubmitted, times: int) -> ComplaintUrged:
    state = _later(event, 2 + times, ComplaintStatus.ACCEPTED)
    return ComplaintUrged(complaint=state, times=times)


def _later(event: ComplaintSubmitted, version: int, state: ComplaintStatus) -> ComplaintState:
    return event.complaint.model_copy(update={"version": version, "state": state})


def opened(drama: Drama, sealed: Any, subject: str) -> str:
    """What intake reads of what was sealed for it."""
    return drama.stage.host.runtime.sealer.open_(sealed, subject=subject)
