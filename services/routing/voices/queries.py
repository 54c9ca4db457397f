"""Reads of this room: members of a group, proposals, who was merged, representatives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, exists, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.routing.cases.domain.lifecycle import Action, is_possible
from services.routing.cases.queries import visible_to
from services.routing.cases.tables import Case
from services.routing.voices.domain.groups import Member
from services.routing.voices.tables import DuplicateProposal, MergedComplaint, Representative
from shared.contracts.vocabulary import CaseStatus, Grade
from shared.errors import NotFound
from shared.identity import Actor
from shared.web.paging import PageRequest, cursor_key

MEMBERS = text("""
    SELECT cases.id, accepted_at, state, group_incident, COALESCE(house_id, owner_id) AS household
      FROM complaint_sketch
      JOIN case_complaint USING (complaint_id)
      JOIN cases ON cases.id = case_complaint.case_id
     WHERE complaint_sketch.estate_id = :estate_id
       AND complaint_sketch.submitted_at >= :since
       AND category = :category
       AND state <> 'CANCELLED'
     ORDER BY complaint_sketch.submitted_at DESC
     LIMIT :looked_at
""")

ALERTED = [state for state in CaseStatus if is_possible(state, Action.ALERT_GROUP)]
LOOKED_AT = 1_000  # however many write at once, a batch never waits longer for this


class ProposalNotFound(NotFound):
    """There is no such proposal, or you may not see it."""

    code = "PROPOSAL_NOT_FOUND"
    chinese = "没有这条并案建议，或您无权查看。"


async def members_of(
    session: AsyncSession, estate_id: UUID, category: str, *, since: datetime
) -> list[Member]:
    """The cases of a group with the households that complained since then, the newest of them."""
    wanted = {"estate_id": estate_id, "category": category, "since": since, "looked_at": LOOKED_AT}
    rows = (await session.execute(MEMBERS, wanted)).all()
    households: dict[UUID, set[UUID]] = defaultdict(set)
    for row in rows:
        if row.household is not None:
            households[row.id].add(row.household)
    return [
        Member(
            case_id=row.id,
            accepted_at=row.accepted_at,
            active=is_possible(CaseStatus(row.state), Action.ALERT_GROUP),
            group_incident=row.group_incident,
            households=frozenset(households[row.id]),
        )
        for row in {row.id: row for row in rows}.values()
    ]


async def is_major_group(session: AsyncSession, estate_id: UUID, category: str) -> bool:
    """All that the group rule can do has been done (X11)."""
    found = await session.execute(
        select(
            exists().where(
                col(Case.estate_id) == estate_id,
                col(Case.category) == category,
                col(Case.group_incident),
                col(Case.grade) == Grade.MAJOR,
                col(Case.state).in_(ALERTED),
            )
        )
    )
    return bool(found.scalar())


async def page_of_proposals(
    session: AsyncSession, actor: Actor, page: PageRequest
) -> Sequence[DuplicateProposal]:
    """Those that wait, newest first, of cases that the actor sees; one more than the page holds."""
    wanted = (
        select(DuplicateProposal)
        .join(Case, col(Case.id) == DuplicateProposal.case_id)
        .where(visible_to(actor), col(DuplicateProposal.decision).is_(None))
        .order_by(col(DuplicateProposal.id).desc())
    )
    if page.after is not None:
        wanted = wanted.where(col(DuplicateProposal.id) < cursor_key(page.after, UUID)[0])
    return (await session.execute(wanted.limit(page.limit + 1))).scalars().all()


async def proposals_of(session: AsyncSession, case_id: UUID) -> Sequence[DuplicateProposal]:
    """Whichever side the case is on, decided ones as well; the likeliest first."""
    found = await session.execute(
        select(DuplicateProposal)
        .where(
            or_(
                col(DuplicateProposal.case_id) == case_id,
                col(DuplicateProposal.into_case_id) == case_id,
            )
        )
        .order_by(col(DuplicateProposal.score).desc(), col(DuplicateProposal.id))
    )
    return found.scalars().all()


async def waiting_of(session: AsyncSession, case_id: UUID) -> Sequence[DuplicateProposal]:
    """The undecided ones of a case that ends, on either side."""
    return [each for each in await proposals_of(session, case_id) if each.decision is None]


async def standing_mergers(
    session: AsyncSession, complaint_ids: Sequence[UUID]
) -> Sequence[MergedComplaint]:
    found = await session.execute(
        select(MergedComplaint).where(
            col(MergedComplaint.complaint_id).in_(complaint_ids),
            col(MergedComplaint.undone_at).is_(None),
        )
    )
    return found.scalars().all()


async def merger_into(
    session: AsyncSession, complaint_id: UUID, case_id: UUID
) -> MergedComplaint | None:
    found = await session.execute(
        select(MergedComplaint).where(
            and_(
                col(MergedComplaint.complaint_id) == complaint_id,
                col(MergedComplaint.into_case_id) == case_id,
                col(MergedComplaint.undone_at).is_(None),
            )
        )
    )
    return found.scalar()


async def representatives_of(session: AsyncSession, case_id: UUID) -> Sequence[Representative]:
    found = await session.execute(
        select(Representative)
        .where(col(Representative.case_id) == case_id)
        .order_by(col(Representative.complaint_id))
    )
    return found.scalars().all()
