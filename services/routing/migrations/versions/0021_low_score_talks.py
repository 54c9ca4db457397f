"""Talks prompted by low scores, and what came of a prompt."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "talk_prompt",
        sa.Column("cause", sa.String(), server_default="REOPENED_CASES", nullable=False),
    )
    op.add_column("talk_prompt", sa.Column("survey_id", sa.Uuid(), nullable=True))
    op.add_column(
        "talk_prompt",
        sa.Column("scores", postgresql.JSONB(), server_default="[]", nullable=False),
    )
    op.add_column("talk_prompt", sa.Column("rectification_id", sa.Uuid(), nullable=True))
    op.create_unique_constraint("uq_talk_prompt_survey_id", "talk_prompt", ["survey_id"])
    op.create_foreign_key(
        "fk_talk_prompt_rectification_id",
        "talk_prompt",
        "rectification",
        ["rectification_id"],
        ["id"],
    )


def downgrade() -> None:
    op.drop_constraint("fk_talk_prompt_rectification_id", "talk_prompt")
    op.drop_constraint("uq_talk_prompt_survey_id", "talk_prompt")
    for column in ("rectification_id", "scores", "survey_id", "cause"):
        op.drop_column("talk_prompt", column)
