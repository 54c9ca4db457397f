"""What a key is for, and which key signed a callback."""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

TEXT = sqlmodel.sql.sqltypes.AutoString()


def upgrade() -> None:
    op.add_column("integration_key", sa.Column("description", TEXT, nullable=True))
    op.add_column("received_callback", sa.Column("key_id", sa.Uuid(), nullable=True))
    op.create_index("ix_received_callback_key", "received_callback", ["key_id", "received_at"])


def downgrade() -> None:
    op.drop_index("ix_received_callback_key", table_name="received_callback")
    op.drop_column("received_callback", "key_id")
    op.drop_column("integration_key", "description")
