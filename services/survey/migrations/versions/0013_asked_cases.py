"""Up to which feedback of a case everybody was asked who is to be asked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "asked_case",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("feedback_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_asked_case")),
    )
    op.execute("INSERT INTO asked_case SELECT case_id, max(opened_at) FROM visit GROUP BY case_id")


def downgrade() -> None:
    op.drop_table("asked_case")
