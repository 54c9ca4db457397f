"""An inbox shows what changed; notices are published; appointments."""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TRANSACTION = sa.text("CAST(CAST(pg_current_xact_id() AS text) AS bigint)")
INDEXES = ("ix_message_unread", "ix_message_feed", "ix_message_changed")

TABLES = (
    "calendar_feed",
    "appointment_agenda",
    "appointment_guest",
    "appointment",
    "notice_round",
    "notice_posting",
    "public_notice",
)


def upgrade() -> None:
    op.add_column(
        "message",
        sa.Column("changed_in", sa.BigInteger(), nullable=False, server_default=TRANSACTION),
    )
    op.create_index("ix_message_changed", "message", ["recipient_id", "changed_in"])
    op.create_index("ix_message_feed", "message", ["changed_in", "id"])
    op.create_index(
        "ix_message_unread",
        "message",
        ["recipient_id", "notification"],
        postgresql_where=sa.text("read_at IS NULL"),
    )
    _estates()
    _notices()
    _appointments()


def _estates() -> None:
    op.add_column(
        "owner_copy",
        sa.Column("estate_ids", sa.ARRAY(sa.Uuid()), nullable=False, server_default="{}"),
    )
    op.alter_column("owner_copy", "estate_ids", server_default=None)
    op.create_index("ix_owner_copy_estates", "owner_copy", ["estate_ids"], postgresql_using="gin")


def _notices() -> None:
    op.create_table(
        "public_notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("series_id", sa.Uuid(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("division", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("estate_ids", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("links", postgresql.JSONB(), nullable=False),
        sa.Column("correction", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("drafted_by", sa.Uuid(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.Uuid(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("complete_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_because", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_notice")),
    )
    op.create_index(
        "uq_public_notice_edition", "public_notice", ["series_id", "edition"], unique=True
    )
    op.create_index(
        "ix_public_notice_published",
        "public_notice",
        ["published_at", "id"],
        postgresql_where=sa.text("state = 'PUBLISHED'"),
    )
    op.create_index("ix_public_notice_division", "public_notice", ["division", "id"])
    op.create_table(
        "notice_posting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proof", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_posting")),
    )
    op.create_index(
        "uq_notice_posting_channel", "notice_posting", ["notice_id", "channel"], unique=True
    )
    op.create_table(
        "notice_round",
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("after", sa.Uuid(), nullable=True),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("notice_id", name=op.f("pk_notice_round")),
    )
    op.create_index(
        "ix_notice_round_open",
        "notice_round",
        ["notice_id"],
        postgresql_where=sa.text("finished_at IS NULL"),
    )


def _appointments() -> None:
    op.create_table(
        "appointment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("case_number", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
    )
    op.create_index("ix_appointment_case", "appointment", ["case_id"])
    op.create_table(
        "appointment_guest",
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        sa.Column("recipient_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint(
            "appointment_id", "recipient_id", name=op.f("pk_appointment_guest")
        ),
    )
    op.create_index("ix_appointment_guest_recipient", "appointment_guest", ["recipient_id"])
    op.create_table(
        "appointment_agenda",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("appointment_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("case_id", "kind", name=op.f("pk_appointment_agenda")),
    )
    op.create_table(
        "calendar_feed",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("token_hash", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_calendar_feed")),
    )
    op.create_index("uq_calendar_feed_token", "calendar_feed", ["token_hash"], unique=True)


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    op.drop_index("ix_owner_copy_estates", table_name="owner_copy")
    op.drop_column("owner_copy", "estate_ids")
    for index in INDEXES:
        op.drop_index(index, table_name="message")
    op.drop_column("message", "changed_in")
