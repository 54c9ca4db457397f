"""The register says as whose a number belongs to a house; who has left needs a desk to return."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("house_register", sa.Column("relation", sa.String(), nullable=True))
    for table in ("house_register", "house_binding"):
        op.add_column(table, sa.Column("left_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    for table in ("house_binding", "house_register"):
        op.drop_column(table, "left_at")
    op.drop_column("house_register", "relation")
