"""Complaints remember their door and what it asks, owners their consent; files are attached."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TEXTS = ("location", "contact_name")
NO = sa.text("false")


def upgrade() -> None:
    op.add_column("complaint", sa.Column("door", sa.String(), nullable=True))
    op.execute("UPDATE complaint SET door = channel")
    op.alter_column("complaint", "door", nullable=False)
    op.add_column(
        "complaint", sa.Column("visitor", sa.Boolean(), server_default=NO, nullable=False)
    )
    for name in TEXTS:
        op.add_column("complaint", sa.Column(name, sa.String(), nullable=True))
    op.add_column("complaint", sa.Column("details", sa.Text(), nullable=True))
    op.add_column("complaint", sa.Column("client_id", sa.Uuid(), nullable=True))
    op.add_column("complaint", sa.Column("submitted_by", sa.Uuid(), nullable=True))
    op.create_index("ix_complaint_of_home", "complaint", ["house_id", "submitted_at"])
    op.create_index("ix_complaint_submitted", "complaint", ["submitted_at", "id"])
    op.add_column("owner", sa.Column("privacy_version", sa.String(), nullable=True))
    op.add_column("owner", sa.Column("privacy_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "owner", sa.Column("guardian_missing", sa.Boolean(), server_default=NO, nullable=False)
    )
    op.create_table(
        "filing_tally",
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("hour", sa.DateTime(timezone=True), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("address", "hour", name=op.f("pk_filing_tally")),
    )
    op.create_table(
        "attachment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("uploaded_by", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("declared_size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.Column("media_type", sa.String(), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("complaint_id", sa.Uuid(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attached_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    for column in ("uploaded_by", "complaint_id", "started_at"):
        op.create_index(op.f(f"ix_attachment_{column}"), "attachment", [column])


def downgrade() -> None:
    op.drop_table("attachment")
    op.drop_table("filing_tally")
    for column in ("guardian_missing", "privacy_at", "privacy_version"):
        op.drop_column("owner", column)
    op.drop_index("ix_complaint_submitted", table_name="complaint")
    op.drop_index("ix_complaint_of_home", table_name="complaint")
    for column in ("submitted_by", "client_id", "details", *reversed(TEXTS), "visitor", "door"):
        op.drop_column("complaint", column)
