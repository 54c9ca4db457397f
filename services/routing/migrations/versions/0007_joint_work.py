"""Meetings and enforcement of several units, and the cases they were about."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "joint_work",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("division", sa.String(), nullable=False),
        sa.Column("units", postgresql.JSONB(), nullable=True),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joint_work")),
    )
    op.create_index("ix_joint_work_division", "joint_work", ["division"])
    op.create_table(
        "joint_work_case",
        sa.Column("joint_work_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_joint_work_case_case_id")),
        sa.ForeignKeyConstraint(
            ["joint_work_id"], ["joint_work.id"], name=op.f("fk_joint_work_case_joint_work_id")
        ),
        sa.PrimaryKeyConstraint("joint_work_id", "case_id", name=op.f("pk_joint_work_case")),
    )
    op.create_index("ix_joint_work_case_case_id", "joint_work_case", ["case_id"])


def downgrade() -> None:
    op.drop_table("joint_work_case")
    op.drop_table("joint_work")
