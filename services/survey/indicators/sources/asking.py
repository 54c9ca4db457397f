"""What a source is asked, and where that lies among the facts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, cast, false, func, or_, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.survey.indicators.domain.formulas import Code
from services.survey.indicators.domain.places import (
    DIGITS,
    UNLIMITED,
    Level,
    Place,
    Reach,
)
from services.survey.indicators.domain.shares import Share
from services.survey.indicators.domain.spans import Span
from services.survey.indicators.tables import CaseFact

ALL = ""  # the key of the one sum, where nothing is grouped

Found = Mapping[str, Mapping[Code, Share]]


@dataclass(frozen=True)
class Ask:
    """The figures of a place and a time, summed up, or `by` a level below it."""

    span: Span
    place: Place
    by: Level | None = None
    reach: Reach = UNLIMITED


Source = Callable[[AsyncSession, Ask, Sequence[Code]], Awaitable[Found]]


def key_of(by: Level | None) -> ColumnElement[str]:
    """What facts are grouped by, as text; where it is not known, an empty one."""
    if by is None:
        return cast(ALL, Text)
    columns: dict[Level, Any] = {
        Level.CITY: func.left(col(CaseFact.county), DIGITS[Level.CITY]),
        Level.COUNTY: col(CaseFact.county),
        Level.STREET: col(CaseFact.division),
        Level.COMMUNITY: col(CaseFact.community),
        Level.ESTATE: cast(col(CaseFact.estate_id), Text),
        Level.COMPANY: cast(col(CaseFact.company_id), Text),
    }
    return func.coalesce(columns[by], ALL)


def lies_in(ask: Ask) -> ColumnElement[bool]:
    """Within the place, and within what the reader sees of it."""
    return and_(_of_place(ask.place), visible_within(ask.reach))


def visible_within(reach: Reach) -> ColumnElement[bool]:
    """Own divisions or estates, without the companies one has a stake in (A13)."""
    parts: list[ColumnElement[bool]] = [true()]
    if reach.divisions is not None:
        parts.append(or_(false(), *map(in_division, reach.divisions)))
    if reach.estates is not None:
        parts.append(col(CaseFact.estate_id).in_(sorted(reach.estates)))
    if reach.without:
        company = col(CaseFact.company_id)
        parts.append(or_(company.is_(None), company.not_in(sorted(reach.without))))
    return and_(*parts)


def in_division(code: str) -> ColumnElement[bool]:
    """Whole levels are compared as such, so that an index finds them."""
    whole: dict[int, Any] = {
        DIGITS[Level.COUNTY]: CaseFact.county,
        DIGITS[Level.STREET]: CaseFact.division,
        DIGITS[Level.COMMUNITY]: CaseFact.community,
    }
    digits = len(code)
    if digits in whole:
        return col(whole[digits]) == code
    column = next((whole[each] for each in sorted(whole) if digits < each), CaseFact.community)
    return col(column).startswith(code, autoescape=True)


def during(column: Any, span: Span) -> ColumnElement[bool]:
    return and_(col(column) >= span.since, col(column) < span.until)


def _of_place(place: Place) -> ColumnElement[bool]:
    parts: list[ColumnElement[bool]] = [true()]
    if place.division is not None:
        parts.append(in_division(place.division))
    if place.estate_id is not None:
        parts.append(col(CaseFact.estate_id) == place.estate_id)
    if place.company_id is not None:
        parts.append(col(CaseFact.company_id) == place.company_id)
    return and_(*parts)
