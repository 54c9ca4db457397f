"""Sketches, proposals, merged complaints and representatives."""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "complaint_sketch",
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("estate_id", sa.Uuid(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sketch", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("complaint_id", name=op.f("pk_complaint_sketch")),
    )
    op.create_index(
        "ix_complaint_sketch_estate_id",
        "complaint_sketch",
        ["estate_id", "submitted_at"],
        unique=False,
    )
    op.create_table(
        "duplicate_proposal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("into_case_id", sa.Uuid(), nullable=False),
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("other_complaint_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("evidence", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("decision", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_duplicate_proposal_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["into_case_id"], ["cases.id"], name=op.f("fk_duplicate_proposal_into_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duplicate_proposal")),
    )
    op.create_index(
        op.f("ix_duplicate_proposal_case_id"), "duplicate_proposal", ["case_id"], unique=False
    )
    op.create_index(
        op.f("ix_duplicate_proposal_into_case_id"),
        "duplicate_proposal",
        ["into_case_id"],
        unique=False,
    )
    op.create_index(
        "ix_duplicate_proposal_waiting",
        "duplicate_proposal",
        ["id"],
        unique=False,
        postgresql_where=sa.text("decision IS NULL"),
    )
    op.create_table(
        "merged_complaint",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("from_case_id", sa.Uuid(), nullable=True),
        sa.Column("into_case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("merged_by", sa.Uuid(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["from_case_id"], ["cases.id"], name=op.f("fk_merged_complaint_from_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["into_case_id"], ["cases.id"], name=op.f("fk_merged_complaint_into_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merged_complaint")),
    )
    op.create_index(
        op.f("ix_merged_complaint_into_case_id"), "merged_complaint", ["into_case_id"], unique=False
    )
    op.create_index(
        "uq_merged_complaint_standing",
        "merged_complaint",
        ["complaint_id"],
        unique=True,
        postgresql_where=sa.text("undone_at IS NULL"),
    )
    op.create_table(
        "representative",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("named_by", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_representative_case_id")),
        sa.PrimaryKeyConstraint("case_id", "complaint_id", name=op.f("pk_representative")),
    )
    op.create_index(
        "ix_cases_group",
        "cases",
        ["estate_id", "category"],
        unique=False,
        postgresql_where=sa.text("group_incident"),
    )
    op.add_column("cases", sa.Column("unmerged_from", sa.Uuid(), nullable=True))


def downgrade() -> None:
    op.drop_index("ix_cases_group", table_name="cases")
    op.drop_column("cases", "unmerged_from")
    op.drop_table("representative")
    op.drop_index(
        "uq_merged_complaint_standing",
        table_name="merged_complaint",
        postgresql_where=sa.text("undone_at IS NULL"),
    )
    op.drop_index(op.f("ix_merged_complaint_into_case_id"), table_name="merged_complaint")
    op.drop_table("merged_complaint")
    op.drop_index(
        "ix_duplicate_proposal_waiting",
        table_name="duplicate_proposal",
        postgresql_where=sa.text("decision IS NULL"),
    )
    op.drop_index(op.f("ix_duplicate_proposal_into_case_id"), table_name="duplicate_proposal")
    op.drop_index(op.f("ix_duplicate_proposal_case_id"), table_name="duplicate_proposal")
    op.drop_table("duplicate_proposal")
    op.drop_index("ix_complaint_sketch_estate_id", table_name="complaint_sketch")
    op.drop_table("complaint_sketch")
