"""Figures, each share with its numerator and denominator."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

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


class DispatchesOut(BaseModel):
    """`returned` are dispatches that the unit gave back as not its own (T12), `late` those that the
    system signed for it (X04).
    """

    dispatched: int
    late: int
    returned: int


class UnitDispatchesOut(DispatchesOut):
    organisation_id: UUID
    name: str


class ChoiceDispatchesOut(DispatchesOut):
    """`chosen_by`: a rule by set and position, an entry of the rulebook, or a dispatcher."""

    chosen_by: str


class ReturnsOut(BaseModel):
    """`decided` were ruled on, `forced` stayed with the unit that objected (T13)."""

    organisation_id: UUID
    name: str
    reason: str
    returned: int
    decided: int
    forced: int


class DispatchFiguresOut(BaseModel):
    """What was sent to a lead, and given back, from `since` to before `until`, in cases that the
    reader sees.
    """

    since: Moment
    until: Moment
    units: list[UnitDispatchesOut]
    choices: list[ChoiceDispatchesOut]
    returns: list[ReturnsOut]


class StreetOut(BaseModel):
    code: str
    has_office: bool
    staff_count: int | None
    warning: bool


class StreetOfficesOut(BaseModel):
    """A15: how many streets have an active property office."""

    coverage: ShareOut
    items: list[StreetOut]
