"""What survey says: notices that tell of it by themselves, scores behind a talk, grades of cases."""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("public_notice", sa.Column("source_id", sa.Uuid(), nullable=True))
    op.add_column("public_notice", sa.Column("source_version", sa.Integer(), nullable=True))
    op.create_index(
        "uq_public_notice_source", "public_notice", ["source_id", "source_version"], unique=True
    )
    words = sqlmodel.sql.sqltypes.AutoString()
    op.add_column("case_copy", sa.Column("grade", words, nullable=True))
    op.create_table(
        "talk_score",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cause", words, nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("estate_id", sa.Uuid(), nullable=False),
        sa.Column("scores", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("rectification_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talk_score")),
    )
    op.create_index("ix_talk_score_company", "talk_score", ["company_id", "estate_id"])
    op.create_index(op.f("ix_talk_score_rectification_id"), "talk_score", ["rectification_id"])


def downgrade() -> None:
    op.drop_table("talk_score")
    op.drop_column("case_copy", "grade")
    op.drop_index("uq_public_notice_source", table_name="public_notice")
    op.drop_column("public_notice", "source_version")
    op.drop_column("public_notice", "source_id")
