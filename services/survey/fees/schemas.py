"""Request and response bodies of fee reports. Amounts are in fen (分)."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.survey.times import Moment
from shared.web.body import Body

LARGEST = 2**53 - 1  # what every JSON reader holds exactly

Fen = Annotated[int, Field(ge=0, le=LARGEST)]


class FeeReportIn(Body):
    """`period` is a quarter that is over, e.g. 2026-Q1."""

    estate_id: UUID
    period: Annotated[str, Field(min_length=7, max_length=7)]
    due_fen: Fen
    received_fen: Fen


class FeeCorrectionIn(Body):
    """`replaces` is the version that was read, so that no correction overwrites another."""

    replaces: Annotated[int, Field(ge=1, le=1_000_000)]
    due_fen: Fen
    received_fen: Fen
    reason: Annotated[str, Field(min_length=1, max_length=300)]


class FeeReportOut(BaseModel):
    """`percent` is 物业收费率, “—” where nothing was due; `late` says that the first report came
    after `due_at`.
    """

    id: UUID
    version: int
    estate_id: UUID
    estate_name: str
    company_id: UUID
    division: str
    period: str
    due_fen: int
    received_fen: int
    percent: str
    due_at: Moment
    reported_at: Moment
    late: bool


class FeeVersionOut(BaseModel):
    version: int
    due_fen: int
    received_fen: int
    percent: str
    reason: str | None
    reported_at: Moment


class FeeReportDetail(FeeReportOut):
    """Every version, the oldest first; the newest is the one that counts."""

    versions: list[FeeVersionOut]


class MissingReportOut(BaseModel):
    """A company served the estate in the quarter and has not reported; `overdue` after `due_at`."""

    estate_id: UUID
    estate_name: str
    company_id: UUID
    division: str
    period: str
    due_at: Moment
    overdue: bool
