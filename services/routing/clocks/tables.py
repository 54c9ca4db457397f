"""The working calendar as the operator may edit it (facts 2.8); clock rows are shared/clocks'."""

from __future__ import annotations

from datetime import date

from sqlmodel import Field

from services.routing.tables import Table


class CalendarDay(Table, table=True):
    """Says of one date whether it is worked; wins over the published calendar."""

    __tablename__ = "calendar_day"

    day: date = Field(primary_key=True)
    worked: bool
    note: str = ""


class CalendarYear(Table, table=True):
    """A year the operator has entered completely, so that it is no longer provisional."""

    __tablename__ = "calendar_year"

    year: int = Field(primary_key=True)
