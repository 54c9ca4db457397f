"""The access token of WeChat shared by all processes; content checked, and what WeChat pushes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

WHEN = sa.DateTime(timezone=True)
INDEXES: list[tuple[str, list[str], sa.TextClause | None]] = [
    ("ix_screening_due", ["due_at", "id"], sa.text("state IN ('WAITING', 'SENT')")),
    ("ix_screening_held", ["written_at", "id"], sa.text("state = 'HELD'")),
    ("ix_screening_filed", ["subject_type", "filed_at"], None),
    ("ix_screening_complaint_id", ["complaint_id"], None),
    ("ix_screening_trace_id", ["trace_id"], None),
]


def upgrade() -> None:
    op.create_table(
        "wechat_token",
        sa.Column("appid", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("expires_at", WHEN, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("forced_at", WHEN, nullable=True),
        sa.PrimaryKeyConstraint("appid", name=op.f("pk_wechat_token")),
    )
    op.create_table(
        "wechat_push",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("received_at", WHEN, nullable=False),
        sa.Column("handled_at", WHEN, nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_wechat_push")),
    )
    op.create_index(
        "ix_wechat_push_waiting",
        "wechat_push",
        ["received_at"],
        postgresql_where=sa.text("handled_at IS NULL"),
    )
    op.create_index("ix_wechat_push_handled", "wechat_push", ["handled_at"])
    _add_screening()


def _add_screening() -> None:
    op.create_table(
        "screening",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject_type", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("filed_at", WHEN, nullable=False),
        sa.Column("written_at", WHEN, nullable=False),
        sa.Column("due_at", WHEN, nullable=False),
        sa.Column("claimed_until", WHEN, nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("trace_id", sa.String(), nullable=True),
        sa.Column("label", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        *(sa.Column(f"{moment}_at", WHEN, nullable=True) for moment in ("sent", "answered")),
        sa.Column("decided_at", WHEN, nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_screening_complaint_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screening")),
        sa.UniqueConstraint(
            "subject_type", "subject_id", name=op.f("uq_screening_subject_type_subject_id")
        ),
    )
    for name, columns, condition in INDEXES:
        op.create_index(name, "screening", columns, postgresql_where=condition)


def downgrade() -> None:
    op.drop_table("screening")
    op.drop_table("wechat_push")
    op.drop_table("wechat_token")
