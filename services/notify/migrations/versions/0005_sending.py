"""The health of endpoints, and exceptions for private networks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

MOMENTS = ("paused_at", "failing_since", "failed_at", "probe_at", "alerted_at")


def upgrade() -> None:
    for name in MOMENTS:
        op.add_column("webhook_endpoint", sa.Column(name, sa.DateTime(timezone=True)))
    op.add_column("webhook_endpoint", sa.Column("paused_because", sa.Text()))
    failures = sa.Column("failures", sa.Integer(), nullable=False, server_default="0")
    op.add_column("webhook_endpoint", failures)
    op.alter_column("webhook_endpoint", "failures", server_default=None)
    op.create_index(
        "ix_webhook_delivery_order",
        "webhook_delivery",
        ["endpoint_id", "case_id", "id"],
        postgresql_where=sa.text("state = 'WAITING'"),
    )
    _exceptions()


def _exceptions() -> None:
    op.create_table(
        "webhook_exception",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("endpoint_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("cidr", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("in_force_at", sa.DateTime(timezone=True)),
        sa.Column("revoked_by", sa.Uuid()),
        sa.Column("revoked_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_exception")),
    )
    for name in ("endpoint_id", "organisation_id"):
        op.create_index(op.f(f"ix_webhook_exception_{name}"), "webhook_exception", [name])


def downgrade() -> None:
    op.drop_table("webhook_exception")
    op.drop_index("ix_webhook_delivery_order", "webhook_delivery")
    for name in ("failures", "paused_because", *MOMENTS):
        op.drop_column("webhook_endpoint", name)
