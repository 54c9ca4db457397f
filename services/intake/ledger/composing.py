"""From rows to lines: masked, and of a hidden reporter without a word (X15, X16)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.intake.complaints.domain.doors import DoorKind
from services.intake.complaints.tables import Complaint, FollowedCase
from services.intake.ledger.domain.lines import LedgerLine, Rating, reply_of
from services.intake.ledger.domain.masking import masked_words
from services.intake.ledger.queries import Entry, handlers, ratings, replies
from shared.contracts.routing import ClockState
from shared.contracts.vocabulary import CaseStatus, ComplaintStatus, Grade, ResultCode
from shared.rulebook import ClockKind, Rulebook


async def composed(
    session: AsyncSession, rulebook: Rulebook, found: Sequence[Entry]
) -> list[LedgerLine]:
    ids = [complaint.id for complaint, _, _ in found]
    cases = [case.id for _, _, case in found if case is not None]
    told, rated = await replies(session, ids), await ratings(session, ids)
    handled = await handlers(session, cases)
    return [_line(rulebook, entry, told, rated, handled) for entry in found]


def _line(
    rulebook: Rulebook,
    entry: Entry,
    told: Mapping[UUID, str],
    rated: Mapping[UUID, Rating],
    handled: Mapping[UUID, Sequence[str]],
) -> LedgerLine:
    complaint, estate, case = entry
    hidden = complaint.confidential or complaint.anonymous
    reply = told.get(complaint.id)
    known = _of_case(case, handled) if case is not None else {}
    return LedgerLine(
        number=complaint.number,
        submitted_at=complaint.submitted_at,
        state=ComplaintStatus(complaint.state),
        door=DoorKind(complaint.door),
        category=case.category_name if case else _chosen(rulebook, complaint),
        estate=estate,
        division=complaint.division,
        content=masked_words(f"{complaint.title}\n{complaint.text}", hidden=hidden),
        case_number=complaint.case_number,
        accepted_at=complaint.accepted_at,
        reply=masked_words(reply_of(reply), hidden=hidden) if reply else None,
        refusal=complaint.refusal_hint,
        rating=rated.get(complaint.id),
        urges=complaint.urges,
        **known,
    )


def _of_case(case: FollowedCase, handled: Mapping[UUID, Sequence[str]]) -> dict[str, Any]:
    clocks = map(ClockState.model_validate, case.clocks)
    signed = [clock.met_at for clock in clocks if clock.kind == ClockKind.SIGN and clock.met_at]
    return {
        "case_state": CaseStatus(case.state),
        "grade": Grade(case.grade) if case.grade else None,
        "handler": case.handler,
        "handlers": tuple(handled.get(case.id, ())),
        "dispatched_at": case.first_dispatch_at,
        "signed_at": min(signed, default=None),
        "feedback_at": case.feedback_at,
        "closed_at": case.closed_at,
        "result": ResultCode(case.result_code) if case.result_code else None,
        "overdue": case.overdue,
    }


def _chosen(rulebook: Rulebook, complaint: Complaint) -> str | None:
    known = rulebook.categories.get(complaint.chosen_category or "")
    return known.chinese if known else None
