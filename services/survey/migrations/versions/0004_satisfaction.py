"""Satisfaction surveys, what they copy of estates and homes, and the credit file."""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.dialects import postgresql

from services.survey.credit.guarding import install_guards

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "estate_copy",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("display_name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("division", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("contracts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_estate_copy")),
    )
    op.create_table(
        "homes_copy",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("homes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_homes_copy")),
    )
    op.create_table(
        "house_copy",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("estate_id", sa.Uuid(), nullable=False),
        sa.Column("grid_code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("building", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("unit", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("room", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_house_copy")),
    )
    op.create_index(op.f("ix_house_copy_estate_id"), "house_copy", ["estate_id"], unique=False)
    op.create_table(
        "survey",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("estate_id", sa.Uuid(), nullable=False),
        sa.Column("estate_name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("division", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("community", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("grid_codes", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("period", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("rulebook", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("households", sa.Integer(), nullable=True),
        sa.Column("visited", sa.Integer(), nullable=True),
        sa.Column("answers", sa.Integer(), nullable=True),
        sa.Column("coverage", sa.Numeric(precision=5, scale=2), nullable=True),
        sa.Column("score", sa.Numeric(precision=5, scale=2), nullable=True),
        sa.Column("averages", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("synchronous", sa.Boolean(), nullable=True),
        sa.Column("invalid_because", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey")),
    )
    op.create_index("ix_survey_company", "survey", ["company_id", "estate_id"], unique=False)
    op.create_index(
        "uq_survey_estate_period",
        "survey",
        ["estate_id", "period"],
        unique=True,
        postgresql_where=sa.text("state <> 'INVALID'"),
    )
    op.create_table(
        "survey_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("house_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("levels", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_answer")),
    )
    op.create_index(
        "ix_survey_answer_house", "survey_answer", ["survey_id", "house_id"], unique=False
    )
    op.create_index(op.f("ix_survey_answer_owner_id"), "survey_answer", ["owner_id"], unique=False)
    op.create_table(
        "survey_visit",
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("house_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("visited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fingerprint", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("receipt", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.PrimaryKeyConstraint("worker_id", "id", name=op.f("pk_survey_visit")),
    )
    op.create_index(op.f("ix_survey_visit_survey_id"), "survey_visit", ["survey_id"], unique=False)
    op.create_table(
        "credit_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("estate_id", sa.Uuid(), nullable=False),
        sa.Column("division", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("community", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("period", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("score", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["survey.id"], name=op.f("fk_credit_entry_survey_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_entry")),
        sa.UniqueConstraint("survey_id", name=op.f("uq_credit_entry_survey_id")),
    )
    op.create_index(
        "ix_credit_entry_company", "credit_entry", ["company_id", "estate_id"], unique=False
    )
    op.create_table(
        "survey_household",
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("house_id", sa.Uuid(), nullable=False),
        sa.Column("grid_code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("building", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("unit", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("room", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("answer_id", sa.Uuid(), nullable=True),
        sa.Column("contacted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["survey.id"], name=op.f("fk_survey_household_survey_id")
        ),
        sa.PrimaryKeyConstraint("survey_id", "house_id", name=op.f("pk_survey_household")),
    )
    op.create_index(
        op.f("ix_survey_household_house_id"), "survey_household", ["house_id"], unique=False
    )
    op.create_table(
        "survey_publication",
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proof", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["survey.id"], name=op.f("fk_survey_publication_survey_id")
        ),
        sa.PrimaryKeyConstraint("survey_id", "channel", name=op.f("pk_survey_publication")),
    )
    install_guards(op.get_bind())


def downgrade() -> None:
    op.drop_table("survey_publication")
    op.drop_index(op.f("ix_survey_household_house_id"), table_name="survey_household")
    op.drop_table("survey_household")
    op.drop_index("ix_credit_entry_company", table_name="credit_entry")
    op.drop_table("credit_entry")
    op.drop_index(op.f("ix_survey_visit_survey_id"), table_name="survey_visit")
    op.drop_table("survey_visit")
    op.drop_index(op.f("ix_survey_answer_owner_id"), table_name="survey_answer")
    op.drop_index("ix_survey_answer_house", table_name="survey_answer")
    op.drop_table("survey_answer")
    op.drop_index(
        "uq_survey_estate_period",
        table_name="survey",
        postgresql_where=sa.text("state <> 'INVALID'"),
    )
    op.drop_index("ix_survey_company", table_name="survey")
    op.drop_table("survey")
    op.drop_index(op.f("ix_house_copy_estate_id"), table_name="house_copy")
    op.drop_table("house_copy")
    op.drop_table("homes_copy")
    op.drop_table("estate_copy")
    op.execute("DROP FUNCTION credit_refuse()")
