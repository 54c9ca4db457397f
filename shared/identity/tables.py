"""The tables of sign-in: sessions and their refresh tokens, revocations, counted attempts."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    Uuid,
)

MOMENT = DateTime(timezone=True)


def add_tables(metadata: MetaData) -> None:
    """Adds refresh_session, refresh_token, revoked_session and sign_in_attempt."""
    _sessions(metadata)
    _tokens(metadata)
    Table(
        "revoked_session",
        metadata,
        Column("session_id", Uuid, primary_key=True),
        Column("revoked_at", MOMENT, nullable=False),
        Column("until", MOMENT, nullable=False, index=True),
    )
    Table(
        "sign_in_attempt",
        metadata,
        Column("key_hash", LargeBinary, primary_key=True),
        Column("attempts", Integer, nullable=False),
        Column("window_ends_at", MOMENT, nullable=False, index=True),
    )


def _sessions(metadata: MetaData) -> None:
    table = Table(
        "refresh_session",
        metadata,
        Column("session_id", Uuid, primary_key=True),
        Column("subject_id", Uuid, nullable=False),
        Column("client_hash", LargeBinary, nullable=False),
        Column("opened_at", MOMENT, nullable=False),
        Column("idle_expires_at", MOMENT, nullable=False),
        Column("expires_at", MOMENT, nullable=False, index=True),
        Column("revoked_at", MOMENT),
        Column("revoked_because", Text),
    )
    Index(None, table.c.subject_id, postgresql_where=table.c.revoked_at.is_(None))


def _tokens(metadata: MetaData) -> None:
    Table(
        "refresh_token",
        metadata,
        Column("token_hash", LargeBinary, primary_key=True),
        Column(
            "session_id",
            ForeignKey("refresh_session.session_id", ondelete="CASCADE"),
            nullable=False,
            index=True,
        ),
        Column("issued_at", MOMENT, nullable=False),
        Column("rotated_at", MOMENT),
        Column("successor_salt", LargeBinary),
    )
