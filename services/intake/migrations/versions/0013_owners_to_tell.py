"""Owners whom an operator wants told once more."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "owner", sa.Column("to_tell", sa.Boolean(), nullable=False, server_default="false")
    )
    op.create_index("ix_owner_to_tell", "owner", ["id"], postgresql_where=sa.text("to_tell"))


def downgrade() -> None:
    op.drop_index("ix_owner_to_tell", "owner")
    op.drop_column("owner", "to_tell")
