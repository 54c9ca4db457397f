"""The officials' corrections as labelled letters: what triage can learn from next.

A label is what a person last decided; what the system proposed and why it was changed stand beside
it. Raises of the sweeper (X02) are no judgement of the text and count for nothing.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from deploy.embedded.private_files import store
from deploy.triage.past import cipher_of, narrative_of
from services.routing.cases.commands.grade import GRADINGS
from services.routing.cases.tables import Case, CaseComplaint, Grading
from shared import audit
from shared.clock import SystemClock
from shared.contracts.vocabulary import CaseStatus
from shared.identity import SYSTEM, End
from shared.operating.transaction import in_transaction
from shared.privacy import FieldCipher, mask_text
from shared.settings import Settings

EXPORTED = "triage.corrections_exported"


@dataclass(frozen=True)
class Judged:
    """A case with the proposal it began with, and a person's last word where there is one."""

    case: Case
    proposal: Grading
    decision: Grading | None


def export_corrections(
    settings: Settings, out: Path, since: datetime | None, *, reason: str, confirmed: bool
) -> int:
    """Writes an audit entry with the reason, then the file; returns how many letters it has."""
    cipher = cipher_of(settings)

    async def work(session: AsyncSession) -> list[dict[str, Any]]:
        judged = await _judged(session, since, confirmed=confirmed)
        letters = await _letters(session, cipher, judged)
        audit.append(
            session,
            actor=SYSTEM,
            action=EXPORTED,
            subject_type="triage",
            subject_id=out.name,
            at=SystemClock().now(),
            details={"letters": len(letters), "since": since and since.date().isoformat()},
            reason=reason,
        )
        return letters

    letters = in_transaction(settings, work)
    lines = (json.dumps(letter, ensure_ascii=False) + "\n" for letter in letters)
    store(out, "".join(lines))  # prose still names people and places
    return len(letters)


async def _judged(
    session: AsyncSession, since: datetime | None, *, confirmed: bool
) -> Sequence[Judged]:
    """Of a confidential reporter nothing leaves the house (X16)."""
    wanted = (
        select(Case, Grading)
        .join(Grading, col(Grading.case_id) == col(Case.id))
        .where(col(Case.confidential).is_(False))
        .order_by(col(Case.id), col(Grading.at), col(Grading.id))
    )
    history: dict[Any, tuple[Case, list[Grading]]] = {}
    for case, grading in await session.execute(wanted):
        history.setdefault(case.id, (case, []))[1].append(grading)
    judged = (_read(case, rows) for case, rows in history.values())
    return [each for each in judged if _counts(each, since, confirmed=confirmed)]


def _read(case: Case, history: Sequence[Grading]) -> Judged:
    by_people = [row for row in history[1:] if row.actor_end != End.SYSTEM]
    return Judged(case, history[0], by_people[-1] if by_people else None)


def _counts(judged: Judged, since: datetime | None, *, confirmed: bool) -> bool:
    if judged.decision is not None:
        return since is None or judged.decision.at >= since
    closed = judged.case.status is CaseStatus.CLOSED
    return confirmed and closed and (since is None or judged.proposal.at >= since)


async def _letters(
    session: AsyncSession, cipher: FieldCipher, judged: Sequence[Judged]
) -> list[dict[str, Any]]:
    by_case = {each.case.id: each for each in judged}
    wanted = (
        select(CaseComplaint)
        .where(col(CaseComplaint.case_id).in_(list(by_case)))
        .order_by(col(CaseComplaint.case_id), col(CaseComplaint.complaint_id))
    )
    rows = (await session.execute(wanted)).scalars().all()
    return [_letter(cipher, by_case[row.case_id], row) for row in rows]


def _letter(cipher: FieldCipher, judged: Judged, complaint: CaseComplaint) -> dict[str, Any]:
    narrative = narrative_of(cipher, complaint)
    label = judged.decision or judged.proposal
    return {
        "id": complaint.number,
        "title": mask_text(narrative.title),
        "text": mask_text(narrative.text),
        "category": label.category,
        "grade": label.grade,
        "police": judged.case.police_check,
        "emergency": judged.case.emergency,
        "cluster": judged.case.number,
        "proposal": _proposal(judged.proposal),
        "reason": _reason(cipher, judged.decision),
    }


def _proposal(row: Grading) -> dict[str, Any]:
    return {"category": row.category, "grade": row.grade, "confidence": row.confidence}


def _reason(cipher: FieldCipher, decision: Grading | None) -> str | None:
    if decision is None or decision.reason is None:
        return None
    return mask_text(
        cipher.decrypt(decision.reason, table=GRADINGS, row_id=decision.id, column="reason")
    )
