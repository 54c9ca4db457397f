"""The invariants of lifecycle 3.10, asked of what is stored and of what was told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from deploy.demo import world
from services.routing.cases.domain.lifecycle import FIRST, TERMINAL, Action, advance
from shared.contracts import event_class
from shared.contracts.routing import CaseEvent, CaseState
from shared.contracts.vocabulary import CaseStatus
from tests.routing.drama import Drama
from tests.routing.promises import check_promise

Row = Mapping[str, Any]

INTERESTS = {person.id: frozenset(person.interests) for person in world.STAFF}


async def check(drama: Drama, first_dispatches: dict[UUID, set[Any]]) -> None:
    """Every invariant for every case. `first_dispatches` remembers what was seen before."""
    cases = await drama.rows("SELECT * FROM cases ORDER BY id")
    await _each_complaint_has_one_case(drama, cases)
    for case in cases:
        _dispatched_once(case, first_dispatches)
        await _closed_with_feedback(drama, case)
        await _reviewed_by_another(drama, case)
        await _graded_from_a_proposal(drama, case)
        await _never_cancelled_when_major(drama, case)
        await _nothing_runs_at_the_end(drama, case)
        await _the_history_leads_here(drama, case)
        await _net_and_gross(drama, case)
        await check_promise(drama, case["id"], case)


async def _each_complaint_has_one_case(drama: Drama, cases: Sequence[Row]) -> None:
    rows = await drama.rows("SELECT complaint_id, case_id FROM case_complaint")
    assert len({row["complaint_id"] for row in rows}) == len(rows), "invariant 2"
    assert {row["case_id"] for row in rows} <= {case["id"] for case in cases}, "invariant 2"


def _dispatched_once(case: Row, seen: dict[UUID, set[Any]]) -> None:
    known = seen.setdefault(case["id"], set())
    known |= {case["first_dispatch_at"]} - {None}
    assert len(known) <= 1, "invariant 3"


async def _closed_with_feedback(drama: Drama, case: Row) -> None:
    if case["state"] != CaseStatus.CLOSED:
        return
    feedback = await drama.rows(
        "SELECT 1 FROM feedback WHERE case_id = :id AND kind = 'FINAL'", id=case["id"]
    )
    assert feedback, "invariant 1"
    assert case["result_code"] is not None, "invariant 1"


async def _reviewed_by_another(drama: Drama, case: Row) -> None:
    reviews = await drama.rows(
        "SELECT submitted_by, decided_by FROM case_result WHERE case_id = :id", id=case["id"]
    )
    assert all(each["submitted_by"] != each["decided_by"] for each in reviews), "invariant 5"
    parties = await drama.rows(
        "SELECT owner_id, house_id FROM case_complaint WHERE case_id = :id", id=case["id"]
    )
    at_stake = {value for row in parties for value in row.values()} | {case["company_id"]}
    leads = await drama.rows(
        "SELECT person_id FROM assignment"
        " WHERE case_id = :id AND role = 'LEAD' AND ended_at IS NULL AND person_id IS NOT NULL",
        id=case["id"],
    )
    for lead in leads:
        assert INTERESTS.get(lead["person_id"], frozenset()).isdisjoint(at_stake), "invariant 5"


async def _graded_from_a_proposal(drama: Drama, case: Row) -> None:
    grades = await drama.rows(
        "SELECT grade, actor_end FROM grading WHERE case_id = :id ORDER BY at, id", id=case["id"]
    )
    assert grades[0]["actor_end"] == "SYSTEM", "invariant 6: the proposal comes first"
    assert grades[-1]["grade"] == case["grade"], "invariant 6: one current grade"


async def _never_cancelled_when_major(drama: Drama, case: Row) -> None:
    cancelled = await drama.rows(
        "SELECT 1 FROM case_entry WHERE case_id = :id AND action = 'CANCEL'", id=case["id"]
    )
    assert not (cancelled and case["grade"] == "MAJOR"), "invariant 7"


async def _nothing_runs_at_the_end(drama: Drama, case: Row) -> None:
    if CaseStatus(case["state"]) not in TERMINAL:
        return
    running = await drama.rows(
        "SELECT kind FROM clock WHERE subject_id = :id AND state IN ('RUNNING', 'PAUSED')",
        id=case["id"],
    )
    assert {each["kind"] for each in running} <= {"REOPEN_WINDOW"}, "invariant 11"


async def _the_history_leads_here(drama: Drama, case: Row) -> None:
    """Invariant 12 by the timeline: the table of transitions walks the same way again."""
    entries = await drama.rows(
        "SELECT version, action, state_after FROM case_entry WHERE case_id = :id ORDER BY version",
        id=case["id"],
    )
    assert [each["version"] for each in entries] == list(range(1, case["version"] + 1))
    state = FIRST.to
    for entry in entries[1:]:
        state = advance(state, Action[entry["action"]])
        assert state == entry["state_after"], "invariant 12"
    assert state == case["state"], "invariant 12"


async def _net_and_gross(drama: Drama, case: Row) -> None:
    """Invariant 4: the times in the states add up, and a pause is exactly the time suspended."""
    entries = await drama.rows(
        "SELECT at, state_after FROM case_entry WHERE case_id = :id ORDER BY version", id=case["id"]
    )
    stays = [(a["state_after"], b["at"] - a["at"]) for a, b in pairwise(entries)]
    gross = entries[-1]["at"] - entries[0]["at"]
    assert sum((stay for _, stay in stays), timedelta()) == gross, "invariant 4"
    suspended = sum((stay for state, stay in stays if state == "SUSPENDED"), timedelta())
    clocks = await drama.rows(
        "SELECT kind, paused_total FROM clock WHERE subject_id = :id", id=case["id"]
    )
    assert all(each["paused_total"] <= suspended for each in clocks), "invariant 4: net and gross"


async def told(drama: Drama, case_id: UUID) -> list[CaseEvent]:
    """What was published about a case, in the order of publishing."""
    rows = await drama.rows(
        "SELECT type, body::jsonb ->> 'typeversion' AS version, body::jsonb -> 'data' AS data"
        " FROM outbox WHERE type LIKE 'routing.%'"
        " AND body::jsonb #>> '{data,case,id}' = CAST(:id AS text) ORDER BY position",
        id=str(case_id),
    )
    found = [event_class(row["type"], int(row["version"])) for row in rows]
    events = [
        kind.model_validate(row["data"]) for kind, row in zip(found, rows, strict=True) if kind
    ]
    return [event for event in events if isinstance(event, CaseEvent)]


def rebuilt(events: Sequence[CaseEvent]) -> CaseState:
    """What a copy makes of them, in any order and however often: the newest version (X36, X37)."""
    newest: dict[int, CaseState] = {}
    for event in events:
        known = newest.setdefault(event.case.version, event.case)
        assert known == event.case, "X37: one version, one state"
    return newest[max(newest)]
