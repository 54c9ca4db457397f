"""Raising flags: whenever routing has said what becomes of a complaint."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select, text
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

OPEN = text(f"state = '{FIRST}'")  # a parameter would not match the index in a generic plan
BOTH = text(
    "ARRAY(SELECT DISTINCT unnest(account_flag.complaint_ids || excluded.complaint_ids) ORDER BY 1)"
)
JUDGES: Mapping[FlagKind, Callable[[Sequence[Filed], Vexatious], Sequence[UUID]]] = {
    FlagKind.REPEATED: repeated,
    FlagKind.ABUSIVE: abusive,
}


async def heed_account(deed: Deed, complaint: Complaint) -> None:
    """Of anonymous and of confidential complaints nobody learns what they have in common with
    others (X15, X16). A person has looked at what was decided: only others count then.
    """
    if complaint.owner_id is None or complaint.anonymous or complaint.confidential:
        return
    rules = deed.rulebook.following.vexatious
    recent = await _recent(deed, complaint, rules)
    filed = [_filed(complaint), *(_filed(each) for each in recent if each.id != complaint.id)]
    for kind, judge in JUDGES.items():
        if not judge(filed, rules):
            continue
        decided = await _decided(deed, complaint.owner_id, kind)
        found = judge([each for each in filed if each.id not in decided], rules)
        if found:
            await _raise(deed, complaint, complaint.owner_id, kind, found)


async def _recent(deed: Deed, complaint: Complaint, rules: Vexatious) -> Sequence[Complaint]:
    """In the same division, newest first; one who files little costs one look at the index."""
    found = await deed.session.execute(
        select(Complaint)
        .where(
            col(Complaint.owner_id) == complaint.owner_id,
            col(Complaint.division) == complaint.division,
            col(Complaint.submitted_at) > deed.at - rules.within,
            col(Complaint.anonymous).is_(False),
            col(Complaint.confidential).is_(False),
        )
        .order_by(col(Complaint.submitted_at).desc(), col(Complaint.id).desc())
        .limit(rules.looked_at_most)
    )
    return found.scalars().all()


async def _decided(deed: Deed, owner_id: UUID, kind: FlagKind) -> set[UUID]:
    """What a person has looked at already."""
    rows = await deed.session.execute(
        select(AccountFlag).where(
            col(AccountFlag.owner_id) == owner_id,
            col(AccountFlag.kind) == kind,
            col(AccountFlag.state) != FIRST,
        )
    )
    return {id for flag in rows.scalars() for id in flag.complaint_ids}


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
    """One flag of a kind is open at a time; further evidence is added to it. Of another division
    it is left alone: what was filed here is raised when that one is decided.
    """
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
            index_where=OPEN,
            set_={"complaint_ids": BOTH},
            where=col(AccountFlag.division) == statement.excluded.division,
        ).returning(col(AccountFlag.id))
    )
    flag_id = raised.scalar_one_or_none()
    if flag_id is not None and flag_id == row["id"]:
        audit.append(
            deed.session,
            actor=deed.actor,
            action="account.flagged",
            subject_type="account_flag",
            subject_id=flag_id,
            at=deed.at,
            details={"kind": kind, "complaints": len(found)},
        )
