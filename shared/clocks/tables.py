"""The clock table: one row per deadline, with a partial index on what still runs."""

from __future__ import annotations

from sqlalchemy import (
    ARRAY,
    Column,
    DateTime,
    Float,
    Index,
    Integer,
    Interval,
    MetaData,
    Table,
    Text,
    Uuid,
    text,
)

WHEN = DateTime(timezone=True)


def add_tables(metadata: MetaData) -> None:
    """`warned` is the share of the length last warned about. `next_at` is when the sweeper must
    look again: the next warning, or the due time. `generation` counts the due times so far.

    `ladder` are seconds after the due time at which the sweeper reports again while nobody has met
    the clock, `climbed` how many of them it has reported.

    `state` is RUNNING, PAUSED, MET or STOPPED. A breach is no state: a clock that was breached and
    met later has both times.
    """
    table = Table(
        "clock",
        metadata,
        Column("id", Uuid, primary_key=True),
        Column("subject_id", Uuid, nullable=False, index=True),
        Column("kind", Text, nullable=False),
        Column("state", Text, nullable=False),
        Column("generation", Integer, nullable=False, server_default="1"),
        Column("started_at", WHEN, nullable=False),
        Column("due_at", WHEN, nullable=False),
        Column("warnings", ARRAY(Float), nullable=False),
        Column("warned", Float, nullable=False, server_default="0"),
        Column("ladder", ARRAY(Integer), nullable=False, server_default="{}"),
        Column("climbed", Integer, nullable=False, server_default="0"),
        Column("next_at", WHEN),
        Column("paused_at", WHEN),
        Column("paused_total", Interval, nullable=False, server_default=text("'0'")),
        Column("met_at", WHEN),
        Column("breached_at", WHEN),
        Column("stopped_at", WHEN),
    )
    Index("ix_clock_next_at", table.c.next_at, postgresql_where=text("state = 'RUNNING'"))
    Index(
        "uq_clock_open",
        table.c.subject_id,
        table.c.kind,
        unique=True,
        postgresql_where=text("state IN ('RUNNING', 'PAUSED')"),
    )
