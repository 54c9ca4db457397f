"""The base of intake's tables; the tables themselves stand with the capability they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.database import new_table_base
from shared.mechanisms import add_tables
from shared.wechat import token_table

if TYPE_CHECKING:
    from sqlmodel import SQLModel as Table
else:
    Table = new_table_base()

__all__ = ["Table"]

add_tables(Table.metadata)
token_table.add_tables(Table.metadata)
