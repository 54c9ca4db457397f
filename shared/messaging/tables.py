"""The tables every service keeps for its messages."""

from __future__ import annotations

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Column,
    DateTime,
    Identity,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    Uuid,
    text,
)

NOW = text("clock_timestamp()")


def add_tables(metadata: MetaData) -> None:
    _outbox(metadata)
    _receipt(metadata)
    _inbox(metadata)
    _parked_message(metadata)


def _outbox(metadata: MetaData) -> None:
    """`settled_at`: every service of the audience has sent its receipt."""
    table = Table(
        "outbox",
        metadata,
        Column("position", BigInteger, Identity(), primary_key=True),
        Column("id", Uuid, nullable=False, unique=True),
        Column("type", Text, nullable=False),
        Column("audience", ARRAY(Text), nullable=False),
        Column("body", Text, nullable=False),
        Column("created_at", DateTime(timezone=True), nullable=False, server_default=NOW),
        Column("sent_at", DateTime(timezone=True)),
        Column("sends", Integer, nullable=False, server_default="0"),
        Column("settled_at", DateTime(timezone=True)),
    )
    Index("ix_outbox_unsent", table.c.position, postgresql_where=table.c.sent_at.is_(None))
    Index("ix_outbox_unsettled", table.c.sent_at, postgresql_where=table.c.settled_at.is_(None))


def _receipt(metadata: MetaData) -> None:
    Table(
        "receipt",
        metadata,
        Column("event_id", Uuid, primary_key=True),
        Column("service", Text, primary_key=True),
        Column("received_at", DateTime(timezone=True), nullable=False, server_default=NOW),
    )


def _inbox(metadata: MetaData) -> None:
    """One row per event and handler: attempts are counted here before the handler runs.

    `due_at`: not to be tried again before; null while no attempt has failed.
    """
    Table(
        "inbox",
        metadata,
        Column("event_id", Uuid, primary_key=True),
        Column("handler", Text, primary_key=True),
        Column("attempts", Integer, nullable=False, server_default="1"),
        Column("due_at", DateTime(timezone=True)),
        Column("received_at", DateTime(timezone=True), nullable=False, server_default=NOW),
        Column("handled_at", DateTime(timezone=True)),
        Column("parked_at", DateTime(timezone=True)),
    )


def _parked_message(metadata: MetaData) -> None:
    """`resolution` is REPLAY (asked for), REPLAYED or DISCARDED; open while null."""
    table = Table(
        "parked_message",
        metadata,
        Column("id", Uuid, primary_key=True),
        Column("event_id", Uuid),
        Column("handler", Text, nullable=False),
        Column("type", Text, nullable=False),
        Column("publisher", Text, nullable=False),
        Column("body", Text, nullable=False),
        Column("error", Text, nullable=False),
        Column("stack_hash", Text, nullable=False),
        Column("attempts", Integer, nullable=False),
        Column("parked_at", DateTime(timezone=True), nullable=False, server_default=NOW),
        Column("resolution", Text),
        Column("resolved_at", DateTime(timezone=True)),
    )
    Index(
        "ix_parked_message_open", table.c.parked_at, postgresql_where=table.c.resolution.is_(None)
    )
