"""Facts of cases and complaints, copies of divisions and organisations."""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

OF_THEIR_BUILDINGS = """
    UPDATE estate_copy SET community = found.community
    FROM (SELECT estate_id, version, left(min(grid_code), 12) AS community
          FROM house_copy GROUP BY estate_id, version) AS found
    WHERE found.estate_id = estate_copy.id AND found.version = estate_copy.version
"""
# as every rulebook until now has said (satisfaction.positive_from)
JUDGED = "UPDATE visit SET positive = result_level >= 3 WHERE state = 'ANSWERED'"


def upgrade() -> None:
    op.create_table(
        "case_fact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("number", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("category", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("category_name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("grade", sa.Text(), nullable=True),
        sa.Column("estate_id", sa.Uuid(), nullable=False),
        sa.Column("estate_name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("building_id", sa.Uuid(), nullable=True),
        sa.Column("about", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=True),
        sa.Column("division", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("county", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("grid_code", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("community", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("owner_ids", sa.ARRAY(sa.Uuid()), server_default="{}", nullable=False),
        sa.Column("at_work", sa.ARRAY(sa.Uuid()), server_default="{}", nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("overdue", sa.Boolean(), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_dispatch_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dispatch_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dispatch_kept", sa.Boolean(), nullable=False),
        sa.Column("mediation_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mediation_met_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mediation_kept", sa.Boolean(), nullable=False),
        sa.Column("feedback_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("feedback_kept", sa.Boolean(), nullable=False),
        sa.Column("feedback_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolution_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolution_kept", sa.Boolean(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("repeated_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("result_code", sa.Text(), nullable=True),
        sa.Column("closed_at_community", sa.Boolean(), nullable=False),
        sa.Column("mediation", sa.Text(), nullable=True),
        sa.Column("performed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returns", sa.Integer(), server_default="0", nullable=False),
        sa.Column("reopened", sa.Integer(), server_default="0", nullable=False),
        sa.Column("left_street", sa.Boolean(), server_default="false", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_fact")),
    )
    op.create_index("ix_case_fact_about", "case_fact", ["about"], unique=False)
    op.create_index("ix_case_fact_accepted", "case_fact", ["accepted_at"], unique=False)
    op.create_index("ix_case_fact_community", "case_fact", ["community", "closed_at"], unique=False)
    op.create_index("ix_case_fact_company", "case_fact", ["company_id", "closed_at"], unique=False)
    op.create_index("ix_case_fact_county", "case_fact", ["county", "closed_at"], unique=False)
    op.create_index("ix_case_fact_division", "case_fact", ["division", "closed_at"], unique=False)
    op.create_index("ix_case_fact_estate", "case_fact", ["estate_id", "closed_at"], unique=False)
    op.create_index(
        "ix_case_fact_unplaced",
        "case_fact",
        ["estate_id"],
        unique=False,
        postgresql_where=sa.text("grid_code IS NULL"),
    )
    op.create_table(
        "case_mark",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_mark")),
    )
    op.create_index("ix_case_mark_case", "case_mark", ["case_id", "version"], unique=False)
    op.create_table(
        "complaint_fact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("number", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("division", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("estate_id", sa.Uuid(), nullable=False),
        sa.Column("building_id", sa.Uuid(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_fact")),
    )
    op.create_index(
        "ix_complaint_fact_case", "complaint_fact", ["case_id", "submitted_at"], unique=False
    )
    op.create_index(
        "ix_complaint_fact_estate", "complaint_fact", ["estate_id", "submitted_at"], unique=False
    )
    op.create_table(
        "division_copy",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("level", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("parent_code", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_division_copy")),
    )
    op.create_index(op.f("ix_division_copy_code"), "division_copy", ["code"], unique=False)
    op.create_table(
        "organisation_copy",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("specialty", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("level", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("division", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("display_name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("staff_count", sa.Integer(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_copy")),
    )
    op.create_index(
        op.f("ix_organisation_copy_division"), "organisation_copy", ["division"], unique=False
    )
    op.add_column(
        "estate_copy", sa.Column("community", sqlmodel.sql.sqltypes.AutoString(), nullable=True)
    )
    op.add_column("visit", sa.Column("positive", sa.Boolean(), nullable=True))
    op.execute(OF_THEIR_BUILDINGS)
    op.execute(JUDGED)


def downgrade() -> None:
    op.drop_column("visit", "positive")
    op.drop_column("estate_copy", "community")
    op.drop_index(op.f("ix_organisation_copy_division"), table_name="organisation_copy")
    op.drop_table("organisation_copy")
    op.drop_index(op.f("ix_division_copy_code"), table_name="division_copy")
    op.drop_table("division_copy")
    op.drop_index("ix_complaint_fact_estate", table_name="complaint_fact")
    op.drop_index("ix_complaint_fact_case", table_name="complaint_fact")
    op.drop_table("complaint_fact")
    op.drop_index("ix_case_mark_case", table_name="case_mark")
    op.drop_table("case_mark")
    op.drop_index(
        "ix_case_fact_unplaced",
        table_name="case_fact",
        postgresql_where=sa.text("grid_code IS NULL"),
    )
    op.drop_index("ix_case_fact_estate", table_name="case_fact")
    op.drop_index("ix_case_fact_division", table_name="case_fact")
    op.drop_index("ix_case_fact_county", table_name="case_fact")
    op.drop_index("ix_case_fact_company", table_name="case_fact")
    op.drop_index("ix_case_fact_community", table_name="case_fact")
    op.drop_index("ix_case_fact_accepted", table_name="case_fact")
    op.drop_index("ix_case_fact_about", table_name="case_fact")
    op.drop_table("case_fact")
