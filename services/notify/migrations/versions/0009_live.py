"""An inbox shows what changed, in the order of commits."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0004"
branch_labels = None
depends_on = None

TRANSACTION = sa.text("CAST(CAST(pg_current_xact_id() AS text) AS bigint)")
INDEXES = ("ix_message_unread", "ix_message_feed", "ix_message_changed")


def upgrade() -> None:
    op.add_column(
        "message",
        sa.Column("changed_in", sa.BigInteger(), nullable=False, server_default=TRANSACTION),
    )
    op.create_index("ix_message_changed", "message", ["recipient_id", "changed_in"])
    op.create_index("ix_message_feed", "message", ["changed_in", "id"])
    op.create_index(
        "ix_message_unread",
        "message",
        ["recipient_id", "notification"],
        postgresql_where=sa.text("read_at IS NULL"),
    )


def downgrade() -> None:
    for index in INDEXES:
        op.drop_index(index, table_name="message")
    op.drop_column("message", "changed_in")
