"""Loading what the credit file holds for the one who may have it."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends

from services.survey.credit.consequence_queries import consequence_of
from services.survey.credit.domain.policies import (
    NotYourAppeal,
    NotYourDecision,
    may_appeal,
    may_decide,
    may_decide_appeal,
    refuse_own_entry,
)
from services.survey.credit.filed import Filed
from services.survey.credit.grade_queries import grade_of, in_turn
from services.survey.credit.queries import appeal_of, entry_of
from services.survey.credit.tables import CreditConsequence, CreditGrade
from services.survey.deed import DeedDep


async def entry_to_appeal(entry_id: UUID, deed: DeedDep) -> Filed:
    """Raises CreditEntryNotFound or NotYourAppeal."""
    filed = await entry_of(deed.session, deed.actor, entry_id, locked=True)
    if not may_appeal(deed.actor, filed.entry.company_id, filed.entry.estate_id):
        raise NotYourAppeal
    return filed


async def appeal_to_read(appeal_id: UUID, deed: DeedDep) -> Filed:
    return await appeal_of(deed.session, deed.actor, appeal_id)


async def appeal_to_decide(appeal_id: UUID, deed: DeedDep) -> Filed:
    """Raises AppealNotFound, NotYourDecision or EnteredByYou."""
    filed = await appeal_of(deed.session, deed.actor, appeal_id, locked=True)
    if not may_decide_appeal(deed.actor, filed.entry.company_id, filed.entry.community):
        raise NotYourDecision
    refuse_own_entry(deed.actor, filed.entry.entered_by)
    return filed


async def grade_to_read(grade_id: UUID, deed: DeedDep) -> CreditGrade:
    return await grade_of(deed.session, deed.actor, grade_id)


async def grade_to_decide(grade_id: UUID, deed: DeedDep) -> CreditGrade:
    """Raises CreditGradeNotFound or NotYourDecision."""
    grade = await grade_of(deed.session, deed.actor, grade_id, locked=True)
    if not may_decide(deed.actor, grade.company_id, grade.place):
        raise NotYourDecision
    return grade


async def consequence_to_read(consequence_id: UUID, deed: DeedDep) -> CreditConsequence:
    return await consequence_of(deed.session, deed.actor, consequence_id)


async def consequence_to_decide(consequence_id: UUID, deed: DeedDep) -> CreditConsequence:
    """In the company's turn, as whatever it follows from is written. Raises ConsequenceNotFound or
    NotYourDecision.
    """
    seen = await consequence_of(deed.session, deed.actor, consequence_id)
    await in_turn(deed.session, seen.company_id)
    row = await consequence_of(deed.session, deed.actor, consequence_id, locked=True)
    if not may_decide(deed.actor, row.company_id, row.place):
        raise NotYourDecision
    return row


EntryToAppeal = Annotated[Filed, Depends(entry_to_appeal)]
AppealToRead = Annotated[Filed, Depends(appeal_to_read)]
AppealToDecide = Annotated[Filed, Depends(appeal_to_decide)]
GradeToRead = Annotated[CreditGrade, Depends(grade_to_read)]
GradeToDecide = Annotated[CreditGrade, Depends(grade_to_decide)]
ConsequenceToRead = Annotated[CreditConsequence, Depends(consequence_to_read)]
ConsequenceToDecide = Annotated[CreditConsequence, Depends(consequence_to_decide)]
