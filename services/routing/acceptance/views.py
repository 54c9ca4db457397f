"""What the desk sees of a complaint; who the reporter is, is decided here (X15, X16)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from services.routing.acceptance.domain.lifecycle import PendingStatus
from services.routing.acceptance.domain.policies import may_know_reporter
from services.routing.acceptance.domain.words import STATES
from services.routing.acceptance.recording import ROWS, narrative_of
from services.routing.acceptance.schemas import CodeOut, PendingOut, PendingSummary, ProofOut
from services.routing.acceptance.tables import PendingComplaint
from services.routing.cases.domain.hiding import cover
from services.routing.cases.domain.words import reporter_label
from services.routing.occasion import Occasion
from shared.clocks import ClockRow, of_subjects
from shared.contracts.narrative import Narrative
from shared.contracts.vocabulary import RefusalReason
from shared.rulebook import ClockKind
from shared.rulebook.sections.people import Named


async def summaries(on: Occasion, rows: Sequence[PendingComplaint]) -> list[PendingSummary]:
    clocks = await of_subjects(on.session, [row.complaint_id for row in rows])
    return [_summary(on, row, clocks) for row in rows]


async def summary(on: Occasion, pending: PendingComplaint) -> PendingSummary:
    return (await summaries(on, [pending]))[0]


async def whole(on: Occasion, pending: PendingComplaint) -> PendingOut:
    known = may_know_reporter(on.actor, pending, on.runtime.rulebooks.in_force_at(on.now))
    narrative = narrative_of(on, pending)
    reason = pending.refusal_reason
    return PendingOut(
        **dict(await summary(on, pending)),
        **_words(narrative, known=known),
        reporter=reporter_label(anonymous=pending.anonymous, hidden=not known),
        proofs=_proofs(narrative, known=known),
        owner_id=pending.owner_id if known else None,
        house_id=pending.house_id if known else None,
        refusal_reason=RefusalReason(reason) if reason else None,
        handed_over=_handed_over(on, pending),
        decided_at=pending.decided_at,
    )


def _summary(
    on: Occasion, pending: PendingComplaint, clocks: Mapping[UUID, Sequence[ClockRow]]
) -> PendingSummary:
    rulebook = on.runtime.rulebooks.in_force_at(on.now)
    rules, running = rulebook.acceptance, clocks.get(pending.complaint_id, ())
    return PendingSummary(
        complaint_id=pending.complaint_id,
        number=pending.number,
        version=pending.version,
        state=PendingStatus(pending.state),
        state_name=STATES[pending.status],
        channel=pending.channel,
        category=pending.category,
        category_name=rulebook.category(pending.category).chinese,
        division=pending.division,
        grid_code=pending.grid_code,
        estate_id=pending.estate_id,
        estate_name=pending.estate_name,
        confidential=pending.confidential,
        anonymous=pending.anonymous,
        reasons=_named(rules.reasons, pending.reasons),
        missing=_named(rules.missing_items, pending.missing),
        overdue=pending.overdue,
        submitted_at=pending.submitted_at,
        due_at=_due(running, ClockKind.ACCEPT),
        supplement_until=_due(running, ClockKind.SUPPLEMENT),
    )


def _handed_over(on: Occasion, pending: PendingComplaint) -> str | None:
    if pending.handed_over is None:
        return None
    return on.reveal(pending.handed_over, ROWS, pending.complaint_id, "handed_over")


def _words(narrative: Narrative | None, *, known: bool) -> dict[str, str | None]:
    if narrative is None:
        return {"title": None, "text": None, "place": None}
    if known:
        return {"title": narrative.title, "text": narrative.text, "place": narrative.place}
    masked = {"title": cover(narrative.title), "text": cover(narrative.text)}
    return {**masked, "place": None}


def _proofs(narrative: Narrative | None, *, known: bool) -> list[ProofOut]:
    if narrative is None:
        return []
    return [
        ProofOut(item=proof.item, reference=proof.reference if known else "")
        for proof in narrative.proofs
    ]


def _named(names: Iterable[Named], codes: Sequence[str]) -> list[CodeOut]:
    chinese = {each.code: each.chinese for each in names}
    return [CodeOut(code=code, name=chinese.get(code, code)) for code in codes]


def _due(clocks: Iterable[ClockRow], kind: ClockKind) -> datetime | None:
    running = (clock for clock in clocks if clock.kind == kind and clock.state == "RUNNING")
    return next((clock.due_at for clock in running), None)
