"""Agencies, their imports, the community's assessment, composite runs, and who organisations are."""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.dialects import postgresql

from services.survey.evaluations.guarding import install_guards

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agency_contract",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("agency_name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("divisions", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("registered_by", sa.Uuid(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency_contract")),
    )
    op.create_index(
        op.f("ix_agency_contract_agency_id"), "agency_contract", ["agency_id"], unique=False
    )
    op.create_table(
        "community_assessment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("estate_id", sa.Uuid(), nullable=False),
        sa.Column("estate_name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("division", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("community", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("period", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.Column("marks", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("score", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("rulebook", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("entered_by", sa.Uuid(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_community_assessment")),
    )
    op.create_index(
        "uq_community_assessment_standing",
        "community_assessment",
        ["estate_id", "company_id", "period"],
        unique=True,
        postgresql_where=sa.text("state IN ('ENTERED', 'CONFIRMED')"),
    )
    op.create_table(
        "evaluation_import",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rulebook", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("rows", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("outcome", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("preview", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_import")),
    )
    op.create_index(
        op.f("ix_evaluation_import_agency_id"), "evaluation_import", ["agency_id"], unique=False
    )
    op.create_table(
        "evaluation_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("division", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("period", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("differences", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("rulebook", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("served", sa.Integer(), nullable=False),
        sa.Column("drafted_by", sa.Uuid(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by", sa.Uuid(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_run")),
    )
    op.create_index(
        "uq_evaluation_run_edition",
        "evaluation_run",
        ["division", "period", "edition"],
        unique=True,
        postgresql_where=sa.text("state <> 'DISCARDED'"),
    )
    op.add_column(
        "organisation_copy",
        sa.Column("credit_code", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    )
    op.create_index(
        op.f("ix_organisation_copy_credit_code"), "organisation_copy", ["credit_code"], unique=False
    )
    op.create_table(
        "evaluation_result",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("evaluation_id", sa.Uuid(), nullable=False),
        sa.Column("estate_id", sa.Uuid(), nullable=False),
        sa.Column("estate_name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("division", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("community", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("company_name", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("period", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("owners", sa.Numeric(precision=5, scale=2), nullable=True),
        sa.Column("community_score", sa.Numeric(precision=5, scale=2), nullable=True),
        sa.Column("third_party", sa.Numeric(precision=5, scale=2), nullable=True),
        sa.Column("composite", sa.Numeric(precision=5, scale=2), nullable=True),
        sa.Column("band", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("grade", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("owners_weight", sa.Numeric(precision=5, scale=4), nullable=False),
        sa.Column("missing", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("sources", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["evaluation_run.id"], name=op.f("fk_evaluation_result_run_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_result")),
        sa.UniqueConstraint(
            "run_id", "evaluation_id", name=op.f("uq_evaluation_result_run_id_evaluation_id")
        ),
    )
    op.create_index(
        "ix_evaluation_result_company",
        "evaluation_result",
        ["company_id", "estate_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_evaluation_result_evaluation_id"),
        "evaluation_result",
        ["evaluation_id"],
        unique=False,
    )
    op.create_table(
        "third_party_evaluation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("contract_id", sa.Uuid(), nullable=False),
        sa.Column("estate_id", sa.Uuid(), nullable=False),
        sa.Column("estate_name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("division", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("community", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("period", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("marks", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("score", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("sample_size", sa.Integer(), nullable=False),
        sa.Column("sample_source", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("same_source", sa.Boolean(), nullable=False),
        sa.Column("evaluated_on", sa.Date(), nullable=False),
        sa.Column("rulebook", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["agency_contract.id"],
            name=op.f("fk_third_party_evaluation_contract_id"),
        ),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["evaluation_import.id"],
            name=op.f("fk_third_party_evaluation_import_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_third_party_evaluation")),
    )
    op.create_index(
        op.f("ix_third_party_evaluation_agency_id"),
        "third_party_evaluation",
        ["agency_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_third_party_evaluation_import_id"),
        "third_party_evaluation",
        ["import_id"],
        unique=False,
    )
    op.create_index(
        "uq_third_party_evaluation_valid",
        "third_party_evaluation",
        ["estate_id", "company_id", "period"],
        unique=True,
        postgresql_where=sa.text("replaced_at IS NULL"),
    )
    install_guards(op.get_bind())


def downgrade() -> None:
    op.drop_index(
        "uq_third_party_evaluation_valid",
        table_name="third_party_evaluation",
        postgresql_where=sa.text("replaced_at IS NULL"),
    )
    op.drop_index(op.f("ix_third_party_evaluation_import_id"), table_name="third_party_evaluation")
    op.drop_index(op.f("ix_third_party_evaluation_agency_id"), table_name="third_party_evaluation")
    op.drop_table("third_party_evaluation")
    op.drop_index(op.f("ix_evaluation_result_evaluation_id"), table_name="evaluation_result")
    op.drop_index("ix_evaluation_result_company", table_name="evaluation_result")
    op.drop_table("evaluation_result")
    op.drop_index(op.f("ix_organisation_copy_credit_code"), table_name="organisation_copy")
    op.drop_column("organisation_copy", "credit_code")
    op.drop_index(
        "uq_evaluation_run_edition",
        table_name="evaluation_run",
        postgresql_where=sa.text("state <> 'DISCARDED'"),
    )
    op.drop_table("evaluation_run")
    op.drop_index(op.f("ix_evaluation_import_agency_id"), table_name="evaluation_import")
    op.drop_table("evaluation_import")
    op.drop_index(
        "uq_community_assessment_standing",
        table_name="community_assessment",
        postgresql_where=sa.text("state IN ('ENTERED', 'CONFIRMED')"),
    )
    op.drop_table("community_assessment")
    op.drop_index(op.f("ix_agency_contract_agency_id"), table_name="agency_contract")
    op.drop_table("agency_contract")
    op.execute("DROP FUNCTION evaluation_refuse()")
