"""What a city's text messages of one day have cost."""

from __future__ import annotations

from sqlmodel import Field

from services.notify.tables import Table


class TextBudget(Table, table=True):
    """`id` is `<city>/<date>`; `spent` in 分; `warned` is the percentage last told of."""

    __tablename__ = "text_budget"

    id: str = Field(primary_key=True)
    spent: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    warned: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
