"""A filter of a worklist as conditions on cases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, not_
from sqlmodel import col

from services.routing.cases.domain.policies import CO, LEAD
from services.routing.cases.queries import lies_in, waiting_for
from services.routing.cases.tables import Assignment, Case
from services.routing.desks.domain.filters import WorkFilter
from shared.identity import Actor

FLAGS = ("overdue", "supervised", "emergency", "group_incident", "confidential")


def narrowed(actor: Actor, filters: WorkFilter) -> list[ColumnElement[bool]]:
    return [
        *_one_of(filters),
        *_beginning_with(filters),
        *_within(filters),
        *_flags(filters),
        *_of_units(actor, filters),
    ]


def _one_of(filters: WorkFilter) -> list[ColumnElement[bool]]:
    wanted: dict[Any, Sequence[Any]] = {
        col(Case.state): filters.state,
        col(Case.grade): filters.grade,
        col(Case.clock_state): filters.clock,
        col(Case.channel): filters.channel,
        col(Case.estate_id): [filters.estate] if filters.estate else (),
    }
    return [_any_of(column, values) for column, values in wanted.items() if values]


def _any_of(column: Any, values: Sequence[Any]) -> ColumnElement[bool]:
    """A single value keeps the order of an index that begins with it."""
    found: ColumnElement[bool] = column == values[0] if len(values) == 1 else column.in_(values)
    return found


def _beginning_with(filters: WorkFilter) -> list[ColumnElement[bool]]:
    wanted = {col(Case.category): filters.category, col(Case.number): filters.number}
    place = [lies_in(filters.place)] if filters.place else []
    return [*place, *(column.startswith(value) for column, value in wanted.items() if value)]


def _within(filters: WorkFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if filters.due_before is not None:
        conditions.append(col(Case.next_due_at) < filters.due_before)
    if filters.accepted_from is not None:
        conditions.append(col(Case.accepted_at) >= filters.accepted_from)
    if filters.accepted_before is not None:
        conditions.append(col(Case.accepted_at) < filters.accepted_before)
    return conditions


def _flags(filters: WorkFilter) -> list[ColumnElement[bool]]:
    """As the bare column, which is what the indexes of seldom flags are made for."""
    wanted = {flag: getattr(filters, flag) for flag in FLAGS}
    return [_flag(flag, value) for flag, value in wanted.items() if value is not None]


def _flag(name: str, value: bool) -> ColumnElement[bool]:
    column = col(getattr(Case, name))
    return and_(column) if value else not_(column)


def _of_units(actor: Actor, filters: WorkFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if filters.handler is not None:
        conditions.append(_works(col(Assignment.organisation_id) == filters.handler, LEAD))
    if filters.mine:
        conditions.append(waiting_for(actor))
    if filters.unit:
        own = col(Assignment.organisation_id) == actor.organisation_id
        conditions.append(_works(own, LEAD, CO))
    return conditions


def _works(whose: ColumnElement[bool], *roles: str) -> ColumnElement[bool]:
    return exists().where(
        col(Assignment.case_id) == col(Case.id),
        col(Assignment.ended_at).is_(None),
        col(Assignment.role).in_(roles),
        whose,
    )
