"""Open311 clients, where estates lie, and an estate for what nobody can place."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

UNPLACED = """
    INSERT INTO estate (id, version, display_name, division, households)
    VALUES ('00000000-0000-7000-8000-000000000311', 0, '地点待核实', '421202', 0)
    ON CONFLICT DO NOTHING
"""


def upgrade() -> None:
    op.create_table(
        "open311_client",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("key_hash", sa.String(), nullable=False),
        sa.Column("hourly", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_open311_client")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_open311_client_key_hash")),
    )
    op.create_table(
        "estate_location",
        sa.Column("estate_id", sa.Uuid(), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=False),
        sa.Column("longitude", sa.Float(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("estate_id", name=op.f("pk_estate_location")),
    )
    op.create_index(op.f("ix_estate_location_latitude"), "estate_location", ["latitude"])
    op.execute(UNPLACED)


def downgrade() -> None:
    op.drop_index(op.f("ix_estate_location_latitude"), table_name="estate_location")
    op.drop_table("estate_location")
    op.drop_table("open311_client")
