"""Cases and their units know the next promise; desks have views, bulk actions and standard texts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

WHEN = sa.DateTime(timezone=True)
OPEN = "next_due_at IS NOT NULL"
WORKING = "ended_at IS NULL AND next_due_at IS NOT NULL"
IN_ORDER = {
    "due": (),
    "state_due": ("state",),
    "grade_due": ("grade",),
    "clock_due": ("clock_state",),
    "street_due": ("left(place_code, 9)",),
    "street_grade": ("left(place_code, 9)", "grade"),
    "community_due": ("left(place_code, 12)",),
    "grid_due": ("place_code",),
    "estate_due": ("estate_id",),
}
SELDOM = ("emergency", "supervised", "group_incident")
OPEN_CASES = """
    UPDATE cases SET next_due_at = '9999-12-31 00:00+00'
    WHERE state NOT IN ('CLOSED', 'TRANSFERRED', 'CANCELLED')
"""
PROMISES = """
    UPDATE cases SET next_due_at = promise.due_at, next_clock = promise.kind,
        clock_state = CASE WHEN promise.state = 'PAUSED' THEN 'PAUSED'
                           WHEN promise.breached_at >= promise.due_at THEN 'OVERDUE'
                           WHEN promise.warned >= 0.8 THEN 'WARNED_80'
                           WHEN promise.warned >= 0.5 THEN 'WARNED_50'
                           ELSE 'RUNNING_OK' END
    FROM (SELECT DISTINCT ON (subject_id) * FROM clock
          WHERE state IN ('RUNNING', 'PAUSED')
            AND kind NOT IN ('OWNER_CONFIRMATION', 'RETURN_VISIT', 'SUPPLEMENT', 'REOPEN_WINDOW',
                             'CONFIRMATION_APPLICATION')
          ORDER BY subject_id, state DESC, due_at, kind) AS promise
    WHERE promise.subject_id = cases.id AND cases.next_due_at IS NOT NULL
"""
UNITS = """
    UPDATE assignment SET next_due_at = cases.next_due_at FROM cases WHERE cases.id = case_id
"""
# an estate tells its company: taken for independent, the two would keep a site office from its index
ESTATES_OF_COMPANIES = """
    CREATE STATISTICS cases_company_estates (dependencies) ON company_id, estate_id FROM cases
"""


def upgrade() -> None:
    op.add_column("cases", sa.Column("next_due_at", WHEN))
    op.add_column("cases", sa.Column("next_clock", sa.String()))
    op.add_column("cases", sa.Column("clock_state", sa.String()))
    op.add_column("assignment", sa.Column("next_due_at", WHEN))
    for statement in (OPEN_CASES, PROMISES, UNITS):
        op.execute(statement)
    for name, columns in IN_ORDER.items():
        _index(f"ix_cases_{name}", "cases", (*columns, "next_due_at", "id"), OPEN)
    for flag in SELDOM:
        _index(f"ix_cases_{flag}", "cases", ("next_due_at", "id"), f"{OPEN} AND {flag}")
    _index("ix_cases_street_accepted", "cases", ("left(place_code, 9)", "id"))
    _index("ix_cases_community_accepted", "cases", ("left(place_code, 12)", "id"))
    _index(
        "ix_assignment_due", "assignment", ("organisation_id", "next_due_at", "case_id"), WORKING
    )
    _index("ix_cases_number_begins", "cases", ("number text_pattern_ops",))
    # with the estate's it tempts the planner into an intersection of both
    op.drop_index("ix_cases_company_id", "cases")
    op.drop_index("ix_assignment_organisation_id", "assignment")
    _index("ix_assignment_organisation_id", "assignment", ("organisation_id", "case_id"))
    op.execute(ESTATES_OF_COMPANIES)
    _create_saved_views()
    _create_bulk_previews()
    _create_standard_texts()


def downgrade() -> None:
    for table in ("standard_text_version", "standard_text", "bulk_preview", "saved_view"):
        op.drop_table(table)
    op.execute("DROP STATISTICS cases_company_estates")
    op.drop_index("ix_assignment_organisation_id", "assignment")
    _index("ix_assignment_organisation_id", "assignment", ("organisation_id",))
    _index("ix_cases_company_id", "cases", ("company_id",))
    op.drop_index("ix_assignment_due", "assignment")
    for name in (*IN_ORDER, *SELDOM, "street_accepted", "community_accepted", "number_begins"):
        op.drop_index(f"ix_cases_{name}", "cases")
    op.drop_column("assignment", "next_due_at")
    for column in ("clock_state", "next_clock", "next_due_at"):
        op.drop_column("cases", column)


def _create_saved_views() -> None:
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid()),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("filter", JSONB(), nullable=False),
        sa.Column("sort", sa.String(), nullable=False),
        sa.Column("changed_at", WHEN, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_saved_view"),
        sa.UniqueConstraint("person_id", "name", name="uq_saved_view_person_id_name"),
    )
    op.create_index("ix_saved_view_organisation_id", "saved_view", ["organisation_id"])


def _create_bulk_previews() -> None:
    op.create_table(
        "bulk_preview",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("parameters", sa.String(), nullable=False),
        sa.Column("items", JSONB(), nullable=False),
        sa.Column("results", JSONB()),
        sa.Column("created_at", WHEN, nullable=False),
        sa.Column("executed_at", WHEN),
        sa.PrimaryKeyConstraint("id", name="pk_bulk_preview"),
    )
    op.create_index("ix_bulk_preview_person_id", "bulk_preview", ["person_id"])


def _create_standard_texts() -> None:
    op.create_table(
        "standard_text",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid()),
        sa.Column("division", sa.String()),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("withdrawn_at", WHEN),
        sa.PrimaryKeyConstraint("id", name="pk_standard_text"),
    )
    op.create_index("ix_standard_text_organisation_id", "standard_text", ["organisation_id"])
    op.create_index("ix_standard_text_division", "standard_text", ["division"])
    op.create_table(
        "standard_text_version",
        sa.Column("text_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_at", WHEN, nullable=False),
        sa.ForeignKeyConstraint(
            ["text_id"], ["standard_text.id"], name="fk_standard_text_version_text_id"
        ),
        sa.PrimaryKeyConstraint("text_id", "version", name="pk_standard_text_version"),
    )


def _index(name: str, table: str, columns: tuple[str, ...], where: str | None = None) -> None:
    condition = {} if where is None else {"postgresql_where": sa.text(where)}
    op.create_index(name, table, [sa.text(column) for column in columns], **condition)
