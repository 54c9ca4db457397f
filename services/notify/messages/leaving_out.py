"""Who was thought of and is not told: kept beside the messages, so that it can be explained."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.notify.copies.tables import ComplaintCopy, OwnerCopy
from services.notify.messages.domain.leaving_out import LeftOut, Why
from services.notify.messages.domain.recipient import Recipient, RecipientKind
from services.notify.messages.recipients import ANOTHER
from services.notify.messages.tables import NotTold
from shared.contracts.event import Event
from shared.contracts.intake import ComplaintEvent, ComplaintState
from shared.contracts.routing import CaseEvent, ComplaintsJoined, PartiesEvent
from shared.ids import new_id

OWNERS = frozenset({"OWNER", "PARTIES"})
COMPANIES = frozenset({"SITE_OFFICE", "PARTIES"})


async def closed_accounts(
    session: AsyncSession, recipients: Iterable[Recipient]
) -> frozenset[UUID]:
    """Owners among them who have left; nothing is written for them any more."""
    owners = [each.id for each in recipients if each.kind is RecipientKind.OWNER]
    wanted = select(OwnerCopy.id).where(col(OwnerCopy.id).in_(owners), ~col(OwnerCopy.active))
    return frozenset((await session.execute(wanted)).scalars())


async def left_out(
    session: AsyncSession, to: Sequence[str], event: Event, told: Sequence[Recipient]
) -> list[LeftOut]:
    """Apart from closed accounts."""
    meant = frozenset(to)
    found = [*_companies(meant, event)]
    if meant & OWNERS:
        complaints = await _complaints(session, event)
        found += [each for complaint in complaints for each in _reporters(complaint)]
    if not found and not told:
        found.append(LeftOut(Why.NOBODY_THERE, event.about.id))
    return found


async def note(session: AsyncSession, occasion: dict[str, Any], left: Iterable[LeftOut]) -> None:
    """Once, however often the event is told."""
    for each in left:
        row = insert(NotTold).values(
            id=new_id(), reason=each.reason, about_id=each.about_id, **occasion
        )
        await session.execute(row.on_conflict_do_nothing())


async def _complaints(
    session: AsyncSession, event: Event
) -> Sequence[ComplaintState | ComplaintCopy]:
    if isinstance(event, ComplaintEvent):
        return [event.complaint]
    if not isinstance(event, CaseEvent):
        return []
    ids = event.joined if isinstance(event, ComplaintsJoined) else event.case.complaint_ids
    wanted = select(ComplaintCopy).where(col(ComplaintCopy.id).in_(ids))
    return (await session.execute(wanted)).scalars().all()


def _reporters(complaint: ComplaintState | ComplaintCopy) -> Iterator[LeftOut]:
    if complaint.anonymous:
        yield LeftOut(Why.ANONYMOUS, complaint.id)
    elif complaint.owner_id is None:
        yield LeftOut(Why.NO_ACCOUNT, complaint.id)


def _companies(meant: frozenset[str], event: Event) -> Iterator[LeftOut]:
    if not isinstance(event, CaseEvent) or not meant & COMPANIES:
        return
    if isinstance(event, PartiesEvent) and event.respondent == ANOTHER and "PARTIES" in meant:
        yield LeftOut(Why.AMONG_NEIGHBOURS, event.case.id)
    elif event.case.company_id is None:
        yield LeftOut(Why.NO_COMPANY, event.case.id)
