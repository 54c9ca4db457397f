"""Talks prompted by poor evaluations, and the half-year that a talk is about."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("talk_prompt", sa.Column("evaluation_id", sa.Uuid(), nullable=True))
    op.add_column("talk_prompt", sa.Column("period", sa.String(), nullable=True))
    op.execute(
        "UPDATE talk_prompt SET period = scores -> -1 ->> 'period'"
        r" WHERE cause = 'LOW_SCORE' AND scores -> -1 ->> 'period' ~ '^\d{4}-H[12]$'"
    )
    op.create_index(
        "uq_talk_prompt_half_year",
        "talk_prompt",
        ["company_id", "estate_id", "period"],
        unique=True,
    )


def downgrade() -> None:
    op.drop_index("uq_talk_prompt_half_year", "talk_prompt")
    op.drop_column("talk_prompt", "period")
    op.drop_column("talk_prompt", "evaluation_id")
