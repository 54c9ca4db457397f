"""Tenders, their panels and bids."""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

POINTS = sa.Numeric(precision=5, scale=2)
WORDS = sqlmodel.sql.sqltypes.AutoString()


def upgrade() -> None:
    op.create_table(
        "tender",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("estate_id", sa.Uuid(), nullable=False),
        sa.Column("estate_name", WORDS, nullable=False),
        sa.Column("division", WORDS, nullable=False),
        sa.Column("method", WORDS, nullable=False),
        sa.Column("rulebook", WORDS, nullable=False),
        sa.Column("document_items", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("void_because", WORDS, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tender")),
    )
    op.create_index("ix_tender_division", "tender", ["division", "id"], unique=False)
    op.create_table(
        "tender_panelist",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tender_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("interests", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.ForeignKeyConstraint(
            ["tender_id"], ["tender.id"], name=op.f("fk_tender_panelist_tender_id_tender")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tender_panelist")),
    )
    for column in ("owner_id", "tender_id"):
        op.create_index(op.f(f"ix_tender_panelist_{column}"), "tender_panelist", [column])
    op.create_table(
        "tender_bid",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tender_id", sa.Uuid(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("grade", WORDS, nullable=True),
        sa.Column("override_reason", WORDS, nullable=True),
        sa.Column("overridden_by", sa.Uuid(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        *(
            sa.Column(name, POINTS, nullable=True)
            for name in ("service", "credit", "price", "score", "bonus", "total")
        ),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tender_id"], ["tender.id"], name=op.f("fk_tender_bid_tender_id_tender")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tender_bid")),
    )
    op.create_index(op.f("ix_tender_bid_company_id"), "tender_bid", ["company_id"])
    op.create_index("uq_tender_bid_company", "tender_bid", ["tender_id", "company_id"], unique=True)


def downgrade() -> None:
    for table in ("tender_bid", "tender_panelist", "tender"):
        op.drop_table(table)
