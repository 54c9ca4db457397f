"""Which version of a complaint was told last, and disputes apart from the narrative."""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

TEXT = sqlmodel.sql.sqltypes.AutoString()


def upgrade() -> None:
    op.add_column(
        "case_complaint",
        sa.Column("told_version", sa.Integer(), server_default="0", nullable=False),
    )
    op.add_column("case_complaint", sa.Column("redacted_version", sa.Integer(), nullable=True))
    op.add_column("case_complaint", sa.Column("disputes", TEXT, nullable=True))


def downgrade() -> None:
    for column in ("disputes", "redacted_version", "told_version"):
        op.drop_column("case_complaint", column)
