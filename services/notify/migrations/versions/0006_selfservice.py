"""Organisations keep their endpoints themselves: secrets that overlap, replays, deletion."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

NOT_DELETED = sa.text("deleted_at IS NULL")


def upgrade() -> None:
    _endpoints()
    _deliveries()
    _attempts()
    op.create_table(
        "organisation_copy",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("division", AutoString(), nullable=False),
    )


def _endpoints() -> None:
    _column_with_default("webhook_endpoint", sa.Column("description", AutoString()), "")
    op.add_column("webhook_endpoint", sa.Column("next_secret", AutoString()))
    op.add_column("webhook_endpoint", sa.Column("deleted_at", sa.DateTime(timezone=True)))
    op.create_index(
        "uq_webhook_endpoint_address",
        "webhook_endpoint",
        ["organisation_id", "url"],
        unique=True,
        postgresql_where=NOT_DELETED,
    )
    op.create_table(
        "webhook_old_secret",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("endpoint_id", sa.Uuid(), nullable=False, index=True),
        sa.Column("secret", AutoString(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
    )


def _deliveries() -> None:
    op.alter_column("webhook_delivery", "case_id", nullable=True)
    op.add_column("webhook_delivery", sa.Column("replayed_at", sa.DateTime(timezone=True)))
    _column_with_default("webhook_delivery", sa.Column("again", sa.Boolean()), "false")
    op.drop_index("ix_webhook_delivery_due", "webhook_delivery")
    _index_of_what_is_due(["endpoint_id", "again", "next_at", "id"])
    op.create_index("ix_webhook_delivery_period", "webhook_delivery", ["endpoint_id", "created_at"])
    op.create_index("ix_webhook_delivery_created", "webhook_delivery", ["created_at"])


def _index_of_what_is_due(columns: list[str]) -> None:
    op.create_index(
        "ix_webhook_delivery_due",
        "webhook_delivery",
        columns,
        postgresql_where=sa.text("state = 'WAITING'"),
    )


def _attempts() -> None:
    _column_with_default("webhook_attempt", sa.Column("response_cut", sa.Boolean()), "false")
    _column_with_default("webhook_attempt", sa.Column("signed_with", sa.ARRAY(sa.Text())), "{}")


def _column_with_default(table: str, column: sa.Column[object], default: str) -> None:
    """For the rows that are there; the code says it for new ones."""
    column.nullable, column.server_default = False, sa.DefaultClause(default)
    op.add_column(table, column)
    op.alter_column(table, column.name, server_default=None)


def downgrade() -> None:
    op.drop_table("organisation_copy")
    for column in ("response_cut", "signed_with"):
        op.drop_column("webhook_attempt", column)
    op.drop_index("ix_webhook_delivery_created", "webhook_delivery")
    op.drop_index("ix_webhook_delivery_period", "webhook_delivery")
    op.drop_index("ix_webhook_delivery_due", "webhook_delivery")
    _index_of_what_is_due(["endpoint_id", "next_at"])
    op.drop_column("webhook_delivery", "again")
    op.drop_column("webhook_delivery", "replayed_at")
    op.execute("DELETE FROM webhook_delivery WHERE case_id IS NULL")
    op.alter_column("webhook_delivery", "case_id", nullable=False)
    op.drop_table("webhook_old_secret")
    op.drop_index("uq_webhook_endpoint_address", "webhook_endpoint")
    for column in ("description", "next_secret", "deleted_at"):
        op.drop_column("webhook_endpoint", column)
