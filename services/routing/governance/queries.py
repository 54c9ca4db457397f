"""Reads of what the centre recorded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, distinct, false, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.routing.cases.domain.lifecycle import Action
from services.routing.cases.domain.reach import reach_of
from services.routing.cases.queries import visible_to
from services.routing.cases.tables import Case, CaseEntry
from services.routing.governance.domain.joint_work import JointWorkNotFound
from services.routing.governance.domain.rectification import (
    Cause,
    RectificationNotFound,
    TalkPromptNotFound,
)
from services.routing.governance.tables import JointWork, JointWorkCase, Rectification, TalkPrompt
from shared.identity import Actor
from shared.web.paging import PageRequest, cursor_key


def joint_work_visible_to(actor: Actor) -> ColumnElement[bool]:
    """Own place, or the own unit took part."""
    starts = [
        col(JointWork.division).startswith(place, autoescape=True)
        for place in reach_of(actor).places
    ]
    mine: ColumnElement[bool] = false()
    if actor.organisation_id is not None:
        mine = col(JointWork.units).contains([{"id": str(actor.organisation_id)}])
    return or_(false(), *starts, mine)


async def page_of_joint_work(
    session: AsyncSession, actor: Actor, page: PageRequest
) -> Sequence[JointWork]:
    wanted = select(JointWork).where(joint_work_visible_to(actor))
    if page.after is not None:
        wanted = wanted.where(col(JointWork.id) < cursor_key(page.after, UUID)[0])
    rows = await session.execute(wanted.order_by(col(JointWork.id).desc()).limit(page.limit + 1))
    return rows.scalars().all()


async def joint_work_of(session: AsyncSession, actor: Actor, work_id: UUID) -> JointWork:
    """Raises JointWorkNotFound."""
    found = await session.execute(
        select(JointWork).where(col(JointWork.id) == work_id, joint_work_visible_to(actor))
    )
    work = found.scalar()
    if work is None:
        raise JointWorkNotFound
    return work


async def cases_of_works(
    session: AsyncSession, actor: Actor, work_ids: Sequence[UUID]
) -> dict[UUID, list[Case]]:
    """Those of them that the reader can see, by joint work, with one statement."""
    rows = await session.execute(
        select(col(JointWorkCase.joint_work_id), Case)
        .join(Case, col(JointWorkCase.case_id) == col(Case.id))
        .where(col(JointWorkCase.joint_work_id).in_(work_ids), visible_to(actor))
        .order_by(col(Case.number))
    )
    found: dict[UUID, list[Case]] = {}
    for work_id, case in rows:
        found.setdefault(work_id, []).append(case)
    return found


def rectification_visible_to(actor: Actor) -> ColumnElement[bool]:
    """Own place, or the own company at an estate it serves."""
    reach = reach_of(actor)
    starts = [
        col(Rectification.division).startswith(place, autoescape=True) for place in reach.places
    ]
    companies = [company for company in reach.companies if company is not None]
    own = and_(
        col(Rectification.company_id).in_(companies),
        col(Rectification.estate_id).in_(sorted(reach.estates)),
    )
    return or_(false(), *starts, own)


async def page_of_rectifications(
    session: AsyncSession, actor: Actor, page: PageRequest
) -> Sequence[Rectification]:
    wanted = select(Rectification).where(rectification_visible_to(actor))
    if page.after is not None:
        wanted = wanted.where(col(Rectification.id) < cursor_key(page.after, UUID)[0])
    ordered = wanted.order_by(col(Rectification.id).desc()).limit(page.limit + 1)
    return (await session.execute(ordered)).scalars().all()


async def rectification_of(
    session: AsyncSession, actor: Actor, id: UUID, *, for_update: bool
) -> Rectification:
    """Raises RectificationNotFound."""
    wanted = select(Rectification).where(
        col(Rectification.id) == id, rectification_visible_to(actor)
    )
    row = (await session.execute(wanted.with_for_update() if for_update else wanted)).scalar()
    if row is None:
        raise RectificationNotFound
    return row


async def reopened_since(
    session: AsyncSession, company_id: UUID, estate_id: UUID, since: datetime
) -> int:
    """How many cases of the company in the estate came back (T32, T33)."""
    found = await session.execute(
        select(func.count(distinct(col(CaseEntry.case_id))))
        .join(Case, col(Case.id) == col(CaseEntry.case_id))
        .where(
            col(Case.company_id) == company_id,
            col(Case.estate_id) == estate_id,
            col(CaseEntry.action) == Action.REOPEN.name,
            col(CaseEntry.at) >= since,
        )
    )
    return found.scalar_one()


async def prompted_since(
    session: AsyncSession, company_id: UUID, estate_id: UUID, since: datetime
) -> bool:
    found = await session.execute(
        select(col(TalkPrompt.id)).where(
            col(TalkPrompt.company_id) == company_id,
            col(TalkPrompt.estate_id) == estate_id,
            col(TalkPrompt.cause) == Cause.REOPENED_CASES,
            col(TalkPrompt.at) >= since,
        )
    )
    return found.first() is not None


def prompt_visible_to(actor: Actor) -> ColumnElement[bool]:
    """For the desks of the place; a company does not read who is about to call."""
    starts = [
        col(TalkPrompt.division).startswith(place, autoescape=True)
        for place in reach_of(actor).places
    ]
    return or_(false(), *starts)


async def page_of_prompts(
    session: AsyncSession, actor: Actor, page: PageRequest
) -> Sequence[TalkPrompt]:
    wanted = select(TalkPrompt).where(prompt_visible_to(actor))
    if page.after is not None:
        wanted = wanted.where(col(TalkPrompt.id) < cursor_key(page.after, UUID)[0])
    rows = await session.execute(wanted.order_by(col(TalkPrompt.id).desc()).limit(page.limit + 1))
    return rows.scalars().all()


async def prompt_of(session: AsyncSession, actor: Actor, prompt_id: UUID) -> TalkPrompt:
    """Locked. Raises TalkPromptNotFound."""
    wanted = select(TalkPrompt).where(col(TalkPrompt.id) == prompt_id, prompt_visible_to(actor))
    prompt = (await session.execute(wanted.with_for_update())).scalar()
    if prompt is None:
        raise TalkPromptNotFound
    return prompt


async def is_prompted_by(session: AsyncSession, survey_id: UUID) -> bool:
    found = await session.execute(
        select(col(TalkPrompt.id)).where(col(TalkPrompt.survey_id) == survey_id)
    )
    return found.first() is not None


async def is_prompted_in(
    session: AsyncSession, company_id: UUID, estate_id: UUID, half_year: str | None
) -> bool:
    """Whether a low score or a poor evaluation of the half-year prompted a talk (E07, E26)."""
    if half_year is None:
        return False
    found = await session.execute(
        select(col(TalkPrompt.id)).where(
            col(TalkPrompt.company_id) == company_id,
            col(TalkPrompt.estate_id) == estate_id,
            col(TalkPrompt.period) == half_year,
        )
    )
    return found.first() is not None
