"""Where people write freely about a case, and how numbers and names are taken out of it.

What must be kept as it was signed or sent is not in the table: agreements with their obligations,
records of mediation sessions, packages for the court.
"""

from __future__ import annotations

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
from services.routing.mediation.tables import Mediation
from services.routing.occasion import Occasion
from services.routing.supervision.tables import SupervisionOrder
from services.routing.transfer.tables import Transfer
from services.routing.voices.tables import DuplicateProposal
from shared.privacy import Hiding

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
    (DuplicateProposal, ("reason",)),
)


async def hide_in_free_texts(on: Occasion, case_ids: Sequence[UUID], hiding: Hiding) -> None:
    for table, columns in OF_A_CASE:
        for row in await _rows(on, table, case_ids):
            _hide(on, row, columns, hiding)


async def _rows(on: Occasion, table: type[Any], case_ids: Sequence[UUID]) -> Sequence[Any]:
    wanted = select(table).where(col(table.case_id).in_(case_ids))
    rows: Sequence[Any] = (await on.session.execute(wanted)).scalars().all()
    return rows


def _hide(on: Occasion, row: Any, columns: Sequence[str], hiding: Hiding) -> None:
    name = row.__tablename__
    for column in columns:
        ciphertext = getattr(row, column)
        if ciphertext is None:
            continue
        known = on.reveal(ciphertext, name, row.id, column)
        hidden = hiding.words(known)
        if hidden != known:
            setattr(row, column, on.conceal(hidden, name, row.id, column))
