"""The other doors: replies to the hotline, its corrections and cursor, desks, sheets of letters."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TABLES = ("letter_sheet", "refused_order", "hotline_cursor", "hotline_correction", "hotline_reply")
DESK = sa.text("submitted_by IS NOT NULL")
NEWEST = (sa.text("submitted_at DESC"), sa.text("id DESC"))


def upgrade() -> None:
    op.add_column("building", sa.Column("grid_code", sa.String(), nullable=True))
    op.create_index(
        "ix_complaint_filed_by", "complaint", ["submitted_by", *NEWEST], postgresql_where=DESK
    )
    op.create_index(
        "ix_complaint_filed_for", "complaint", ["client_id", *NEWEST], postgresql_where=DESK
    )
    op.create_index(
        "ix_complaint_hotline_withdrawn",
        "complaint",
        ["id"],
        postgresql_where=sa.text("door = 'HOTLINE' AND state = 'WITHDRAWN'"),
    )
    _hotline()
    op.create_table(
        "letter_sheet",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        _moment("made_at"),
        _moment("expires_at"),
        sa.Column("rows", sa.Text(), nullable=False),
        sa.Column("preview", JSONB(), nullable=False),
        _moment("applied_at", nullable=True),
        sa.Column("outcome", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_sheet")),
    )
    op.create_index(op.f("ix_letter_sheet_made_by"), "letter_sheet", ["made_by"])


def _hotline() -> None:
    op.create_table(
        "hotline_reply",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("order_number", sa.String(), nullable=False),
        sa.Column("fact", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        _moment("at"),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        _moment("next_at"),
        _moment("claimed_until", nullable=True),
        _moment("taken_at", nullable=True),
        sa.Column("last_status", sa.Integer(), nullable=True),
        sa.Column("last_failure", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hotline_reply")),
        sa.UniqueConstraint(
            "complaint_id", "fact", name=op.f("uq_hotline_reply_complaint_id_fact")
        ),
    )
    op.create_index("ix_hotline_reply_of_order", "hotline_reply", ["order_number", "at"])
    op.create_index(
        "ix_hotline_reply_due",
        "hotline_reply",
        ["next_at"],
        postgresql_where=sa.text("state = 'WAITING'"),
    )
    op.create_table(
        "hotline_correction",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        _moment("received_at"),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hotline_correction")),
        sa.UniqueConstraint(
            "complaint_id",
            "fingerprint",
            name=op.f("uq_hotline_correction_complaint_id_fingerprint"),
        ),
    )
    op.create_table(
        "hotline_cursor",
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("cursor", sa.String(), nullable=True),
        _moment("next_at"),
        _moment("claimed_until", nullable=True),
        sa.PrimaryKeyConstraint("account", name=op.f("pk_hotline_cursor")),
    )
    op.create_table(
        "refused_order",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("order_number", sa.String(), nullable=True),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        _moment("first_at"),
        _moment("last_at"),
        _moment("settled_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refused_order")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_refused_order_fingerprint")),
    )
    op.create_index("ix_refused_order_number", "refused_order", ["order_number"])


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    for index in ("hotline_withdrawn", "filed_for", "filed_by"):
        op.drop_index(f"ix_complaint_{index}", table_name="complaint")
    op.drop_column("building", "grid_code")
    op.execute("""
        DELETE FROM estate WHERE id = '00000000-0000-7000-8000-000000000311'
        AND NOT EXISTS (SELECT FROM complaint WHERE estate_id = estate.id)
    """)
