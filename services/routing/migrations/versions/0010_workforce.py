"""Roles and interests with their days, invitations, hand-overs of contracts, drafts of imports."""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

SYSTEM = "00000000-0000-7000-8000-000000000001"


def upgrade() -> None:

    op.create_table(
        "import_draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rows", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("outcome", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("preview", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_draft")),
    )
    op.create_index(op.f("ix_import_draft_made_by"), "import_draft", ["made_by"], unique=False)
    op.create_table(
        "interest",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_interest_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interest")),
    )
    op.create_index(op.f("ix_interest_staff_id"), "interest", ["staff_id"], unique=False)
    op.create_table(
        "invitation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("invited_by", sa.Uuid(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_invitation_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("staff_id", name=op.f("uq_invitation_staff_id")),
    )
    op.create_table(
        "role_grant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("role", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("granted_by", sa.Uuid(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_role_grant_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
    )
    op.create_index(op.f("ix_role_grant_staff_id"), "role_grant", ["staff_id"], unique=False)
    op.add_column("estate", sa.Column("changes_on", sa.Date(), nullable=True))
    op.create_index(op.f("ix_estate_changes_on"), "estate", ["changes_on"], unique=False)
    op.add_column("service_contract", sa.Column("replaces_id", sa.Uuid(), nullable=True))
    op.add_column(
        "service_contract", sa.Column("handover", sqlmodel.sql.sqltypes.AutoString(), nullable=True)
    )
    op.create_foreign_key(
        op.f("fk_service_contract_replaces_id"),
        "service_contract",
        "service_contract",
        ["replaces_id"],
        ["id"],
    )
    op.add_column("staff", sa.Column("changes_on", sa.Date(), nullable=True))
    op.create_index(op.f("ix_staff_changes_on"), "staff", ["changes_on"], unique=False)
    _keep_what_was_held()


def _keep_what_was_held() -> None:
    """Roles and interests that accounts had become records, and estates learn their next day."""
    op.execute(f"""
        INSERT INTO role_grant (id, staff_id, role, valid_from, granted_by, granted_at)
        SELECT gen_random_uuid(), id, unnest(roles), current_date - 1, '{SYSTEM}', now() FROM staff
    """)
    op.execute(f"""
        INSERT INTO interest (id, staff_id, kind, subject_id, source, valid_from, recorded_by,
                              recorded_at)
        SELECT gen_random_uuid(), staff.id,
               CASE WHEN organisation.kind = 'COMPANY' THEN 'COMPANY'
                    WHEN organisation.id IS NOT NULL THEN 'COMMITTEE' ELSE 'HOUSEHOLD' END,
               subject_id, 'FOUND', current_date - 1, '{SYSTEM}', now()
          FROM staff CROSS JOIN unnest(interests) AS subject_id
          LEFT JOIN organisation ON organisation.id = subject_id
         WHERE subject_id <> staff.organisation_id
    """)
    op.execute("""
        UPDATE estate SET changes_on = (
            SELECT min(day) FROM (
                SELECT valid_from AS day FROM building_coverage
                  JOIN building ON building.id = building_id WHERE estate_id = estate.id
                UNION SELECT valid_from FROM service_contract WHERE estate_id = estate.id
                UNION SELECT valid_to + 1 FROM service_contract WHERE estate_id = estate.id
            ) AS turns WHERE day > current_date)
    """)


def downgrade() -> None:
    op.drop_index(op.f("ix_staff_changes_on"), table_name="staff")
    op.drop_column("staff", "changes_on")
    op.drop_constraint(
        op.f("fk_service_contract_replaces_id"), "service_contract", type_="foreignkey"
    )
    op.drop_column("service_contract", "handover")
    op.drop_column("service_contract", "replaces_id")
    op.drop_index(op.f("ix_estate_changes_on"), table_name="estate")
    op.drop_column("estate", "changes_on")
    op.drop_index(op.f("ix_role_grant_staff_id"), table_name="role_grant")
    op.drop_table("role_grant")
    op.drop_table("invitation")
    op.drop_index(op.f("ix_interest_staff_id"), table_name="interest")
    op.drop_table("interest")
    op.drop_index(op.f("ix_import_draft_made_by"), table_name="import_draft")
    op.drop_table("import_draft")
