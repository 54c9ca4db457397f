"""The owners' vote of a tender."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

SQUARE_METRES = sa.Numeric(precision=12, scale=2)


def upgrade() -> None:
    op.create_table(
        "tender_vote",
        sa.Column("tender_id", sa.Uuid(), nullable=False),
        sa.Column("bid_id", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("owners", sa.Integer(), nullable=False),
        sa.Column("area", SQUARE_METRES, nullable=False),
        sa.Column("owners_participating", sa.Integer(), nullable=False),
        sa.Column("area_participating", SQUARE_METRES, nullable=False),
        sa.Column("owners_agreeing", sa.Integer(), nullable=False),
        sa.Column("area_agreeing", SQUARE_METRES, nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tender_id"], ["tender.id"], name=op.f("fk_tender_vote_tender_id_tender")
        ),
        sa.ForeignKeyConstraint(
            ["bid_id"], ["tender_bid.id"], name=op.f("fk_tender_vote_bid_id_tender_bid")
        ),
        sa.PrimaryKeyConstraint("tender_id", name=op.f("pk_tender_vote")),
    )


def downgrade() -> None:
    op.drop_table("tender_vote")
