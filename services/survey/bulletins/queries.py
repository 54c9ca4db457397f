"""Reading editions: staff start from what they may see, the public from what was published."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Result, Row, Select, exists, false, func, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlmodel import col

from services.survey.bulletins.domain.content import Kind
from services.survey.bulletins.domain.gathered import Gathered
from services.survey.bulletins.domain.lifecycle import UNDER_WAY, EditionStatus
from services.survey.bulletins.domain.policies import places_of
from services.survey.bulletins.tables import Bulletin, Edition
from shared.errors import NotFound
from shared.identity import Actor
from shared.web.paging import PageRequest, cursor_key


class EditionNotFound(NotFound):
    """There is no such edition, or it is not public and none of yours."""

    code = "EDITION_NOT_FOUND"
    chinese = "未找到该期通报（报告），或您无权查看。"


@dataclass(frozen=True)
class Wanted:
    """Which bulletins a list is asked for; `division` is a prefix."""

    kind: Kind | None = None
    period: str | None = None
    division: str | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        found = []
        if self.kind is not None:
            found.append(col(Bulletin.kind) == self.kind)
        if self.period is not None:
            found.append(col(Bulletin.period) == self.period)
        if self.division is not None:
            found.append(col(Bulletin.division).startswith(self.division, autoescape=True))
        return found


Issued = Row[Edition, Bulletin]
IN_TURN = text("SELECT pg_advisory_xact_lock(hashtextextended(:period, 4))")


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Drafts and what became of them, of the own places."""
    starts = [
        col(Bulletin.division).startswith(place, autoescape=True) for place in places_of(actor)
    ]
    return or_(false(), *starts)


async def page_of(
    session: AsyncSession, actor: Actor, page: PageRequest, wanted: Wanted
) -> Sequence[Issued]:
    """Every edition, newest first."""
    return await _page(session, _issued().where(visible_to(actor), *wanted.conditions()), page)


async def edition_of(
    session: AsyncSession, actor: Actor, edition_id: UUID, *, lock: bool = False
) -> tuple[Edition, Bulletin]:
    """Raises EditionNotFound."""
    found = _issued().where(col(Edition.id) == edition_id, visible_to(actor))
    return _one(await session.execute(found.with_for_update() if lock else found))


async def edition_under_way(session: AsyncSession, bulletin_id: UUID) -> Edition | None:
    rows = await session.execute(
        select(Edition).where(
            col(Edition.bulletin_id) == bulletin_id, col(Edition.state).in_(UNDER_WAY)
        )
    )
    return rows.scalar_one_or_none()


async def published_editions(session: AsyncSession, bulletin_id: UUID) -> Sequence[Edition]:
    """Oldest first."""
    rows = await session.execute(
        select(Edition)
        .where(
            col(Edition.bulletin_id) == bulletin_id,
            col(Edition.state) == EditionStatus.PUBLISHED,
        )
        .order_by(col(Edition.number))
    )
    return rows.scalars().all()


async def published_figures(session: AsyncSession, period: str) -> list[Gathered]:
    """What all published bulletins of a period were computed from, in all their editions."""
    rows = await session.execute(
        select(col(Edition.gathered))
        .join(Bulletin, col(Edition.bulletin_id) == col(Bulletin.id))
        .where(
            col(Edition.state) == EditionStatus.PUBLISHED,
            col(Bulletin.kind) == Kind.BULLETIN,
            col(Bulletin.period) == period,
        )
    )
    return [_gathered(row.gathered) for row in rows]


def gathered_of(edition: Edition) -> Gathered:
    return _gathered(edition.gathered)


async def publish_in_turn(session: AsyncSession, period: str) -> None:
    """Bulletins of one period are published one after the other."""
    await session.execute(IN_TURN, {"period": f"bulletin/{period}"})


async def current_editions(
    session: AsyncSession, page: PageRequest, wanted: Wanted
) -> Sequence[Issued]:
    """What is public, each bulletin in its newest edition, newest first."""
    later = aliased(Edition)
    superseded = exists().where(
        col(later.bulletin_id) == col(Edition.bulletin_id),
        col(later.number) > col(Edition.number),
        col(later.state) == EditionStatus.PUBLISHED,
    )
    return await _page(session, _published().where(~superseded, *wanted.conditions()), page)


async def current_of(
    session: AsyncSession, kind: Kind, period: str, division: str
) -> Edition | None:
    """The newest public edition about exactly that."""
    found = _published().where(
        col(Bulletin.kind) == kind,
        col(Bulletin.period) == period,
        col(Bulletin.division) == division,
    )
    row = (await session.execute(found.order_by(col(Edition.number).desc()).limit(1))).first()
    return row.Edition if row else None


async def published_edition(
    session: AsyncSession, bulletin_id: UUID, number: int
) -> tuple[Edition, Bulletin]:
    """Raises EditionNotFound."""
    found = _published().where(
        col(Edition.bulletin_id) == bulletin_id, col(Edition.number) == number
    )
    return _one(await session.execute(found))


async def published_issues(session: AsyncSession, bulletin_id: UUID) -> Sequence[Issued]:
    """Of one bulletin, oldest first. Raises EditionNotFound if there is none."""
    wanted = _published().where(col(Edition.bulletin_id) == bulletin_id)
    found = (await session.execute(wanted.order_by(col(Edition.number)))).all()
    if not found:
        raise EditionNotFound
    return found


async def newest_number(session: AsyncSession, bulletin_id: UUID) -> int:
    """Of the published editions."""
    rows = await session.execute(
        select(func.max(col(Edition.number))).where(
            col(Edition.bulletin_id) == bulletin_id,
            col(Edition.state) == EditionStatus.PUBLISHED,
        )
    )
    return rows.scalar_one()


def _issued() -> Select[Edition, Bulletin]:
    return select(Edition, Bulletin).join(Bulletin, col(Edition.bulletin_id) == col(Bulletin.id))


def _published() -> Select[Edition, Bulletin]:
    return _issued().where(col(Edition.state) == EditionStatus.PUBLISHED)


async def _page(
    session: AsyncSession, found: Select[Edition, Bulletin], page: PageRequest
) -> Sequence[Issued]:
    if page.after is not None:
        found = found.where(col(Edition.id) < cursor_key(page.after, UUID)[0])
    rows = await session.execute(found.order_by(col(Edition.id).desc()).limit(page.limit + 1))
    return rows.all()


def _one(rows: Result[Edition, Bulletin]) -> tuple[Edition, Bulletin]:
    found = rows.one_or_none()
    if found is None:
        raise EditionNotFound
    return found.Edition, found.Bulletin


def _gathered(stored: Mapping[str, Any]) -> Gathered:
    return Gathered.model_validate_json(json.dumps(stored))
