"""Staff are known by role and division, so that a desk can be told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

COLUMNS = ("roles", "divisions")


def upgrade() -> None:
    for column in COLUMNS:
        op.add_column(
            "staff_copy",
            sa.Column(column, sa.ARRAY(sa.Text()), nullable=False, server_default="{}"),
        )
        op.alter_column("staff_copy", column, server_default=None)


def downgrade() -> None:
    for column in COLUMNS:
        op.drop_column("staff_copy", column)
