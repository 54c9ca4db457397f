"""Phone tasks, and the names of organisations and estates."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "estate_copy",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("display_name", sa.String(), nullable=False),
        sa.Column("division", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_estate_copy")),
    )
    op.create_table(
        "organisation_copy",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("specialty", sa.String(), nullable=True),
        sa.Column("division", sa.String(), nullable=False),
        sa.Column("display_name", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_copy")),
    )
    op.create_index(
        "ix_organisation_copy_seat",
        "organisation_copy",
        ["division", "kind", "specialty"],
        unique=False,
    )
    op.create_table(
        "phone_task",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phone_task")),
        sa.UniqueConstraint("message_id", name=op.f("uq_phone_task_message_id")),
    )
    op.create_index(op.f("ix_phone_task_case_id"), "phone_task", ["case_id"], unique=False)
    op.create_index(op.f("ix_phone_task_owner_id"), "phone_task", ["owner_id"], unique=False)
    op.create_table(
        "phone_call",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["phone_task.id"], name=op.f("fk_phone_call_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phone_call")),
    )
    op.create_index(op.f("ix_phone_call_task_id"), "phone_call", ["task_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_phone_call_task_id"), table_name="phone_call")
    op.drop_table("phone_call")
    op.drop_index(op.f("ix_phone_task_owner_id"), table_name="phone_task")
    op.drop_index(op.f("ix_phone_task_case_id"), table_name="phone_task")
    op.drop_table("phone_task")
    op.drop_index("ix_organisation_copy_seat", table_name="organisation_copy")
    op.drop_table("organisation_copy")
    op.drop_table("estate_copy")
