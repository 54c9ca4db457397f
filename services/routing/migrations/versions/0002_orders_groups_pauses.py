"""Cases know of orders, groups and pauses."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

FLAGS = ("supervised", "group_incident")


def upgrade() -> None:
    for flag in FLAGS:
        op.add_column(
            "cases", sa.Column(flag, sa.Boolean(), nullable=False, server_default=sa.false())
        )
        op.alter_column("cases", flag, server_default=None)
    op.add_column(
        "cases", sa.Column("urged_count", sa.Integer(), nullable=False, server_default="0")
    )
    op.alter_column("cases", "urged_count", server_default=None)
    op.add_column("cases", sa.Column("suspended_from", sa.String(), nullable=True))
    op.add_column("cases", sa.Column("merged_into", sa.Uuid(), nullable=True))
    op.create_index("ix_cases_merged_into", "cases", ["merged_into"])


def downgrade() -> None:
    op.drop_index("ix_cases_merged_into", table_name="cases")
    for column in ("merged_into", "suspended_from", "urged_count", *FLAGS):
        op.drop_column("cases", column)
