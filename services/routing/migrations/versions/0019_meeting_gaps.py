"""Cycles of meetings that nobody recorded."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "meeting_gap",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("convenor_id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("cycle", sa.String(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("noticed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["convenor_id"], ["organisation.id"], name=op.f("fk_meeting_gap_convenor_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_gap")),
        sa.UniqueConstraint(
            "convenor_id", "first_day", name=op.f("uq_meeting_gap_convenor_id_first_day")
        ),
    )
    op.create_index(op.f("ix_meeting_gap_division"), "meeting_gap", ["division"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_meeting_gap_division"), table_name="meeting_gap")
    op.drop_table("meeting_gap")
