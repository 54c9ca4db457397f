"""A routing database with a backlog of open cases, filled by SQL in the proportions of a city.

Urban streets get more than villages, most matters are small, most clocks run quietly. Ids of
organisations follow from their names, so that a measurement knows them (`named`).
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import md5
from uuid import UUID

import asyncpg

from services.routing.directory.seeds.divisions import divisions_of_the_city
from shared.rulebook import Rulebook

STREET_DIGITS = 9
TABLES = ("cases", "case_complaint", "case_entry", "assignment", "clock")

STATES = {
    "HANDLING": 0.38, "MEDIATING": 0.15, "FEEDBACK": 0.13, "DISPATCHED": 0.10,
    "RESULT_REVIEW": 0.09, "AGREEMENT_PERFORMING": 0.05, "SUSPENDED": 0.03, "TO_DISPATCH": 0.03,
    "LITIGATION_GUIDED": 0.02, "JOINT": 0.01, "IN_COURT": 0.005, "JUDICIAL_CONFIRMING": 0.005,
}  # fmt: skip
GRADES = {"SMALL": 0.60, "MEDIUM": 0.33, "MAJOR": 0.07}
CLOCKS = {"RUNNING_OK": 0.73, "WARNED_50": 0.15, "WARNED_80": 0.06, "OVERDUE": 0.06}
CHANNELS = {"MINI_PROGRAM": 0.6, "HOTLINE": 0.25, "GRID_REPORT": 0.1, "WALK_IN": 0.05}

INDEXES = """
    SELECT indexdef, indexname FROM pg_indexes WHERE schemaname = 'public'
    AND tablename = ANY($1) AND indexname NOT LIKE 'pk%' AND indexname NOT LIKE 'uq_cases%'
"""


def named(name: str) -> UUID:
    """The organisation or estate of that name."""
    return UUID(md5(name.encode(), usedforsecurity=False).hexdigest())


async def fill(connection: asyncpg.Connection, rulebook: Rulebook, cases: int) -> None:
    """Indexes are made afterwards, which is much faster than to keep them."""
    indexes = await connection.fetch(INDEXES, list(TABLES))
    for index in indexes:
        await connection.execute(f"DROP INDEX {index['indexname']}")
    streets = [each.code for each in divisions_of_the_city() if len(each.code) == STREET_DIGITS]
    categories = [code for code, each in rulebook.categories.items() if not each.police]
    await connection.execute("SELECT setseed(0.5)")
    drawn = DRAWN.format(cases=cases, streets=streets, categories=categories)
    for statement in (drawn, MADE, CASES.format(rulebook=rulebook.version), *REST, DONE):
        await connection.execute(statement)
    for index in indexes:
        await connection.execute(index["indexdef"])
    for table in TABLES:
        await connection.execute(f"VACUUM {table}")
        await connection.execute(f"ANALYZE {table}")


def _picked(number: str, shares: Mapping[str, float]) -> str:
    """The name in whose share the number between 0 and 1 falls."""
    reached, lines = 0.0, []
    for name, share in shares.items():
        reached += share
        lines.append(f"WHEN {number} < {reached:.4f} THEN '{name}'")
    return f"CASE {' '.join(lines)} ELSE '{next(iter(shares))}' END"


DRAWN = """
    CREATE UNLOGGED TABLE drawn AS
    SELECT n, random() AS a, random() AS b, random() AS c, random() AS d, random() AS e,
           now() - random() * interval '60 days' AS accepted_at, random() AS length,
           (ARRAY{streets})[1 + floor(power(random(), 1.3) * cardinality(ARRAY{streets}))::int]
               AS street,
           1 + floor(random() * 8)::int AS community, 1 + floor(random() * 5)::int AS grid,
           1 + floor(random() * 6)::int AS company, 1 + floor(random() * 4)::int AS estate,
           1 + floor(random() * 7)::int AS department,
           (ARRAY{categories})[1 + floor(random() * cardinality(ARRAY{categories}))::int]
               AS category
    FROM generate_series(1, {cases}) AS n
"""
MADE = f"""
    CREATE UNLOGGED TABLE made AS
    WITH kinds AS (
        SELECT *, street || lpad(community::text, 3, '0') AS community_code,
               {_picked("a", STATES)} AS state, {_picked("b", GRADES)} AS grade,
               {_picked("c", CLOCKS)} AS running, {_picked("d", CHANNELS)} AS channel
        FROM drawn
    ), promises AS (
        SELECT *, CASE state WHEN 'FEEDBACK' THEN NULL WHEN 'SUSPENDED' THEN 'PAUSED'
                             ELSE running END AS clock_state,
               CASE running WHEN 'OVERDUE' THEN now() - length * interval '5 days'
                            WHEN 'WARNED_80' THEN now() + (0.1 + length) * interval '1 day'
                            WHEN 'WARNED_50' THEN now() + (1 + length) * interval '2 days'
                            ELSE now() + (1 + length * 14) * interval '1 day' END AS due_at,
               CASE state WHEN 'DISPATCHED' THEN 'SIGN' WHEN 'TO_DISPATCH' THEN 'DISPATCH'
                          ELSE CASE grade WHEN 'SMALL' THEN 'SMALL_RESOLVE'
                                          WHEN 'MEDIUM' THEN 'MEDIUM_RESOLVE'
                                          ELSE 'MAJOR_RESULT' END END AS kind
        FROM kinds
    )
    SELECT *, (lpad(to_hex((extract(epoch FROM accepted_at) * 1000)::bigint), 12, '0') || '7'
               || substr(md5(n::text), 1, 3) || '8' || substr(md5(n::text), 4, 15))::uuid AS id,
           community_code || lpad(grid::text, 3, '0') AS place_code,
           md5('company ' || street || company)::uuid AS company_id,
           md5('estate ' || street || company || estate)::uuid AS estate_id,
           CASE WHEN grade = 'SMALL' THEN 'COMMUNITY' WHEN grade = 'MEDIUM' AND e < 0.6
                THEN 'CENTRE' ELSE 'DEPARTMENT' END AS lead_end,
           CASE WHEN grade = 'SMALL' THEN md5('community ' || community_code)::uuid
                WHEN grade = 'MEDIUM' AND e < 0.6 THEN md5('street ' || street)::uuid
                ELSE md5('department ' || left(street, 6) || department)::uuid END AS lead_id
    FROM promises
"""
CASES = """
    INSERT INTO cases (id, number, version, state, category, grade, division, place_code, estate_id,
        estate_name, grid_code, company_id, channel, confidential, anonymous, emergency,
        police_check, overdue, supervised, group_incident, urged_count, rulebook, reopen_count,
        accepted_at, promised_from, first_dispatch_at, next_due_at, next_clock, clock_state)
    SELECT id, 'XN' || left(street, 6) || '-' || to_char(accepted_at, 'YYYYMMDD') || '-' || n, 5,
        state, category, grade, street, place_code, estate_id, '小区' || estate, place_code,
        company_id, channel, e < 0.03, e BETWEEN 0.03 AND 0.05, e > 0.995, false,
        coalesce(clock_state = 'OVERDUE', false) OR length < 0.05, e BETWEEN 0.5 AND 0.502,
        e BETWEEN 0.6 AND 0.602,
        0, '{rulebook}', 0, accepted_at, accepted_at, accepted_at,
        CASE WHEN clock_state IS NULL THEN '9999-12-31 00:00+00' ELSE due_at END,
        CASE WHEN clock_state IS NOT NULL THEN kind END, clock_state
    FROM made ORDER BY id
"""
REST = (
    """
    INSERT INTO case_complaint (complaint_id, case_id, number, owner_id, house_id, narrative,
        submitted_at)
    SELECT gen_random_uuid(), id, 'SQ' || n, md5('owner ' || n % 300000)::uuid,
        md5('house ' || n % 300000)::uuid, repeat('x', 300), accepted_at FROM made
    """,
    """
    INSERT INTO case_entry (id, case_id, version, at, row, action, state_after, actor_id, actor_end,
        public)
    SELECT gen_random_uuid(), id, 1, accepted_at, 'T06', 'CREATE', 'TO_DISPATCH', id, 'SYSTEM',
        false FROM made
    """,
    """
    INSERT INTO assignment (id, case_id, organisation_id, "end", role, display_name, dispatched_at,
        signed_at, late, next_due_at)
    SELECT gen_random_uuid(), made.id, unit.organisation_id, unit."end", unit.role, unit."end",
        made.accepted_at, made.accepted_at, false, cases.next_due_at
    FROM made JOIN cases USING (id), LATERAL (VALUES
        (lead_id, lead_end, 'LEAD'), (made.company_id, 'PROPERTY', 'INFO')
    ) AS unit (organisation_id, "end", role)
    WHERE made.state <> 'TO_DISPATCH'
    """,
    """
    INSERT INTO clock (id, subject_id, kind, state, started_at, due_at, warnings, warned, next_at,
        paused_at, breached_at)
    SELECT gen_random_uuid(), id, clock.kind,
        CASE WHEN clock_state = 'PAUSED' THEN 'PAUSED' ELSE 'RUNNING' END,
        accepted_at - interval '60 days', clock.due_at, '{0.5,0.8}', CASE clock.late
            WHEN 'WARNED_50' THEN 0.5 WHEN 'WARNED_80' THEN 0.8 WHEN 'OVERDUE' THEN 1 ELSE 0 END,
        CASE WHEN clock.late <> 'OVERDUE' AND clock_state <> 'PAUSED'
             THEN clock.due_at + interval '1 year' END,
        CASE WHEN clock_state = 'PAUSED' THEN now() END,
        CASE WHEN clock.late = 'OVERDUE' THEN clock.due_at END
    FROM made, LATERAL (VALUES
        (CASE state WHEN 'FEEDBACK' THEN 'OWNER_CONFIRMATION' ELSE kind END, due_at,
         coalesce(clock_state, 'RUNNING_OK')),
        ('FEEDBACK', due_at + interval '5 days', 'RUNNING_OK')
    ) AS clock (kind, due_at, late)
    WHERE NOT (state = 'FEEDBACK' AND clock.kind = 'FEEDBACK')
    """,
)
DONE = "DROP TABLE drawn, made"
