"""Complaints wait to be accepted; those of a case are urged and withdrawn."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pending_complaint",
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("complaint", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("narrative", sa.String(), nullable=True),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("house_id", sa.Uuid(), nullable=True),
        sa.Column("division", sa.String(), nullable=False),
        sa.Column("place_code", sa.String(), nullable=False),
        sa.Column("grid_code", sa.String(), nullable=True),
        sa.Column("estate_id", sa.Uuid(), nullable=False),
        sa.Column("estate_name", sa.String(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=True),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("reasons", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("missing", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("overdue", sa.Boolean(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("refusal_reason", sa.String(), nullable=True),
        sa.Column("handed_over", sa.String(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("complaint_id", name=op.f("pk_pending_complaint")),
    )
    op.create_index(
        "ix_pending_complaint_place",
        "pending_complaint",
        ["place_code"],
        unique=False,
        postgresql_ops={"place_code": "text_pattern_ops"},
        postgresql_where=sa.text("state IN ('WAITING', 'INFO_REQUESTED')"),
    )
    op.add_column(
        "case_complaint", sa.Column("urges", sa.Integer(), nullable=False, server_default="0")
    )
    op.alter_column("case_complaint", "urges", server_default=None)
    op.add_column(
        "case_complaint", sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True)
    )


def downgrade() -> None:
    op.drop_column("case_complaint", "withdrawn_at")
    op.drop_column("case_complaint", "urges")
    op.drop_index(
        "ix_pending_complaint_place",
        table_name="pending_complaint",
        postgresql_ops={"place_code": "text_pattern_ops"},
        postgresql_where=sa.text("state IN ('WAITING', 'INFO_REQUESTED')"),
    )
    op.drop_table("pending_complaint")
