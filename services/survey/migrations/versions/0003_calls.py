"""Calls to owners who did not answer, coded reasons, and how an answer came."""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# Of what was asked before, the place is known as far as the case's number tells it, and whether
# the reporter is hidden is not: the centre alone calls.
FILL = """
    UPDATE visit
    SET division = substring(case_number FROM '^XN([0-9]{6})-'),
        for_centre = true,
        answered_through = CASE WHEN state = 'ANSWERED' THEN
            CASE WHEN process_level IS NULL THEN 'INTAKE' ELSE 'OWNER' END END,
        answered_by = CASE WHEN state = 'ANSWERED' THEN owner_id END,
        unanswered_because = CASE WHEN state = 'UNANSWERED' THEN 'TIME' END,
        silence_told = state = 'UNANSWERED'
"""


def upgrade() -> None:
    op.create_table(
        "visit_call",
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("call_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known", sa.Text(), nullable=False),
        sa.Column("number", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("claimed_by", sa.Uuid(), nullable=True),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("number_read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_call_visit_id")),
        sa.PrimaryKeyConstraint("visit_id", name=op.f("pk_visit_call")),
    )
    op.create_table(
        "call_attempt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("recording", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visit_call.visit_id"], name=op.f("fk_call_attempt_visit_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_attempt")),
    )
    op.create_index(op.f("ix_call_attempt_visit_id"), "call_attempt", ["visit_id"], unique=False)
    op.add_column("visit", sa.Column("division", sqlmodel.sql.sqltypes.AutoString(), nullable=True))
    op.add_column(
        "visit", sa.Column("grid_code", sqlmodel.sql.sqltypes.AutoString(), nullable=True)
    )
    op.add_column("visit", sa.Column("company_id", sa.Uuid(), nullable=True))
    op.add_column(
        "visit", sa.Column("handled_by", sa.ARRAY(sa.Uuid()), server_default="{}", nullable=False)
    )
    op.add_column(
        "visit", sa.Column("for_centre", sa.Boolean(), server_default="false", nullable=False)
    )
    op.add_column(
        "visit", sa.Column("reason_codes", sa.ARRAY(sa.Text()), server_default="{}", nullable=False)
    )
    op.add_column("visit", sa.Column("answered_through", sa.Text(), nullable=True))
    op.add_column("visit", sa.Column("answered_by", sa.Uuid(), nullable=True))
    op.add_column("visit", sa.Column("unanswered_because", sa.Text(), nullable=True))
    op.add_column(
        "visit", sa.Column("silence_told", sa.Boolean(), server_default="false", nullable=False)
    )
    op.execute(FILL)
    op.create_index(
        "ix_visit_calling",
        "visit",
        ["id"],
        unique=False,
        postgresql_where=sa.text("state = 'CALLING'"),
    )
    op.create_index("ix_visit_opened", "visit", ["opened_at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_visit_opened", table_name="visit")
    op.drop_index(
        "ix_visit_calling", table_name="visit", postgresql_where=sa.text("state = 'CALLING'")
    )
    op.drop_column("visit", "silence_told")
    op.drop_column("visit", "unanswered_because")
    op.drop_column("visit", "answered_by")
    op.drop_column("visit", "answered_through")
    op.drop_column("visit", "reason_codes")
    op.drop_column("visit", "for_centre")
    op.drop_column("visit", "handled_by")
    op.drop_column("visit", "company_id")
    op.drop_column("visit", "grid_code")
    op.drop_column("visit", "division")
    op.drop_index(op.f("ix_call_attempt_visit_id"), table_name="call_attempt")
    op.drop_table("call_attempt")
    op.drop_table("visit_call")
