"""Drafts, disputes, the ledger's copies, flags; complaints are found by estate."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("complaint", sa.Column("disputed_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_complaint_of_estate", "complaint", ["estate_id", "submitted_at"])
    op.add_column(
        "followed_case", sa.Column("first_dispatch_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.create_table(
        "complaint_draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(), nullable=True),
        sa.Column("attachments", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("complaint_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_draft")),
    )
    for column in ("owner_id", "changed_at"):
        op.create_index(op.f(f"ix_complaint_draft_{column}"), "complaint_draft", [column])
    op.create_table(
        "case_handler",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("handler", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "handler", name=op.f("pk_case_handler")),
    )
    op.create_table(
        "visit_rating",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("solved", sa.String(), nullable=True),
        sa.Column("result_level", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_rating")),
    )
    op.create_index(op.f("ix_visit_rating_complaint_id"), "visit_rating", ["complaint_id"])
    op.create_table(
        "account_flag",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("division", sa.String(), nullable=False),
        sa.Column("complaint_ids", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_flag")),
    )
    op.create_index(
        "uq_account_flag_open",
        "account_flag",
        ["owner_id", "kind"],
        unique=True,
        postgresql_where=sa.text("state = 'OPEN'"),
    )
    op.create_index("ix_account_flag_raised_at_id", "account_flag", ["raised_at", "id"])


def downgrade() -> None:
    for table in ("account_flag", "visit_rating", "case_handler", "complaint_draft"):
        op.drop_table(table)
    op.drop_column("followed_case", "first_dispatch_at")
    op.drop_index("ix_complaint_of_estate", table_name="complaint")
    op.drop_column("complaint", "disputed_at")
