"""The entries with their chain, and the signed checkpoints."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    Index,
    LargeBinary,
    MetaData,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB


def add_tables(metadata: MetaData) -> None:
    """Adds audit_entry and audit_checkpoint; `install_guards` makes them append-only."""
    _entries(metadata)
    Table(
        "audit_checkpoint",
        metadata,
        Column("sequence", BigInteger, primary_key=True, autoincrement=False),
        Column("log", Text, nullable=False),
        Column("hash", LargeBinary, nullable=False),
        Column("count", BigInteger, nullable=False),
        Column("at", DateTime(timezone=True), nullable=False),
        Column("key_id", Text, nullable=False),
        Column("signature", LargeBinary, nullable=False),
    )


def _entries(metadata: MetaData) -> None:
    entry = Table(
        "audit_entry",
        metadata,
        Column("id", Uuid, primary_key=True),
        Column("at", DateTime(timezone=True), nullable=False),
        Column("actor_id", Uuid, nullable=False),
        Column("actor_end", Text, nullable=False),
        Column("action", Text, nullable=False),
        Column("subject_type", Text, nullable=False),
        Column("subject_id", Text, nullable=False, index=True),
        Column("details", JSONB, nullable=False, server_default=text("'{}'")),
        Column("reason", Text),
        Column("sequence", BigInteger),
        Column("prev_hash", LargeBinary),
        Column("hash", LargeBinary),
        CheckConstraint("num_nulls(sequence, prev_hash, hash) IN (0, 3)", name="sealed_as_a_whole"),
    )
    Index("ix_audit_entry_unsealed", entry.c.id, postgresql_where=entry.c.sequence.is_(None))
    Index(
        "uq_audit_entry_sequence",
        entry.c.sequence,
        unique=True,
        postgresql_where=entry.c.sequence.is_not(None),
    )
