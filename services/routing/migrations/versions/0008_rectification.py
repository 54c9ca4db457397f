"""Rectifications by a date, and prompts to talk with a company."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rectification",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("estate_id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("demands", sa.String(), nullable=False),
        sa.Column("talk_held_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ordered_by", sa.Uuid(), nullable=False),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("proofs", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("proven_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("review", sa.String(), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("extended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("overdue", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rectification")),
    )
    op.create_index(
        op.f("ix_rectification_company_id"), "rectification", ["company_id"], unique=False
    )
    op.create_index(op.f("ix_rectification_division"), "rectification", ["division"], unique=False)
    op.create_table(
        "talk_prompt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("estate_id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.String(), nullable=False),
        sa.Column("reopened", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talk_prompt")),
    )
    op.create_index(op.f("ix_talk_prompt_division"), "talk_prompt", ["division"], unique=False)
    op.create_index(op.f("ix_talk_prompt_estate_id"), "talk_prompt", ["estate_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_talk_prompt_estate_id"), table_name="talk_prompt")
    op.drop_index(op.f("ix_talk_prompt_division"), table_name="talk_prompt")
    op.drop_table("talk_prompt")
    op.drop_index(op.f("ix_rectification_division"), table_name="rectification")
    op.drop_index(op.f("ix_rectification_company_id"), table_name="rectification")
    op.drop_table("rectification")
