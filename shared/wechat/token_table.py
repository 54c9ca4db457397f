"""The table of access tokens: one row per appid, for all processes of a service."""

from __future__ import annotations

from sqlalchemy import Column, DateTime, Integer, MetaData, Table, Text

NAME = "wechat_token"


def add_tables(metadata: MetaData) -> None:
    """Adds wechat_token; `value` is ciphertext, the other columns are those of StoredToken."""
    Table(
        NAME,
        metadata,
        Column("appid", Text, primary_key=True),
        Column("value", Text, nullable=False),
        Column("expires_at", DateTime(timezone=True), nullable=False),
        Column("version", Integer, nullable=False),
        Column("forced_at", DateTime(timezone=True)),
    )
