"""A breached clock that nobody meets is carried further up, rung by rung."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "clock", sa.Column("ladder", sa.ARRAY(sa.Integer()), nullable=False, server_default="{}")
    )
    op.add_column("clock", sa.Column("climbed", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("clock", "climbed")
    op.drop_column("clock", "ladder")
