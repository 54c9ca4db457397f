"""A mediation knows that a court gave it to the mediator."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("mediation", sa.Column("court_procedure", sa.String(), nullable=True))
    op.add_column("mediation", sa.Column("received_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("mediation", "received_at")
    op.drop_column("mediation", "court_procedure")
