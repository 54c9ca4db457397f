"""First tables."""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.dialects import postgresql

from shared.audit import install_guards

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_checkpoint",
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("log", sa.Text(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_audit_checkpoint")),
    )
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("actor_end", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject_type", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column(
            "details",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("sequence", sa.BigInteger(), nullable=True),
        sa.Column("prev_hash", sa.LargeBinary(), nullable=True),
        sa.Column("hash", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "num_nulls(sequence, prev_hash, hash) IN (0, 3)",
            name=op.f("ck_audit_entry_sealed_as_a_whole"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    op.create_index(op.f("ix_audit_entry_subject_id"), "audit_entry", ["subject_id"], unique=False)
    op.create_index(
        "ix_audit_entry_unsealed",
        "audit_entry",
        ["id"],
        unique=False,
        postgresql_where=sa.text("sequence IS NULL"),
    )
    op.create_index(
        "uq_audit_entry_sequence",
        "audit_entry",
        ["sequence"],
        unique=True,
        postgresql_where=sa.text("sequence IS NOT NULL"),
    )
    op.create_table(
        "calendar_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("worked", sa.Boolean(), nullable=False),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_calendar_day")),
    )
    op.create_table(
        "calendar_year",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_calendar_year")),
    )
    op.create_table(
        "cases",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("category", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("grade", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("division", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("place_code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("estate_id", sa.Uuid(), nullable=False),
        sa.Column("estate_name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("building_id", sa.Uuid(), nullable=True),
        sa.Column("grid_code", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("company_id", sa.Uuid(), nullable=True),
        sa.Column("channel", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("emergency", sa.Boolean(), nullable=False),
        sa.Column("police_check", sa.Boolean(), nullable=False),
        sa.Column("overdue", sa.Boolean(), nullable=False),
        sa.Column("rulebook", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("result_code", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("reopen_count", sa.Integer(), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("promised_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_dispatch_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("feedback_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("number", name=op.f("uq_cases_number")),
    )
    op.create_index(op.f("ix_cases_company_id"), "cases", ["company_id"], unique=False)
    op.create_index(op.f("ix_cases_estate_id"), "cases", ["estate_id"], unique=False)
    op.create_index(
        "ix_cases_place_code",
        "cases",
        ["place_code"],
        unique=False,
        postgresql_ops={"place_code": "text_pattern_ops"},
    )
    op.create_table(
        "clock",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("generation", sa.Integer(), server_default="1", nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("warnings", sa.ARRAY(sa.Float()), nullable=False),
        sa.Column("warned", sa.Float(), server_default="0", nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_total", sa.Interval(), server_default=sa.text("'0'"), nullable=False),
        sa.Column("met_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("breached_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock")),
    )
    op.create_index(
        "ix_clock_next_at",
        "clock",
        ["next_at"],
        unique=False,
        postgresql_where=sa.text("state = 'RUNNING'"),
    )
    op.create_index(op.f("ix_clock_subject_id"), "clock", ["subject_id"], unique=False)
    op.create_index(
        "uq_clock_open",
        "clock",
        ["subject_id", "kind"],
        unique=True,
        postgresql_where=sa.text("state IN ('RUNNING', 'PAUSED')"),
    )
    op.create_table(
        "division",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("level", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("parent_code", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_division")),
        sa.UniqueConstraint("code", "valid_from", name=op.f("uq_division_code_valid_from")),
    )
    op.create_index(op.f("ix_division_parent_code"), "division", ["parent_code"], unique=False)
    op.create_table(
        "idempotency_key",
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("actor", "key", name=op.f("pk_idempotency_key")),
    )
    op.create_index(
        op.f("ix_idempotency_key_created_at"), "idempotency_key", ["created_at"], unique=False
    )
    op.create_table(
        "inbox",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("handler", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="1", nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "received_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("parked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("event_id", "handler", name=op.f("pk_inbox")),
    )
    op.create_table(
        "integration_key",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_integration_key")),
    )
    op.create_index(
        op.f("ix_integration_key_organisation_id"),
        "integration_key",
        ["organisation_id"],
        unique=False,
    )
    op.create_table(
        "number_series",
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_number_series")),
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("specialty", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("level", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("division", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("display_name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("court_code", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("credit_code", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("staff_count", sa.Integer(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("court_code", name=op.f("uq_organisation_court_code")),
        sa.UniqueConstraint("credit_code", name=op.f("uq_organisation_credit_code")),
    )
    op.create_index(
        "ix_organisation_division_specialty",
        "organisation",
        ["division", "specialty"],
        unique=False,
    )
    op.create_index(
        "uq_organisation_seat",
        "organisation",
        ["kind", "specialty", "division"],
        unique=True,
        postgresql_where=sa.text("active AND kind NOT IN ('COMPANY', 'AGENCY', 'UTILITY')"),
    )
    op.create_table(
        "outbox",
        sa.Column("position", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("audience", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sends", sa.Integer(), server_default="0", nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_outbox")),
        sa.UniqueConstraint("id", name=op.f("uq_outbox_id")),
    )
    op.create_index(
        "ix_outbox_unsent",
        "outbox",
        ["position"],
        unique=False,
        postgresql_where=sa.text("sent_at IS NULL"),
    )
    op.create_index(
        "ix_outbox_unsettled",
        "outbox",
        ["sent_at"],
        unique=False,
        postgresql_where=sa.text("settled_at IS NULL"),
    )
    op.create_table(
        "parked_message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=True),
        sa.Column("handler", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("stack_hash", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column(
            "parked_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("resolution", sa.Text(), nullable=True),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parked_message")),
    )
    op.create_index(
        "ix_parked_message_open",
        "parked_message",
        ["parked_at"],
        unique=False,
        postgresql_where=sa.text("resolution IS NULL"),
    )
    op.create_table(
        "receipt",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column(
            "received_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("event_id", "service", name=op.f("pk_receipt")),
    )
    op.create_table(
        "received_callback",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("webhook_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("fingerprint", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.PrimaryKeyConstraint("organisation_id", "webhook_id", name=op.f("pk_received_callback")),
    )
    op.create_table(
        "refresh_session",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("client_hash", sa.LargeBinary(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("idle_expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_because", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_refresh_session")),
    )
    op.create_index(
        op.f("ix_refresh_session_expires_at"), "refresh_session", ["expires_at"], unique=False
    )
    op.create_index(
        op.f("ix_refresh_session_subject_id"),
        "refresh_session",
        ["subject_id"],
        unique=False,
        postgresql_where=sa.text("revoked_at IS NULL"),
    )
    op.create_table(
        "revoked_session",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_revoked_session")),
    )
    op.create_index(op.f("ix_revoked_session_until"), "revoked_session", ["until"], unique=False)
    op.create_table(
        "screening",
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("category", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("rulebook", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("evidence", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.PrimaryKeyConstraint("complaint_id", name=op.f("pk_screening")),
    )
    op.create_table(
        "sign_in_attempt",
        sa.Column("key_hash", sa.LargeBinary(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("window_ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key_hash", name=op.f("pk_sign_in_attempt")),
    )
    op.create_index(
        op.f("ix_sign_in_attempt_window_ends_at"),
        "sign_in_attempt",
        ["window_ends_at"],
        unique=False,
    )
    op.create_table(
        "assignment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("end", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("role", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("display_name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("dispatched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_by", sa.Uuid(), nullable=True),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_assignment_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
    )
    op.create_index(op.f("ix_assignment_case_id"), "assignment", ["case_id"], unique=False)
    op.create_index(
        op.f("ix_assignment_organisation_id"), "assignment", ["organisation_id"], unique=False
    )
    op.create_index(op.f("ix_assignment_person_id"), "assignment", ["person_id"], unique=False)
    op.create_table(
        "case_complaint",
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("number", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("house_id", sa.Uuid(), nullable=True),
        sa.Column("narrative", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_complaint_case_id")),
        sa.PrimaryKeyConstraint("complaint_id", name=op.f("pk_case_complaint")),
    )
    op.create_index(op.f("ix_case_complaint_case_id"), "case_complaint", ["case_id"], unique=False)
    op.create_index(
        op.f("ix_case_complaint_owner_id"), "case_complaint", ["owner_id"], unique=False
    )
    op.create_table(
        "case_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("action", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("state_before", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("state_after", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("actor_end", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_entry_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_entry")),
    )
    op.create_index(op.f("ix_case_entry_case_id"), "case_entry", ["case_id"], unique=False)
    op.create_table(
        "case_result",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("proofs", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("submitted_by", sa.Uuid(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decision", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_result_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_result")),
    )
    op.create_index(op.f("ix_case_result_case_id"), "case_result", ["case_id"], unique=False)
    op.create_table(
        "estate",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("display_name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("division", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("community_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("households", sa.Integer(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["organisation.id"], name=op.f("fk_estate_community_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_estate")),
    )
    op.create_index(op.f("ix_estate_community_id"), "estate", ["community_id"], unique=False)
    op.create_index(op.f("ix_estate_division"), "estate", ["division"], unique=False)
    op.create_table(
        "feedback",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("reply", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("given_by", sa.Uuid(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_feedback_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback")),
    )
    op.create_index(op.f("ix_feedback_case_id"), "feedback", ["case_id"], unique=False)
    op.create_table(
        "grading",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("category", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("grade", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("actor_end", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("evidence", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_grading_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grading")),
    )
    op.create_index(op.f("ix_grading_case_id"), "grading", ["case_id"], unique=False)
    op.create_table(
        "grid",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("community_id", sa.Uuid(), nullable=False),
        sa.Column("leader_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["organisation.id"], name=op.f("fk_grid_community_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grid")),
        sa.UniqueConstraint("code", name=op.f("uq_grid_code")),
    )
    op.create_index(op.f("ix_grid_community_id"), "grid", ["community_id"], unique=False)
    op.create_index(op.f("ix_grid_leader_id"), "grid", ["leader_id"], unique=False)
    op.create_table(
        "joint_action",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("convened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("plan", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_joint_action_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joint_action")),
    )
    op.create_index(op.f("ix_joint_action_case_id"), "joint_action", ["case_id"], unique=False)
    op.create_index(
        "uq_joint_action_open",
        "joint_action",
        ["case_id"],
        unique=True,
        postgresql_where=sa.text("completed_at IS NULL"),
    )
    op.create_table(
        "judicial_matter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("consented_by", sa.Uuid(), nullable=False),
        sa.Column("consented_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=True),
        sa.Column("package_number", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("package", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("handed_over_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("court_case_number", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_judicial_matter_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judicial_matter")),
        sa.UniqueConstraint("package_number", name=op.f("uq_judicial_matter_package_number")),
    )
    op.create_index(
        op.f("ix_judicial_matter_case_id"), "judicial_matter", ["case_id"], unique=False
    )
    op.create_index(
        op.f("ix_judicial_matter_court_id"), "judicial_matter", ["court_id"], unique=False
    )
    op.create_index(
        "uq_judicial_matter_open",
        "judicial_matter",
        ["case_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "mediation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("organiser_id", sa.Uuid(), nullable=True),
        sa.Column("committee_id", sa.Uuid(), nullable=True),
        sa.Column("mediator_id", sa.Uuid(), nullable=True),
        sa.Column("file_number", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("scheduled_for", sa.DateTime(timezone=True), nullable=True),
        sa.Column("place", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_mediation_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mediation")),
    )
    op.create_index(op.f("ix_mediation_case_id"), "mediation", ["case_id"], unique=False)
    op.create_index(op.f("ix_mediation_committee_id"), "mediation", ["committee_id"], unique=False)
    op.create_index(op.f("ix_mediation_mediator_id"), "mediation", ["mediator_id"], unique=False)
    op.create_index(
        "uq_mediation_open",
        "mediation",
        ["case_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "refresh_token",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rotated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("successor_salt", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["refresh_session.session_id"],
            name=op.f("fk_refresh_token_session_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_refresh_token")),
    )
    op.create_index(
        op.f("ix_refresh_token_session_id"), "refresh_token", ["session_id"], unique=False
    )
    op.create_table(
        "staff",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("account", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("display_name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("end", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("roles", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("divisions", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("estate_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("interests", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("password_hash", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("totp_secret", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("totp_enabled", sa.Boolean(), nullable=False),
        sa.Column("totp_step", sa.Integer(), nullable=True),
        sa.Column("openid", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("mobile", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_staff_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("account", name=op.f("uq_staff_account")),
    )
    op.create_index(op.f("ix_staff_organisation_id"), "staff", ["organisation_id"], unique=False)
    op.create_table(
        "agreement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("mediation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("content", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("concerns_ownership", sa.Boolean(), nullable=False),
        sa.Column("effective_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("performed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("proofs", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_agreement_case_id")),
        sa.ForeignKeyConstraint(
            ["mediation_id"], ["mediation.id"], name=op.f("fk_agreement_mediation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
        sa.UniqueConstraint("number", name=op.f("uq_agreement_number")),
    )
    op.create_index(op.f("ix_agreement_case_id"), "agreement", ["case_id"], unique=False)
    op.create_table(
        "building",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("estate_id", sa.Uuid(), nullable=False),
        sa.Column("number", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["estate_id"], ["estate.id"], name=op.f("fk_building_estate_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_building")),
        sa.UniqueConstraint("estate_id", "number", name=op.f("uq_building_estate_id_number")),
    )
    op.create_table(
        "grid_worker",
        sa.Column("grid_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["grid_id"], ["grid.id"], name=op.f("fk_grid_worker_grid_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_grid_worker_staff_id")),
        sa.PrimaryKeyConstraint("grid_id", "staff_id", name=op.f("pk_grid_worker")),
    )
    op.create_index(op.f("ix_grid_worker_staff_id"), "grid_worker", ["staff_id"], unique=False)
    op.create_table(
        "joint_member",
        sa.Column("joint_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("display_name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("result_code", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("result_text", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("proofs", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("filed_by", sa.Uuid(), nullable=True),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["joint_id"], ["joint_action.id"], name=op.f("fk_joint_member_joint_id")
        ),
        sa.PrimaryKeyConstraint("joint_id", "organisation_id", name=op.f("pk_joint_member")),
    )
    op.create_table(
        "mediation_contact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("mediation_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("means", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mediation_id"], ["mediation.id"], name=op.f("fk_mediation_contact_mediation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mediation_contact")),
    )
    op.create_index(
        op.f("ix_mediation_contact_mediation_id"),
        "mediation_contact",
        ["mediation_id"],
        unique=False,
    )
    op.create_table(
        "mediation_party",
        sa.Column("mediation_id", sa.Uuid(), nullable=False),
        sa.Column("side", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("identity", sa.Uuid(), nullable=True),
        sa.Column("consent", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["mediation_id"], ["mediation.id"], name=op.f("fk_mediation_party_mediation_id")
        ),
        sa.PrimaryKeyConstraint("mediation_id", "side", name=op.f("pk_mediation_party")),
    )
    op.create_table(
        "mediation_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("mediation_id", sa.Uuid(), nullable=False),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("capacities", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("valid", sa.Boolean(), nullable=False),
        sa.Column("excuse", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("attendees", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("notes", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mediation_id"], ["mediation.id"], name=op.f("fk_mediation_session_mediation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mediation_session")),
    )
    op.create_index(
        op.f("ix_mediation_session_mediation_id"),
        "mediation_session",
        ["mediation_id"],
        unique=False,
    )
    op.create_table(
        "mediator",
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("full_time", sa.Boolean(), nullable=False),
        sa.Column("certificate_kind", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("certificate_number", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_mediator_staff_id")),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_mediator")),
    )
    op.create_table(
        "service_contract",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("estate_id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id"], ["organisation.id"], name=op.f("fk_service_contract_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["estate_id"], ["estate.id"], name=op.f("fk_service_contract_estate_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_contract")),
        sa.UniqueConstraint(
            "estate_id", "valid_from", name=op.f("uq_service_contract_estate_id_valid_from")
        ),
    )
    op.create_index(
        op.f("ix_service_contract_company_id"), "service_contract", ["company_id"], unique=False
    )
    op.create_table(
        "building_coverage",
        sa.Column("building_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("grid_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["building_id"], ["building.id"], name=op.f("fk_building_coverage_building_id")
        ),
        sa.ForeignKeyConstraint(
            ["grid_id"], ["grid.id"], name=op.f("fk_building_coverage_grid_id")
        ),
        sa.PrimaryKeyConstraint("building_id", "valid_from", name=op.f("pk_building_coverage")),
    )
    op.create_index(
        op.f("ix_building_coverage_grid_id"), "building_coverage", ["grid_id"], unique=False
    )
    op.create_table(
        "confirmation_application",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("number", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("consents", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("prepared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("court_case_number", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["agreement.id"],
            name=op.f("fk_confirmation_application_agreement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_confirmation_application_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmation_application")),
        sa.UniqueConstraint("number", name=op.f("uq_confirmation_application_number")),
    )
    op.create_index(
        op.f("ix_confirmation_application_agreement_id"),
        "confirmation_application",
        ["agreement_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_confirmation_application_case_id"),
        "confirmation_application",
        ["case_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_confirmation_application_court_id"),
        "confirmation_application",
        ["court_id"],
        unique=False,
    )
    op.create_table(
        "house",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("building_id", sa.Uuid(), nullable=False),
        sa.Column("unit", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("room", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("area", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["building_id"], ["building.id"], name=op.f("fk_house_building_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_house")),
        sa.UniqueConstraint(
            "building_id", "unit", "room", name=op.f("uq_house_building_id_unit_room")
        ),
    )
    op.create_table(
        "obligation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("side", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("what", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_obligation_agreement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obligation")),
    )
    op.create_index(
        op.f("ix_obligation_agreement_id"), "obligation", ["agreement_id"], unique=False
    )
    install_guards(op.get_bind())


def downgrade() -> None:
    op.drop_index(op.f("ix_obligation_agreement_id"), table_name="obligation")
    op.drop_table("obligation")
    op.drop_table("house")
    op.drop_index(
        op.f("ix_confirmation_application_court_id"), table_name="confirmation_application"
    )
    op.drop_index(
        op.f("ix_confirmation_application_case_id"), table_name="confirmation_application"
    )
    op.drop_index(
        op.f("ix_confirmation_application_agreement_id"), table_name="confirmation_application"
    )
    op.drop_table("confirmation_application")
    op.drop_index(op.f("ix_building_coverage_grid_id"), table_name="building_coverage")
    op.drop_table("building_coverage")
    op.drop_index(op.f("ix_service_contract_company_id"), table_name="service_contract")
    op.drop_table("service_contract")
    op.drop_table("mediator")
    op.drop_index(op.f("ix_mediation_session_mediation_id"), table_name="mediation_session")
    op.drop_table("mediation_session")
    op.drop_table("mediation_party")
    op.drop_index(op.f("ix_mediation_contact_mediation_id"), table_name="mediation_contact")
    op.drop_table("mediation_contact")
    op.drop_table("joint_member")
    op.drop_index(op.f("ix_grid_worker_staff_id"), table_name="grid_worker")
    op.drop_table("grid_worker")
    op.drop_table("building")
    op.drop_index(op.f("ix_agreement_case_id"), table_name="agreement")
    op.drop_table("agreement")
    op.drop_index(op.f("ix_staff_organisation_id"), table_name="staff")
    op.drop_table("staff")
    op.drop_index(op.f("ix_refresh_token_session_id"), table_name="refresh_token")
    op.drop_table("refresh_token")
    op.drop_index(
        "uq_mediation_open", table_name="mediation", postgresql_where=sa.text("ended_at IS NULL")
    )
    op.drop_index(op.f("ix_mediation_mediator_id"), table_name="mediation")
    op.drop_index(op.f("ix_mediation_committee_id"), table_name="mediation")
    op.drop_index(op.f("ix_mediation_case_id"), table_name="mediation")
    op.drop_table("mediation")
    op.drop_index(
        "uq_judicial_matter_open",
        table_name="judicial_matter",
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.drop_index(op.f("ix_judicial_matter_court_id"), table_name="judicial_matter")
    op.drop_index(op.f("ix_judicial_matter_case_id"), table_name="judicial_matter")
    op.drop_table("judicial_matter")
    op.drop_index(
        "uq_joint_action_open",
        table_name="joint_action",
        postgresql_where=sa.text("completed_at IS NULL"),
    )
    op.drop_index(op.f("ix_joint_action_case_id"), table_name="joint_action")
    op.drop_table("joint_action")
    op.drop_index(op.f("ix_grid_leader_id"), table_name="grid")
    op.drop_index(op.f("ix_grid_community_id"), table_name="grid")
    op.drop_table("grid")
    op.drop_index(op.f("ix_grading_case_id"), table_name="grading")
    op.drop_table("grading")
    op.drop_index(op.f("ix_feedback_case_id"), table_name="feedback")
    op.drop_table("feedback")
    op.drop_index(op.f("ix_estate_division"), table_name="estate")
    op.drop_index(op.f("ix_estate_community_id"), table_name="estate")
    op.drop_table("estate")
    op.drop_index(op.f("ix_case_result_case_id"), table_name="case_result")
    op.drop_table("case_result")
    op.drop_index(op.f("ix_case_entry_case_id"), table_name="case_entry")
    op.drop_table("case_entry")
    op.drop_index(op.f("ix_case_complaint_owner_id"), table_name="case_complaint")
    op.drop_index(op.f("ix_case_complaint_case_id"), table_name="case_complaint")
    op.drop_table("case_complaint")
    op.drop_index(op.f("ix_assignment_person_id"), table_name="assignment")
    op.drop_index(op.f("ix_assignment_organisation_id"), table_name="assignment")
    op.drop_index(op.f("ix_assignment_case_id"), table_name="assignment")
    op.drop_table("assignment")
    op.drop_index(op.f("ix_sign_in_attempt_window_ends_at"), table_name="sign_in_attempt")
    op.drop_table("sign_in_attempt")
    op.drop_table("screening")
    op.drop_index(op.f("ix_revoked_session_until"), table_name="revoked_session")
    op.drop_table("revoked_session")
    op.drop_index(
        op.f("ix_refresh_session_subject_id"),
        table_name="refresh_session",
        postgresql_where=sa.text("revoked_at IS NULL"),
    )
    op.drop_index(op.f("ix_refresh_session_expires_at"), table_name="refresh_session")
    op.drop_table("refresh_session")
    op.drop_table("received_callback")
    op.drop_table("receipt")
    op.drop_index(
        "ix_parked_message_open",
        table_name="parked_message",
        postgresql_where=sa.text("resolution IS NULL"),
    )
    op.drop_table("parked_message")
    op.drop_index(
        "ix_outbox_unsettled", table_name="outbox", postgresql_where=sa.text("settled_at IS NULL")
    )
    op.drop_index(
        "ix_outbox_unsent", table_name="outbox", postgresql_where=sa.text("sent_at IS NULL")
    )
    op.drop_table("outbox")
    op.drop_index(
        "uq_organisation_seat",
        table_name="organisation",
        postgresql_where=sa.text("active AND kind NOT IN ('COMPANY', 'AGENCY', 'UTILITY')"),
    )
    op.drop_index("ix_organisation_division_specialty", table_name="organisation")
    op.drop_table("organisation")
    op.drop_table("number_series")
    op.drop_index(op.f("ix_integration_key_organisation_id"), table_name="integration_key")
    op.drop_table("integration_key")
    op.drop_table("inbox")
    op.drop_index(op.f("ix_idempotency_key_created_at"), table_name="idempotency_key")
    op.drop_table("idempotency_key")
    op.drop_index(op.f("ix_division_parent_code"), table_name="division")
    op.drop_table("division")
    op.drop_index(
        "uq_clock_open",
        table_name="clock",
        postgresql_where=sa.text("state IN ('RUNNING', 'PAUSED')"),
    )
    op.drop_index(op.f("ix_clock_subject_id"), table_name="clock")
    op.drop_index(
        "ix_clock_next_at", table_name="clock", postgresql_where=sa.text("state = 'RUNNING'")
    )
    op.drop_table("clock")
    op.drop_index(
        "ix_cases_place_code", table_name="cases", postgresql_ops={"place_code": "text_pattern_ops"}
    )
    op.drop_index(op.f("ix_cases_estate_id"), table_name="cases")
    op.drop_index(op.f("ix_cases_company_id"), table_name="cases")
    op.drop_table("cases")
    op.drop_table("calendar_year")
    op.drop_table("calendar_day")
    op.drop_index(
        "uq_audit_entry_sequence",
        table_name="audit_entry",
        postgresql_where=sa.text("sequence IS NOT NULL"),
    )
    op.drop_index(
        "ix_audit_entry_unsealed",
        table_name="audit_entry",
        postgresql_where=sa.text("sequence IS NULL"),
    )
    op.drop_index(op.f("ix_audit_entry_subject_id"), table_name="audit_entry")
    op.drop_table("audit_entry")
    op.drop_table("audit_checkpoint")
