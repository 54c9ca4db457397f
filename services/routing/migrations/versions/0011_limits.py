"""Returns, suspensions and extensions; the history of clocks; proposals of a grade."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_return",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("end", sa.String(), nullable=False),
        sa.Column("display_name", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("legal_basis", sa.String(), nullable=False),
        sa.Column("suggested_id", sa.Uuid(), nullable=False),
        sa.Column("suggested_name", sa.String(), nullable=False),
        sa.Column("returned_by", sa.Uuid(), nullable=False),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("given_to_id", sa.Uuid(), nullable=True),
        sa.Column("given_to_person_id", sa.Uuid(), nullable=True),
        sa.Column("given_to_name", sa.String(), nullable=True),
        sa.Column("forced", sa.Boolean(), nullable=True),
        sa.Column("ruling", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_return_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_return")),
    )
    op.create_index(op.f("ix_case_return_case_id"), "case_return", ["case_id"], unique=False)
    op.create_index(
        op.f("ix_case_return_organisation_id"), "case_return", ["organisation_id"], unique=False
    )
    op.create_index(
        "uq_case_return_pending",
        "case_return",
        ["case_id"],
        unique=True,
        postgresql_where=sa.text("decided_at IS NULL"),
    )
    op.create_table(
        "clock_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("clock_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_end", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("share", sa.Float(), nullable=True),
        sa.Column("due_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_after", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_clock_entry_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_entry")),
    )
    op.create_index(op.f("ix_clock_entry_case_id"), "clock_entry", ["case_id"], unique=False)
    op.create_table(
        "extension",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("clock", sa.String(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("endorsed_by", sa.Uuid(), nullable=True),
        sa.Column("endorsed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("granted", sa.Boolean(), nullable=True),
        sa.Column("extended_to", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ruling", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_extension_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extension")),
    )
    op.create_index(op.f("ix_extension_case_id"), "extension", ["case_id"], unique=False)
    op.create_index(
        "uq_extension_pending",
        "extension",
        ["case_id"],
        unique=True,
        postgresql_where=sa.text("decided_at IS NULL"),
    )
    op.create_table(
        "grading_proposal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("actor_end", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_grading_proposal_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grading_proposal")),
    )
    op.create_index(
        op.f("ix_grading_proposal_case_id"), "grading_proposal", ["case_id"], unique=False
    )
    op.create_table(
        "suspension",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("granted", sa.Boolean(), nullable=True),
        sa.Column("ruling", sa.String(), nullable=True),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_end", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_suspension_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suspension")),
    )
    op.create_index(op.f("ix_suspension_case_id"), "suspension", ["case_id"], unique=False)
    op.create_index(
        "uq_suspension_pending",
        "suspension",
        ["case_id"],
        unique=True,
        postgresql_where=sa.text("decided_at IS NULL"),
    )
    op.add_column("mediation", sa.Column("extended_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("mediation", "extended_at")
    op.drop_index(
        "uq_suspension_pending",
        table_name="suspension",
        postgresql_where=sa.text("decided_at IS NULL"),
    )
    op.drop_index(op.f("ix_suspension_case_id"), table_name="suspension")
    op.drop_table("suspension")
    op.drop_index(op.f("ix_grading_proposal_case_id"), table_name="grading_proposal")
    op.drop_table("grading_proposal")
    op.drop_index(
        "uq_extension_pending",
        table_name="extension",
        postgresql_where=sa.text("decided_at IS NULL"),
    )
    op.drop_index(op.f("ix_extension_case_id"), table_name="extension")
    op.drop_table("extension")
    op.drop_index(op.f("ix_clock_entry_case_id"), table_name="clock_entry")
    op.drop_table("clock_entry")
    op.drop_index(
        "uq_case_return_pending",
        table_name="case_return",
        postgresql_where=sa.text("decided_at IS NULL"),
    )
    op.drop_index(op.f("ix_case_return_organisation_id"), table_name="case_return")
    op.drop_index(op.f("ix_case_return_case_id"), table_name="case_return")
    op.drop_table("case_return")
