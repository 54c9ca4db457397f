"""Reads of mediations, agreements and applications."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.routing.cases.casefile import CaseFile
from services.routing.cases.queries import reported_by, visible_to
from services.routing.mediation.domain.consent import Side
from services.routing.mediation.mediationfile import MediationFile
from services.routing.mediation.tables import (
    Agreement,
    Application,
    Mediation,
    Obligation,
    Party,
    Session,
)
from shared.errors import NotFound
from shared.identity import Actor, End


class MediationNotFound(NotFound):
    """This case has no mediation."""

    code = "MEDIATION_NOT_FOUND"
    chinese = "本案没有调解记录。"


class AgreementNotFound(NotFound):
    """This case has no agreement in force."""

    code = "AGREEMENT_NOT_FOUND"
    chinese = "本案没有有效的调解协议。"


class ApplicationNotFound(NotFound):
    """There is no such application, or it is addressed to another court."""

    code = "APPLICATION_NOT_FOUND"
    chinese = "没有这份司法确认申请，或申请不是向贵院提出的。"


def visible_to_party(actor: Actor) -> ColumnElement[bool]:
    """As staff see cases; an owner sees the own case through this door alone."""
    if actor.end is End.OWNER:
        return reported_by(actor.id)
    return visible_to(actor)


async def latest(session: AsyncSession, file: CaseFile) -> MediationFile:
    """The mediation under way, or the last one. Raises MediationNotFound."""
    found = await session.execute(
        select(Mediation)
        .where(col(Mediation.case_id) == file.case.id)
        .order_by(col(Mediation.requested_at).desc(), col(Mediation.id).desc())
        .limit(1)
    )
    mediation = found.scalar()
    if mediation is None:
        raise MediationNotFound
    rows = await session.execute(select(Party).where(col(Party.mediation_id) == mediation.id))
    return MediationFile(file, mediation, {Side(row.side): row for row in rows.scalars()})


async def sessions_of(session: AsyncSession, mediation_id: UUID) -> Sequence[Session]:
    rows = await session.execute(
        select(Session)
        .where(col(Session.mediation_id) == mediation_id)
        .order_by(col(Session.held_at), col(Session.id))
    )
    return rows.scalars().all()


async def agreement_of(session: AsyncSession, case_id: UUID) -> Agreement:
    """The agreement in force. Raises AgreementNotFound."""
    found = await session.execute(
        select(Agreement)
        .where(col(Agreement.case_id) == case_id, col(Agreement.ended_at).is_(None))
        .order_by(col(Agreement.id).desc())
        .limit(1)
    )
    agreement = found.scalar()
    if agreement is None:
        raise AgreementNotFound
    return agreement


async def obligations_of(session: AsyncSession, agreement_id: UUID) -> Sequence[Obligation]:
    rows = await session.execute(
        select(Obligation)
        .where(col(Obligation.agreement_id) == agreement_id)
        .order_by(col(Obligation.id))
    )
    return rows.scalars().all()


async def waiting_application(session: AsyncSession, agreement_id: UUID) -> Application | None:
    """The one that still lacks a party's consent."""
    found = await session.execute(
        select(Application).where(
            col(Application.agreement_id) == agreement_id, col(Application.stage) == "WAITING"
        )
    )
    return found.scalar()


async def application_for_court(
    session: AsyncSession, court_id: UUID, *where: ColumnElement[bool]
) -> Application:
    """Addressed to that court and really made (A07). Raises ApplicationNotFound."""
    found = await session.execute(
        select(Application).where(
            *where, col(Application.court_id) == court_id, col(Application.stage) != "WAITING"
        )
    )
    application = found.scalar()
    if application is None:
        raise ApplicationNotFound
    return application
