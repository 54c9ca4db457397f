"""Entries of the credit file: added once per source, never changed (E06, E28)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from services.survey.credit.domain.sources import EntrySource, effect_of, expiry_of
from services.survey.credit.queries import entry_from, lock_estate
from services.survey.credit.tables import CreditEntry
from services.survey.deed import Deed
from shared.audit import append
from shared.ids import new_id


@dataclass(frozen=True)
class NewEntry:
    """`source_id` is what the entry comes from; a correction has an id of its own. `rests_on` are
    the entries that the score was formed of.
    """

    company_id: UUID
    estate_id: UUID
    division: str
    community: str
    source: EntrySource
    source_id: UUID
    period: str
    score: Decimal | None
    published_at: datetime
    rests_on: Sequence[UUID] = field(default_factory=list)


async def enter(deed: Deed, new: NewEntry) -> CreditEntry:
    """Once per source and estate: entered again, the entry that is there is the answer."""
    await lock_estate(deed.session, new.estate_id)
    known = await entry_from(deed.session, new.source, new.source_id, new.estate_id)
    if known is not None:
        return known
    return add_entry(deed, new)


def add_entry(deed: Deed, new: NewEntry, *, counters: UUID | None = None) -> CreditEntry:
    """`counters` is the entry that the new one takes back."""
    rules = deed.runtime.rulebooks.in_force_at(deed.at).credit
    entry = CreditEntry(
        id=new_id(),
        **(vars(new) | {"rests_on": list(new.rests_on)}),
        effect=effect_of(new.source, rules.source),
        counters=counters,
        expires_at=expiry_of(new.published_at, rules.kept_years),
        recorded_at=deed.at,
        entered_by=deed.actor.id,
    )
    deed.session.add(entry)
    details: dict[str, Any] = {"source": entry.source, "source_id": str(entry.source_id)}
    if entry.score is not None:
        details["score"] = str(entry.score)
    append(
        deed.session,
        actor=deed.actor,
        action="credit.entered",
        subject_type="company",
        subject_id=entry.company_id,
        at=deed.at,
        details=details,
    )
    return entry
