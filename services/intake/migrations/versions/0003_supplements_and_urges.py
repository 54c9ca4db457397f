"""Complaints are supplemented, withdrawn and urged."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("complaint", sa.Column("asked_version", sa.Integer(), nullable=True))
    op.add_column(
        "complaint", sa.Column("missing", postgresql.JSONB(astext_type=sa.Text()), nullable=True)
    )
    op.add_column(
        "complaint", sa.Column("supplement_until", sa.DateTime(timezone=True), nullable=True)
    )
    op.add_column("complaint", sa.Column("supplied_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "complaint", sa.Column("proofs", postgresql.JSONB(astext_type=sa.Text()), nullable=True)
    )
    op.add_column("complaint", sa.Column("urges", sa.Integer(), server_default="0", nullable=False))
    op.add_column("complaint", sa.Column("urged_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("complaint", "urged_at")
    op.drop_column("complaint", "urges")
    op.drop_column("complaint", "proofs")
    op.drop_column("complaint", "supplied_at")
    op.drop_column("complaint", "supplement_until")
    op.drop_column("complaint", "missing")
    op.drop_column("complaint", "asked_version")
