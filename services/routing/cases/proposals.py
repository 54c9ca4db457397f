"""Proposals of a grade as those who may set it read them."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import col

from services.routing.cases.casefile import CaseFile
from services.routing.cases.commands.propose_grade import PROPOSALS
from services.routing.cases.schemas import GradingProposalOut
from services.routing.cases.tables import GradingProposal
from services.routing.occasion import Occasion
from shared.contracts.vocabulary import Grade


async def proposals_out(on: Occasion, file: CaseFile) -> list[GradingProposalOut]:
    rows = await on.session.execute(
        select(GradingProposal)
        .where(col(GradingProposal.case_id) == file.case.id)
        .order_by(col(GradingProposal.id))
    )
    return [_proposal(on, row) for row in rows.scalars()]


def _proposal(on: Occasion, row: GradingProposal) -> GradingProposalOut:
    return GradingProposalOut(
        at=row.at,
        category=row.category,
        grade=Grade(row.grade),
        actor_end=row.actor_end,
        proposed_by=row.proposed_by,
        reason=on.reveal(row.reason, PROPOSALS, row.id, "reason"),
    )
