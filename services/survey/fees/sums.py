"""Fees received of fees due, summed up for a place and a time (物业收费率, facts 2.11).

A report lies in a time when its whole quarter does; its newest version counts.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ColumnElement, Text, and_, case, cast, false, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.survey.fees.tables import FeeReport
from services.survey.indicators.domain.places import DIGITS, UNLIMITED, Level, Place, Reach
from services.survey.indicators.domain.shares import Share
from services.survey.indicators.domain.spans import Span

ALL = ""


async def fees_by(
    session: AsyncSession, span: Span, place: Place, by: Level | None, reach: Reach = UNLIMITED
) -> Mapping[str, Share]:
    """By code or id of a level; all of it under "" without one, and so is what lies in no known
    community.
    """
    key = _key_of(by).label("key")
    rows = await session.execute(
        select(key, func.sum(FeeReport.received_fen), func.sum(FeeReport.due_fen))
        .where(
            col(FeeReport.since) >= span.since,
            col(FeeReport.until) <= span.until,
            _of_place(place),
            _within(reach),
        )
        .group_by(key)
    )
    return {row[0]: Share(int(row[1]), int(row[2])) for row in rows}


def _key_of(by: Level | None) -> ColumnElement[str]:
    if by is None:
        return cast(ALL, Text)
    if by is Level.ESTATE:
        return cast(col(FeeReport.estate_id), Text)
    if by is Level.COMPANY:
        return cast(col(FeeReport.company_id), Text)
    known = func.length(col(FeeReport.community)) >= DIGITS[by]
    return case((known, func.left(col(FeeReport.community), DIGITS[by])), else_=ALL)


def _of_place(place: Place) -> ColumnElement[bool]:
    parts: list[ColumnElement[bool]] = [true()]
    if place.division is not None:
        parts.append(col(FeeReport.community).startswith(place.division, autoescape=True))
    if place.estate_id is not None:
        parts.append(col(FeeReport.estate_id) == place.estate_id)
    if place.company_id is not None:
        parts.append(col(FeeReport.company_id) == place.company_id)
    return and_(*parts)


def _within(reach: Reach) -> ColumnElement[bool]:
    parts: list[ColumnElement[bool]] = [true()]
    if reach.divisions is not None:
        starts = [
            col(FeeReport.community).startswith(each, autoescape=True) for each in reach.divisions
        ]
        parts.append(or_(false(), *starts))
    if reach.estates is not None:
        parts.append(col(FeeReport.estate_id).in_(sorted(reach.estates)))
    if reach.without:
        parts.append(col(FeeReport.company_id).not_in(sorted(reach.without)))
    return and_(*parts)
