"""What the clock rows say of a case's next promise, told independently of the code under test."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from tests.routing.drama import Drama

PROMISED = """
    SELECT kind, due_at,
           CASE WHEN state = 'PAUSED' THEN 'PAUSED'
                WHEN warned >= 1 THEN 'OVERDUE'
                WHEN warned >= 0.8 THEN 'WARNED_80'
                WHEN warned >= 0.5 THEN 'WARNED_50' ELSE 'RUNNING_OK' END AS state
    FROM clock
    WHERE subject_id = :id AND state IN ('RUNNING', 'PAUSED')
      AND kind NOT IN ('OWNER_CONFIRMATION', 'RETURN_VISIT', 'SUPPLEMENT', 'REOPEN_WINDOW',
                       'CONFIRMATION_APPLICATION')
    ORDER BY clock.state = 'RUNNING' DESC, due_at, kind LIMIT 1
"""
UNITS = "SELECT next_due_at FROM assignment WHERE case_id = :id AND ended_at IS NULL"
ENDED = {"CLOSED", "TRANSFERRED", "CANCELLED"}


async def check_promise(drama: Drama, case_id: UUID, row: Mapping[str, Any]) -> None:
    """The case, and every unit at work on it, repeat exactly what the clocks say."""
    noted = (row["next_clock"], row["clock_state"])
    promised = await drama.rows(PROMISED, id=case_id)
    if row["state"] in ENDED:
        assert (*noted, row["next_due_at"]) == (None, None, None)
    elif promised:
        (first,) = promised
        assert noted == (first["kind"], first["state"])
        assert row["next_due_at"] == first["due_at"]
    else:
        assert noted == (None, None)
        assert row["next_due_at"].year == 9999
    units = await drama.rows(UNITS, id=case_id)
    assert {unit["next_due_at"] for unit in units} <= {row["next_due_at"]}
