"""A proposal keeps the likeliest categories and how sure its grade is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("grading", sa.Column("grade_confidence", sa.Float(), nullable=True))
    op.add_column(
        "grading",
        sa.Column(
            "alternatives",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default="[]",
            nullable=False,
        ),
    )


def downgrade() -> None:
    op.drop_column("grading", "alternatives")
    op.drop_column("grading", "grade_confidence")
