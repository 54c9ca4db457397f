"""The credit file takes entries of every source; appeals, grades and what follows from them."""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.dialects import postgresql

from services.survey.credit.guarding import APPEALS, ENTRIES, install_guards

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _widen_entries()
    _add_appeals()
    _add_grades()
    _add_consequences()
    install_guards(op.get_bind(), (*ENTRIES, *APPEALS))


def _widen_entries() -> None:
    """No row is updated, the trigger would refuse it: what lies there came from surveys."""
    op.drop_constraint("fk_credit_entry_survey_id", "credit_entry")
    op.drop_constraint("uq_credit_entry_survey_id", "credit_entry")
    op.alter_column("credit_entry", "survey_id", new_column_name="source_id")
    op.alter_column("credit_entry", "score", nullable=True)
    for name, value in (("source", "SATISFACTION_SURVEY"), ("effect", "RENEWAL")):
        op.add_column(
            "credit_entry", sa.Column(name, sa.Text(), server_default=value, nullable=False)
        )
        op.alter_column("credit_entry", name, server_default=None)
    op.add_column("credit_entry", sa.Column("counters", sa.Uuid(), nullable=True))
    op.add_column(
        "credit_entry",
        sa.Column("rests_on", sa.ARRAY(sa.Uuid()), server_default="{}", nullable=False),
    )
    op.alter_column("credit_entry", "rests_on", server_default=None)
    op.add_column(
        "credit_entry", sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.add_column("credit_entry", sa.Column("entered_by", sa.Uuid(), nullable=True))
    op.create_unique_constraint(
        "uq_credit_entry_source_source_id_estate_id",
        "credit_entry",
        ["source", "source_id", "estate_id"],
    )
    op.create_unique_constraint("uq_credit_entry_counters", "credit_entry", ["counters"])
    op.create_foreign_key(
        "fk_credit_entry_counters", "credit_entry", "credit_entry", ["counters"], ["id"]
    )


def _add_appeals() -> None:
    op.create_table(
        "credit_appeal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("reasons", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("filed_by", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["credit_entry.id"], name="fk_credit_appeal_entry_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_credit_appeal"),
        sa.UniqueConstraint("entry_id", name="uq_credit_appeal_entry_id"),
    )
    op.create_table(
        "credit_appeal_decision",
        sa.Column("appeal_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reasons", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["appeal_id"], ["credit_appeal.id"], name="fk_credit_appeal_decision_appeal_id"
        ),
        sa.PrimaryKeyConstraint("appeal_id", name="pk_credit_appeal_decision"),
    )


def _add_grades() -> None:
    op.create_table(
        "credit_grade",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("period", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("place", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("score", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("grade", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("basis", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("rulebook", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("government_priority", sa.Boolean(), nullable=False),
        sa.Column("bidding_restricted", sa.Boolean(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("annulled", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_credit_grade"),
        sa.UniqueConstraint(
            "company_id", "period", "edition", name="uq_credit_grade_company_id_period_edition"
        ),
    )


def _add_consequences() -> None:
    op.create_table(
        "credit_consequence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("estate_id", sa.Uuid(), nullable=True),
        sa.Column("place", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("period", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("periods", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("details", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("base_fen", sa.BigInteger(), nullable=True),
        sa.Column("granted_fen", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_credit_consequence"),
    )
    op.create_index(
        "uq_credit_consequence_what",
        "credit_consequence",
        ["kind", "company_id", "estate_id", "period"],
        unique=True,
        postgresql_where=sa.text("state <> 'WITHDRAWN'"),
    )


def downgrade() -> None:
    """Only while the file holds nothing but scores of surveys."""
    op.drop_table("credit_consequence")
    op.drop_table("credit_grade")
    op.drop_table("credit_appeal_decision")
    op.drop_table("credit_appeal")
    op.drop_constraint("fk_credit_entry_counters", "credit_entry")
    op.drop_constraint("uq_credit_entry_counters", "credit_entry")
    op.drop_constraint("uq_credit_entry_source_source_id_estate_id", "credit_entry")
    for column in ("entered_by", "expires_at", "rests_on", "counters", "effect", "source"):
        op.drop_column("credit_entry", column)
    op.alter_column("credit_entry", "score", nullable=False)
    op.alter_column("credit_entry", "source_id", new_column_name="survey_id")
    op.create_unique_constraint("uq_credit_entry_survey_id", "credit_entry", ["survey_id"])
    op.create_foreign_key(
        "fk_credit_entry_survey_id", "credit_entry", "survey", ["survey_id"], ["id"]
    )
