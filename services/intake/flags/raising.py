"""Raising flags: whenever routing has said what becomes of a complaint."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from services.intake.complaints.deed import Deed
from services.intake.complaints.tables import Complaint
from services.intake.flags.domain.judging import Filed, abusive, repeated
from services.intake.flags.domain.lifecycle import FIRST, FlagKind
from services.intake.flags.tables import AccountFlag
from services.intake.neighbours.domain.likeness import pairs_of
from shared import audit
from shared.contracts.vocabulary import RefusalReason
from shared.ids import new_id
from shared.rulebook.sections.following import Vexatious


async def heed_account(deed: Deed, complaint: Complaint) -> None:
    """Of anonymous complaints nobody learns which account they have in common (X15)."""
    if complaint.owner_id is None or complaint.anonymous:
        return
    rules = deed.rulebook.following.vexatious
    recent = await _recent(deed, complaint.owner_id, rules)
    newest = _filed(complaint)
    others = [_filed(each) for each in recent if each.id != complaint.id]
    for kind, found in (
        (FlagKind.REPEATED, repeated(newest, others, rules)),
        (FlagKind.ABUSIVE, abusive([newest, *others], rules)),
    ):
        if found:
            await _raise(deed, complaint, complaint.owner_id, kind, found)


async def _recent(deed: Deed, owner_id: UUID, rules: Vexatious) -> Sequence[Complaint]:
    """Newest first; one who files little costs one look at the index."""
    found = await deed.session.execute(
        select(Complaint)
        .where(
            col(Complaint.owner_id) == owner_id,
            col(Complaint.submitted_at) > deed.at - rules.within,
            col(Complaint.anonymous).is_(False),
        )
        .order_by(col(Complaint.submitted_at).desc(), col(Complaint.id).desc())
        .limit(rules.looked_at_most)
    )
    return found.scalars().all()


def _filed(complaint: Complaint) -> Filed:
    reason = complaint.refusal_reason
    return Filed(
        id=complaint.id,
        estate_id=complaint.estate_id,
        pairs=pairs_of(complaint.title, complaint.text),
        refused_as=RefusalReason(reason) if reason else None,
    )


async def _raise(
    deed: Deed, complaint: Complaint, owner_id: UUID, kind: FlagKind, found: Sequence[UUID]
) -> None:
    """One flag of a kind is open at a time; further evidence is added to it."""
    row = {
        "id": new_id(),
        "owner_id": owner_id,
        "kind": kind,
        "state": FIRST,
        "division": complaint.division,
        "complaint_ids": sorted(found),
        "raised_at": deed.at,
    }
    statement = insert(AccountFlag).values(row)
    raised = await deed.session.execute(
        statement.on_conflict_do_update(
            index_elements=["owner_id", "kind"],
            index_where=col(AccountFlag.state) == FIRST,
            set_={"complaint_ids": statement.excluded.complaint_ids},
        ).returning(col(AccountFlag.id))
    )
    flag_id = raised.scalar_one()
    if flag_id == row["id"]:
        audit.append(
            deed.session,
            actor=deed.actor,
            action="account.flagged",
            subject_type="account_flag",
            subject_id=flag_id,
            at=deed.at,
            details={"kind": kind, "complaints": len(found)},
        )
