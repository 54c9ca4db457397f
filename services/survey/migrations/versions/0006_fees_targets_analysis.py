"""Reported fees, streets' yearly assessments, monthly analyses with their measures."""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.dialects import postgresql

from services.survey.fees.guarding import install_guards

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

Text = sqlmodel.sql.sqltypes.AutoString


def upgrade() -> None:
    op.create_table(
        "fee_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("estate_id", sa.Uuid(), nullable=False),
        sa.Column("estate_name", Text(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("division", Text(), nullable=False),
        sa.Column("community", Text(), nullable=False),
        sa.Column("period", Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_fen", sa.BigInteger(), nullable=False),
        sa.Column("received_fen", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fee_report")),
    )
    op.create_index(
        "uq_fee_report", "fee_report", ["estate_id", "company_id", "period"], unique=True
    )
    op.create_index("ix_fee_report_place", "fee_report", ["community", "until"], unique=False)
    op.create_table(
        "fee_report_version",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("due_fen", sa.BigInteger(), nullable=False),
        sa.Column("received_fen", sa.BigInteger(), nullable=False),
        sa.Column("reason", Text(), nullable=True),
        sa.Column("reported_by", sa.Uuid(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "due_fen >= 0 AND received_fen >= 0", name=op.f("ck_fee_report_version_amounts")
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["fee_report.id"], name=op.f("fk_fee_report_version_report_id")
        ),
        sa.PrimaryKeyConstraint("report_id", "version", name=op.f("pk_fee_report_version")),
    )
    install_guards(op.get_bind())
    _create_assessments()
    _create_analysis()


def _create_assessments() -> None:
    op.create_table(
        "street_assessment",
        sa.Column("street", Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Numeric(precision=4, scale=3), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("street", "year", name=op.f("pk_street_assessment")),
    )


def _create_analysis() -> None:
    op.add_column("house_copy", sa.Column("building_id", sa.Uuid(), nullable=True))
    op.create_index(op.f("ix_house_copy_building_id"), "house_copy", ["building_id"], unique=False)
    op.create_table(
        "case_clocks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("clocks", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_clocks")),
    )
    op.create_table(
        "dispatch_objection",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", Text(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("case_id", "unit_id", name=op.f("pk_dispatch_objection")),
    )
    op.create_table(
        "monthly_analysis",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("division", Text(), nullable=False),
        sa.Column("period", Text(), nullable=False),
        sa.Column("rulebook", Text(), nullable=False),
        sa.Column("findings", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("companies", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("generated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("conclusion", Text(), nullable=True),
        sa.Column("concluded_by", sa.Uuid(), nullable=True),
        sa.Column("concluded_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_monthly_analysis")),
    )
    op.create_index("uq_monthly_analysis", "monthly_analysis", ["division", "period"], unique=True)
    op.create_table(
        "analysis_measure",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("analysis_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("action", Text(), nullable=False),
        sa.Column("owner_organisation_id", sa.Uuid(), nullable=True),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proof", Text(), nullable=True),
        sa.Column("done_by", sa.Uuid(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["analysis_id"], ["monthly_analysis.id"], name=op.f("fk_analysis_measure_analysis_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_analysis_measure")),
    )
    for column in ("analysis_id", "owner_id"):
        name = op.f(f"ix_analysis_measure_{column}")
        op.create_index(name, "analysis_measure", [column], unique=False)


def downgrade() -> None:
    op.drop_table("analysis_measure")
    op.drop_table("monthly_analysis")
    op.drop_table("dispatch_objection")
    op.drop_table("case_clocks")
    op.drop_index(op.f("ix_house_copy_building_id"), table_name="house_copy")
    op.drop_column("house_copy", "building_id")
    op.drop_table("street_assessment")
    op.drop_table("fee_report_version")
    op.drop_index("ix_fee_report_place", table_name="fee_report")
    op.drop_index("uq_fee_report", table_name="fee_report")
    op.drop_table("fee_report")
    op.execute("DROP FUNCTION fee_version_refuse()")
