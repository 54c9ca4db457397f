"""Who is told, in the inbox, of calls that wait (CK-14), grades (E16) and poor years (E27)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.notify.copies.tables import CaseCopy, EstateCopy, OrganisationCopy, StaffCopy
from services.notify.deed import Deed
from services.notify.messages.commands.noting import Note, note
from services.notify.messages.desks import at_desk
from services.notify.messages.domain.governance_facts import UNNAMED
from services.notify.messages.domain.recipient import Recipient
from services.notify.messages.domain.survey_notes import (
    CALL_WAITING,
    CREDIT_GRADE,
    CREDIT_GRADE_WITHDRAWN,
    DISMISSAL_GUIDANCE,
    DISMISSAL_GUIDANCE_WITHDRAWN,
    SurveyNote,
    callers_desks,
    of_call,
    of_grade,
    of_guidance,
    of_withdrawn_grade,
    of_withdrawn_guidance,
)
from services.notify.messages.ladder import SEATS
from services.notify.messages.places import At
from services.notify.messages.staffing import at_seat, staff_of
from shared.contracts import Envelope
from shared.contracts.survey import CreditGradeState, DismissalGuidanceState, VisitState
from shared.divisions import COUNTY_DIGITS
from shared.errors import TryLater
from shared.rulebook import Desk


async def tell_of_call(deed: Deed, visit: VisitState, envelope: Envelope) -> None:
    """Nothing of the case is said: who may call reads it there.

    Raises TryLater while the case is not known here.
    """
    case = await deed.session.get(CaseCopy, visit.case_id)
    if case is None:
        raise TryLater
    callers = await _callers(deed.session, case)
    body = of_call(deed.runtime.rulebooks.in_force_at(deed.at))
    await note(deed, _said(CALL_WAITING, body, envelope, visit.case_id), callers)


async def tell_of_grade(deed: Deed, grade: CreditGradeState, envelope: Envelope) -> None:
    book = deed.runtime.rulebooks.in_force_at(deed.at)
    body = of_grade(grade, await _name_of(deed.session, grade.company_id), book)
    told = await _concerned(deed.session, grade.company_id)
    await note(deed, _said(CREDIT_GRADE, body, envelope), told)


async def tell_of_withdrawn_grade(deed: Deed, grade: CreditGradeState, envelope: Envelope) -> None:
    book = deed.runtime.rulebooks.in_force_at(deed.at)
    body = of_withdrawn_grade(grade, await _name_of(deed.session, grade.company_id), book)
    told = await _concerned(deed.session, grade.company_id)
    await note(deed, _said(CREDIT_GRADE_WITHDRAWN, body, envelope), told)


async def tell_of_guidance(
    deed: Deed, guidance: DismissalGuidanceState, envelope: Envelope
) -> None:
    book = deed.runtime.rulebooks.in_force_at(deed.at)
    body = of_guidance(guidance, await _name_of(deed.session, guidance.company_id), book)
    told = await _assistants(deed.session, guidance)
    await note(deed, _said(DISMISSAL_GUIDANCE, body, envelope), told)


async def tell_of_withdrawn_guidance(
    deed: Deed, guidance: DismissalGuidanceState, envelope: Envelope
) -> None:
    body = of_withdrawn_guidance(guidance, await _name_of(deed.session, guidance.company_id))
    told = await _assistants(deed.session, guidance)
    await note(deed, _said(DISMISSAL_GUIDANCE_WITHDRAWN, body, envelope), told)


async def _concerned(session: AsyncSession, company_id: UUID) -> list[Recipient]:
    """The company's people, and the bureau of every county in which they look after an estate."""
    return [*await staff_of(session, company_id), *await _bureaus_of(session, company_id)]


async def _assistants(session: AsyncSession, guidance: DismissalGuidanceState) -> list[Recipient]:
    """Of the assembly; the company is not told that it may be dismissed."""
    place = At(guidance.division, grid_code=guidance.community)
    found = [
        *await at_desk(session, "GRID_LEADER", place),
        *await at_desk(session, "STREET", place),
        *await at_seat(session, SEATS[Desk.COUNTY_HOUSING](guidance.division)),
    ]
    return await _without(session, found, guidance.company_id)


async def _callers(session: AsyncSession, case: CaseCopy) -> Sequence[Recipient]:
    """A13: nobody of the company, though they work in the grid; where nobody is left, the
    centre.
    """
    place = At(case.division, grid_code=case.grid_code)
    found: list[Recipient] = []
    for desk in callers_desks(case.grade, confidential=case.confidential):
        found += await at_desk(session, desk, place)
    return await _without(session, found, case.company_id) or await at_desk(
        session, "DISPATCHER", place
    )


async def _without(
    session: AsyncSession, people: Iterable[Recipient], company_id: UUID | None
) -> list[Recipient]:
    wanted = select(StaffCopy.id).where(col(StaffCopy.organisation_id) == company_id)
    own = frozenset((await session.execute(wanted)).scalars())
    return [each for each in people if each.id not in own]


async def _bureaus_of(session: AsyncSession, company_id: UUID) -> list[Recipient]:
    """By the estates of its people; without any, by where it is registered."""
    people = select(StaffCopy.estate_ids).where(
        col(StaffCopy.organisation_id) == company_id, col(StaffCopy.active)
    )
    estates = {each for ids in (await session.execute(people)).scalars() for each in ids}
    wanted = select(EstateCopy.division).where(col(EstateCopy.id).in_(estates))
    counties = {each[:COUNTY_DIGITS] for each in (await session.execute(wanted)).scalars()}
    if not counties:
        company = await session.get(OrganisationCopy, company_id)
        counties = {company.division[:COUNTY_DIGITS]} if company else set()
    found: list[Recipient] = []
    for county in sorted(counties):
        found += await at_seat(session, SEATS[Desk.COUNTY_HOUSING](county))
    return found


async def _name_of(session: AsyncSession, company_id: UUID) -> str:
    company = await session.get(OrganisationCopy, company_id)
    return company.display_name if company else UNNAMED["company_name"]


def _said(said: SurveyNote, body: str, envelope: Envelope, case_id: UUID | None = None) -> Note:
    return Note(
        id=envelope.id,
        about=said.event.name,
        code=said.code,
        title=said.title,
        phrase=said.phrase,
        body=body,
        case_id=case_id,
    )
