"""Consent with its history, guardians, codes by text message, homes by approval and invitation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
OF_A_BINDING = ("applicant_name", "reason")


def upgrade() -> None:
    op.add_column("owner", sa.Column("age_band", sa.String(), nullable=True))
    op.add_column("owner", sa.Column("erased_at", MOMENT, nullable=True))
    for column in ("openid", "openid_index"):
        op.alter_column("owner", column, nullable=True)
    _consents()
    _guardians()
    _codes()
    _homes()
    _invitations()


def _consents() -> None:
    op.create_table(
        "privacy_consent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("age_band", sa.String(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_privacy_consent")),
    )
    op.create_index(op.f("ix_privacy_consent_owner_id"), "privacy_consent", ["owner_id"])


def _guardians() -> None:
    op.create_table(
        "guardian",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("mobile", sa.String(), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("filed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("owner_id", name=op.f("pk_guardian")),
    )


def _codes() -> None:
    op.create_table(
        "sms_code",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("mobile_index", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("code_index", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("guesses", sa.Integer(), nullable=False),
        sa.Column("requested_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sms_code")),
    )
    for column in ("mobile_index", "address"):
        op.create_index(f"ix_sms_code_{column}", "sms_code", [column, "requested_at"])
    op.create_index(op.f("ix_sms_code_requested_at"), "sms_code", ["requested_at"])


def _homes() -> None:
    op.add_column("building", sa.Column("grid_code", sa.String(), nullable=True))
    op.add_column("estate", sa.Column("contracts", postgresql.JSONB(), nullable=True))
    for column in OF_A_BINDING:
        op.add_column("house_binding", sa.Column(column, sa.String(), nullable=True))
    for column in ("invited_by", "decided_by"):
        op.add_column("house_binding", sa.Column(column, sa.Uuid(), nullable=True))
    for column in ("decided_at", "ended_at"):
        op.add_column("house_binding", sa.Column(column, MOMENT, nullable=True))
    op.add_column("house_binding", sa.Column("until", sa.Date(), nullable=True))
    op.create_index("ix_house_binding_of_house", "house_binding", ["house_id", "state"])
    op.create_index(
        "ix_house_binding_waiting",
        "house_binding",
        ["estate_id", "id"],
        postgresql_where=sa.text("state = 'PENDING'"),
    )
    op.create_index(
        "ix_house_binding_until",
        "house_binding",
        ["until"],
        postgresql_where=sa.text("state = 'VERIFIED' AND until IS NOT NULL"),
    )


def _invitations() -> None:
    op.create_table(
        "home_invitation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("house_id", sa.Uuid(), nullable=False),
        sa.Column("invited_by", sa.Uuid(), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("code_index", sa.String(), nullable=True),
        sa.Column("invited_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("accepted_at", MOMENT, nullable=True),
        sa.Column("accepted_by", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_home_invitation")),
        sa.UniqueConstraint("code_index", name=op.f("uq_home_invitation_code_index")),
    )
    op.create_index(op.f("ix_home_invitation_house_id"), "home_invitation", ["house_id"])


def downgrade() -> None:
    op.drop_table("home_invitation")
    op.drop_index("ix_house_binding_until", table_name="house_binding")
    op.drop_index("ix_house_binding_waiting", table_name="house_binding")
    op.drop_index("ix_house_binding_of_house", table_name="house_binding")
    for column in (
        *("until", "ended_at", "decided_at", "decided_by", "invited_by"),
        *reversed(OF_A_BINDING),
    ):
        op.drop_column("house_binding", column)
    op.drop_column("estate", "contracts")
    op.drop_column("building", "grid_code")
    op.drop_table("sms_code")
    op.drop_table("guardian")
    op.drop_table("privacy_consent")
    op.execute("DELETE FROM owner WHERE openid IS NULL")
    for column in ("openid_index", "openid"):
        op.alter_column("owner", column, nullable=False)
    op.drop_column("owner", "erased_at")
    op.drop_column("owner", "age_band")
