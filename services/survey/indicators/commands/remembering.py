"""Keeping the facts: the same rows whatever the order in which events arrive, and how often."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.survey.indicators.domain.facts import (
    case_row,
    complaint_row,
    is_beyond_the_street,
)
from services.survey.indicators.domain.marks import (
    OUTCOME,
    PERFORMANCES,
    Mark,
    detail_of,
    mark_of,
    unit_of,
)
from services.survey.indicators.tables import MARKED, CaseFact, CaseMark, ComplaintFact
from shared.contracts.directory import EstateChanged
from shared.contracts.intake import ComplaintEvent
from shared.contracts.routing import CaseEvent
from shared.messaging import Reception, keep_newest

_LEFT = text("UPDATE case_fact SET left_street = true WHERE id = ANY(:ids) AND NOT left_street")

_OUTCOMES = ", ".join(f"('{mark}', '{OUTCOME[mark]}')" for mark in OUTCOME)
_PERFORMANCES = ", ".join(f"'{mark}'" for mark in PERFORMANCES)
_TAKE_MARKS = text(f"""
    UPDATE case_fact SET mediation = told.mediation, performed_at = told.performed_at,
                         returns = told.returns, reopened = told.reopened
    FROM (SELECT case_id,
                 (array_agg(outcome.word ORDER BY version DESC, case_mark.id DESC)
                  FILTER (WHERE outcome.word IS NOT NULL))[1] AS mediation,
                 CASE WHEN max(version) FILTER (WHERE case_mark.mark IN ({_PERFORMANCES}))
                           > coalesce(max(version) FILTER (
                                      WHERE case_mark.mark = '{Mark.REOPENED}'), 0)
                      THEN max(at) FILTER (WHERE case_mark.mark IN ({_PERFORMANCES}))
                 END AS performed_at,
                 count(*) FILTER (WHERE case_mark.mark = '{Mark.RETURNED}') AS returns,
                 count(*) FILTER (WHERE case_mark.mark = '{Mark.REOPENED}') AS reopened
          FROM case_mark
          LEFT JOIN (VALUES {_OUTCOMES}) AS outcome (mark, word) USING (mark)
          WHERE case_id = ANY(:ids)
          GROUP BY case_id) AS told
    WHERE case_fact.id = told.case_id
""")
_PLACE = """
    UPDATE case_fact SET community = placed.community
    FROM (SELECT case_fact.id, estate_copy.community
          FROM case_fact JOIN estate_copy ON estate_copy.id = case_fact.estate_id
          WHERE case_fact.grid_code IS NULL AND {those} = ANY(:ids)
            AND case_fact.community IS DISTINCT FROM estate_copy.community
          ORDER BY case_fact.id FOR UPDATE OF case_fact) AS placed
    WHERE case_fact.id = placed.id
"""
_PLACE_CASES = text(_PLACE.format(those="case_fact.id"))
_PLACE_ESTATES = text(_PLACE.format(those="case_fact.estate_id"))
# a case and its estate heard of at once by two workers: neither would see the other's row yet
_KEY = "hashtextextended('case_fact.community', 2)"
_BESIDE_OTHER_CASES = text(f"SELECT pg_advisory_xact_lock_shared({_KEY})")
_BESIDE_NO_CASE = text(f"SELECT pg_advisory_xact_lock({_KEY})")


async def remember_complaints(receptions: Sequence[Reception[ComplaintEvent]]) -> None:
    rows = [complaint_row(each.event.complaint) for each in receptions]
    await keep_newest(receptions[0].session, ComplaintFact, rows)


async def remember_cases(receptions: Sequence[Reception[CaseEvent]]) -> None:
    """The newest state, then what each event has told, which is taken from all marks together."""
    session = receptions[0].session
    states = [each.event.case for each in receptions]
    rows = [case_row(each.event.case, _repeated_within(each)) for each in receptions]
    unplaced = [each.id for each in states if each.grid_code is None]
    if unplaced:
        await session.execute(_BESIDE_OTHER_CASES)
    await keep_newest(session, CaseFact, rows, besides=MARKED)
    await _for(session, _PLACE_CASES, unplaced)
    await _for(session, _LEFT, (each.id for each in states if is_beyond_the_street(each)))
    marks = [row for each in receptions if (row := _mark(each)) is not None]
    if marks:
        ordered = sorted(marks, key=lambda row: row["id"])
        await session.execute(insert(CaseMark).on_conflict_do_nothing(), ordered)
        await _for(session, _TAKE_MARKS, (row["case_id"] for row in marks))


async def remember_places(receptions: Sequence[Reception[EstateChanged]]) -> None:
    """Cases without a grid of their own lie in the community of their estate."""
    session = receptions[0].session
    await session.execute(_BESIDE_NO_CASE)
    await _for(session, _PLACE_ESTATES, (each.event.estate.id for each in receptions))


def _repeated_within(reception: Reception[CaseEvent]) -> timedelta:
    """As the rulebook of the case says (X39)."""
    rulebook = reception.runtime.rulebooks.named(reception.event.case.rulebook)
    return rulebook.indicators.repeat_complaint_within


def _mark(reception: Reception[CaseEvent]) -> Mapping[str, Any] | None:
    event, envelope = reception.event, reception.envelope
    mark = mark_of(event)
    if mark is None:
        return None
    return {
        "id": envelope.id,
        "case_id": event.case.id,
        "version": event.case.version,
        "mark": mark,
        "at": envelope.time,
        "organisation_id": unit_of(event),
        "reason": detail_of(event),
    }


async def _for(session: AsyncSession, statement: Any, ids: Iterable[UUID]) -> None:
    wanted = sorted(set(ids))
    if wanted:
        await session.execute(statement, {"ids": wanted})
