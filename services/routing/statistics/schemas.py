"""Figures, each share with its numerator and denominator."""

from __future__ import annotations

from decimal import Decimal

from pydantic import BaseModel

from services.routing.times import Moment


class ShareOut(BaseModel):
    """`percent` is null where there is nothing to divide by; people read “—”."""

    numerator: int
    denominator: int
    percent: Decimal | None


class FiguresOut(BaseModel):
    """`place` is a division code, or an estate's id with its name."""

    place: str
    name: str | None
    accepted: int
    open: int
    overdue: int
    closed: int
    closed_of_accepted: ShareOut
    small_closed_at_community: ShareOut
    closed_within_street: ShareOut


class CaseFiguresOut(BaseModel):
    """The cases accepted from `since` to before `until`, as far as the reader sees them."""

    since: Moment
    until: Moment
    items: list[FiguresOut]


class StreetOut(BaseModel):
    code: str
    has_office: bool
    staff_count: int | None
    warning: bool


class StreetOfficesOut(BaseModel):
    """A15: how many streets have an active property office."""

    coverage: ShareOut
    items: list[StreetOut]
