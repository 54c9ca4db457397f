"""Where people write freely about a case, and how numbers are taken out of it.

What must be kept as it was signed is not in the tables: agreements with their obligations.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from services.routing.cases.tables import (
    CaseEntry,
    CaseResult,
    Feedback,
    Grading,
    GradingProposal,
)
from services.routing.court.tables import JudicialMatter
from services.routing.field.tables import CaseContact, Persuasion
from services.routing.limits.tables import CaseReturn, Extension, Suspension
from services.routing.mediation.tables import Mediation, Session
from services.routing.occasion import Occasion
from services.routing.supervision.tables import SupervisionOrder
from services.routing.transfer.tables import Transfer
from shared.privacy import mask_text

OF_A_CASE: Sequence[tuple[type[Any], tuple[str, ...]]] = (
    (CaseEntry, ("note",)),
    (Grading, ("reason",)),
    (GradingProposal, ("reason",)),
    (CaseResult, ("text",)),
    (Feedback, ("reply", "reason")),
    (CaseContact, ("note",)),
    (Persuasion, ("persons", "place", "what")),
    (CaseReturn, ("legal_basis", "ruling")),
    (Suspension, ("note", "ruling")),
    (Extension, ("reason", "ruling")),
    (Transfer, ("reason", "receipt")),
    (SupervisionOrder, ("words", "answer")),
    (Mediation, ("reason",)),
    (JudicialMatter, ("reason",)),
)
AS_JSON: Sequence[tuple[type[Any], tuple[str, ...]]] = (
    (JudicialMatter, ("package",)),
    (Session, ("attendees",)),
)


async def mask_free_texts(on: Occasion, case_ids: Sequence[UUID]) -> None:
    for table, columns in OF_A_CASE:
        for row in await _rows(on, table, case_ids):
            _mask(on, row, columns)
    for row in await _rows(on, Session, case_ids):
        _mask(on, row, ("notes",))
    for table, columns in AS_JSON:
        for row in await _rows(on, table, case_ids):
            _mask(on, row, columns, as_json=True)


async def _rows(on: Occasion, table: type[Any], case_ids: Sequence[UUID]) -> Sequence[Any]:
    wanted = select(table)
    if table is Session:
        wanted = wanted.join(Mediation, col(Mediation.id) == Session.mediation_id)
        wanted = wanted.where(col(Mediation.case_id).in_(case_ids))
    else:
        wanted = wanted.where(col(table.case_id).in_(case_ids))
    rows: Sequence[Any] = (await on.session.execute(wanted)).scalars().all()
    return rows


def _mask(on: Occasion, row: Any, columns: Sequence[str], *, as_json: bool = False) -> None:
    name = row.__tablename__
    for column in columns:
        ciphertext = getattr(row, column)
        if ciphertext is None:
            continue
        known = on.reveal(ciphertext, name, row.id, column)
        masked = (
            json.dumps(_inside(json.loads(known)), ensure_ascii=False)
            if as_json
            else (mask_text(known))
        )
        if masked != known:
            setattr(row, column, on.conceal(masked, name, row.id, column))


def _inside(value: Any) -> Any:
    """The same structure with masked texts."""
    match value:
        case str():
            return mask_text(value)
        case list():
            return [_inside(each) for each in value]
        case dict():
            return {key: _inside(each) for key, each in value.items()}
    return value
