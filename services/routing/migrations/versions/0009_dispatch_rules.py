"""Dispatch rules of the centres, and what chose a unit."""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dispatch_rule_set",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("rules", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("effective_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("activated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("activated_by", sa.Uuid(), nullable=True),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispatch_rule_set")),
        sa.UniqueConstraint(
            "division", "version", name=op.f("uq_dispatch_rule_set_division_version")
        ),
    )
    op.create_index(
        op.f("ix_dispatch_rule_set_division"), "dispatch_rule_set", ["division"], unique=False
    )
    op.create_table(
        "dispatch_rule",
        sa.Column("set_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("divisions", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("estate_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("categories", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("grades", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("channels", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("weekdays", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("starts_at", sa.Time(), nullable=True),
        sa.Column("ends_at", sa.Time(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("lead", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("co", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["set_id"], ["dispatch_rule_set.id"], name=op.f("fk_dispatch_rule_set_id")
        ),
        sa.PrimaryKeyConstraint("set_id", "position", name=op.f("pk_dispatch_rule")),
        sa.UniqueConstraint("set_id", "name", name=op.f("uq_dispatch_rule_set_id_name")),
    )
    op.add_column("assignment", sa.Column("led_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE assignment SET led_at = dispatched_at WHERE role = 'LEAD'")
    op.add_column(
        "assignment",
        sa.Column(
            "chosen_by", sqlmodel.sql.sqltypes.AutoString(), server_default="", nullable=False
        ),
    )
    op.add_column(
        "assignment",
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), server_default="", nullable=False),
    )


def downgrade() -> None:
    op.drop_column("assignment", "reason")
    op.drop_column("assignment", "chosen_by")
    op.drop_column("assignment", "led_at")
    op.drop_table("dispatch_rule")
    op.drop_index(op.f("ix_dispatch_rule_set_division"), table_name="dispatch_rule_set")
    op.drop_table("dispatch_rule_set")
