"""Uploads: which content is the file's, why it was refused, and how much came in a day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("attachment", sa.Column("content", sa.Uuid(), nullable=True))
    op.add_column("attachment", sa.Column("refusal", sa.String(), nullable=True))
    op.create_index(
        "ix_attachment_unattached",
        "attachment",
        ["started_at"],
        postgresql_where=sa.text("complaint_id IS NULL"),
    )
    op.create_table(
        "attachment_tally",
        sa.Column("uploaded_by", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("uploaded_by", "day", name=op.f("pk_attachment_tally")),
    )


def downgrade() -> None:
    op.drop_table("attachment_tally")
    op.drop_index("ix_attachment_unattached", table_name="attachment")
    op.drop_column("attachment", "refusal")
    op.drop_column("attachment", "content")
