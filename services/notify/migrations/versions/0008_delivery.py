"""Preferences, digests, budget and receipts; who was not told; what WeChat pushes about consent."""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
WAITING_TASKS = sa.text("state = 'WAITING' AND digestible")
MESSAGE = (
    sa.Column("quiet_begins", sa.Time(), nullable=True),
    sa.Column("quiet_ends", sa.Time(), nullable=True),
    sa.Column("urgent", sa.Boolean(), server_default="false", nullable=False),
    sa.Column("left_out", postgresql.JSONB(), server_default=sa.text("'[]'"), nullable=False),
    sa.Column("held", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column("held_until", MOMENT, nullable=True),
    sa.Column("digestible", sa.Boolean(), server_default="false", nullable=False),
    sa.Column("digest_id", sa.Uuid(), nullable=True),
)
ATTEMPT = (
    sa.Column("submitted_at", MOMENT, nullable=True),
    sa.Column("budget", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column("segments", sa.Integer(), nullable=True),
    sa.Column("cost_fen", sa.Integer(), nullable=True),
    sa.Column("receipt", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column("receipt_code", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column("receipt_at", MOMENT, nullable=True),
)


def upgrade() -> None:
    for column in MESSAGE:
        op.add_column("message", column)
    for column in ATTEMPT:
        op.add_column("message_attempt", column)
    # what had begun before this version may have been sent
    op.execute("UPDATE message_attempt SET submitted_at = started_at WHERE outcome = 'STARTED'")
    op.create_index(
        "ix_message_gatherable", "message", ["recipient_id"], postgresql_where=WAITING_TASKS
    )
    op.create_index("ix_message_attempt_reference", "message_attempt", ["reference"])
    op.add_column("wechat_consent", sa.Column("confirms", sa.Uuid(), nullable=True))
    op.add_column(
        "staff_copy", sa.Column("openid_index", sqlmodel.sql.sqltypes.AutoString(), nullable=True)
    )
    op.create_index(op.f("ix_staff_copy_openid_index"), "staff_copy", ["openid_index"])
    op.create_index(
        "ix_case_copy_complaint_ids", "case_copy", ["complaint_ids"], postgresql_using="gin"
    )
    _create_tables()


def _create_tables() -> None:
    op.create_table(
        "preference",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("refused_texts", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("quiet_begins", sa.Time(), nullable=True),
        sa.Column("quiet_ends", sa.Time(), nullable=True),
        sa.Column("wechat", sa.Boolean(), nullable=False),
        sa.Column("digest", sa.Boolean(), nullable=False),
        sa.Column("digest_times", postgresql.ARRAY(sa.Time()), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_preference")),
    )
    op.create_table(
        "text_budget",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("spent", sa.Integer(), server_default="0", nullable=False),
        sa.Column("warned", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_budget")),
    )
    op.create_table(
        "not_told",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("event_type", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("notification", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("complaint_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("about_id", sa.Uuid(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_not_told")),
    )
    once = ["event_id", "notification", "reason", "about_id"]
    op.create_index("uq_not_told_once", "not_told", once, unique=True)
    op.create_index("ix_not_told_case", "not_told", ["case_id", "id"])
    op.create_index("ix_not_told_complaint", "not_told", ["complaint_id", "id"])


def downgrade() -> None:
    for table in ("not_told", "text_budget", "preference"):
        op.drop_table(table)
    op.drop_index("ix_case_copy_complaint_ids", "case_copy")
    op.drop_index(op.f("ix_staff_copy_openid_index"), "staff_copy")
    op.drop_column("staff_copy", "openid_index")
    op.drop_column("wechat_consent", "confirms")
    op.drop_index("ix_message_attempt_reference", "message_attempt")
    op.drop_index("ix_message_gatherable", "message")
    for column in ATTEMPT:
        op.drop_column("message_attempt", column.name)
    for column in MESSAGE:
        op.drop_column("message", column.name)
