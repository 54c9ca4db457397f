"""Work in the field: operations made offline, contacts, persuasions, photographs, the feed."""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

# Whoever writes a case, and however: the feed of changes must not miss it.
NOTE_TRANSACTION = """
    CREATE FUNCTION note_transaction() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        NEW.changed_in := CAST(CAST(pg_current_xact_id() AS text) AS bigint);
        RETURN NEW;
    END $$
"""
ON_EVERY_CHANGE = """
    CREATE TRIGGER note_transaction BEFORE INSERT OR UPDATE ON cases
    FOR EACH ROW EXECUTE FUNCTION note_transaction()
"""


def upgrade() -> None:
    op.create_table(
        "field_operation",
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("fingerprint", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("answer", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.PrimaryKeyConstraint("actor_id", "id", name=op.f("pk_field_operation")),
    )
    op.create_index(
        op.f("ix_field_operation_case_id"), "field_operation", ["case_id"], unique=False
    )
    op.create_table(
        "field_photo",
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("media_type", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("actor_id", "id", name=op.f("pk_field_photo")),
    )
    op.create_table(
        "case_contact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("side", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("house_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("means", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("reached", sa.Boolean(), nullable=False),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_contact_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_contact")),
    )
    op.create_index(op.f("ix_case_contact_case_id"), "case_contact", ["case_id"], unique=False)
    op.create_table(
        "persuasion",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("persons", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("what", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("heeded", sa.Boolean(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_persuasion_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_persuasion")),
    )
    op.create_index(op.f("ix_persuasion_case_id"), "persuasion", ["case_id"], unique=False)
    op.create_table(
        "photo_mention",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("photo_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_photo_mention_case_id")),
        sa.PrimaryKeyConstraint("case_id", "actor_id", "photo_id", name=op.f("pk_photo_mention")),
    )
    op.add_column("case_entry", sa.Column("happened_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "cases", sa.Column("changed_in", sa.BigInteger(), nullable=False, server_default="0")
    )
    op.alter_column("cases", "changed_in", server_default=None)
    op.create_index(op.f("ix_cases_changed_in"), "cases", ["changed_in"], unique=False)
    op.execute(NOTE_TRANSACTION)
    op.execute(ON_EVERY_CHANGE)


def downgrade() -> None:
    op.execute("DROP TRIGGER note_transaction ON cases")
    op.execute("DROP FUNCTION note_transaction()")
    op.drop_index(op.f("ix_cases_changed_in"), table_name="cases")
    op.drop_column("cases", "changed_in")
    op.drop_column("case_entry", "happened_at")
    op.drop_table("photo_mention")
    op.drop_index(op.f("ix_persuasion_case_id"), table_name="persuasion")
    op.drop_table("persuasion")
    op.drop_index(op.f("ix_case_contact_case_id"), table_name="case_contact")
    op.drop_table("case_contact")
    op.drop_table("field_photo")
    op.drop_index(op.f("ix_field_operation_case_id"), table_name="field_operation")
    op.drop_table("field_operation")
