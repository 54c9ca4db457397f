"""A preview is confirmed: every letter of it is filed, those known before stay as they are."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import col, select, update

from services.intake.channels.domain.letters import (
    Letter,
    Outcome,
    SheetExpired,
    SheetHasFaultyRows,
    SheetNotFound,
    external_number,
)
from services.intake.channels.tables import LetterSheet
from services.intake.complaints.domain.doors import DoorKind
from services.intake.complaints.domain.placing import Wish
from services.intake.complaints.filing import Door, Draft, Filed, FilingDesk, OnceKey, prepare
from services.intake.complaints.queries import by_external_number
from services.intake.owners.contacts import Contacts
from services.intake.owners.queries import by_mobile
from shared.errors import DomainError, Unavailable
from shared.identity import Actor
from shared.runtime import Runtime

TOGETHER = 16


async def confirm(runtime: Runtime, actor: Actor, sheet_id: UUID) -> LetterSheet:
    """Confirmed again, or broken off and confirmed again, nothing is filed twice.

    Raises SheetNotFound, SheetExpired or SheetHasFaultyRows.
    """
    now = runtime.clock.now()
    sheet = await own_sheet(runtime, actor, sheet_id)
    if sheet.applied_at is not None:
        return sheet
    _refuse_unusable(sheet, now)
    outcome = await _file_all(runtime, actor, _letters_of(runtime, sheet))
    async with runtime.database.transaction() as session:
        await session.execute(
            update(LetterSheet)
            .where(col(LetterSheet.id) == sheet.id, col(LetterSheet.applied_at).is_(None))
            .values(applied_at=now, outcome=outcome)
        )
    return await own_sheet(runtime, actor, sheet_id)


async def own_sheet(runtime: Runtime, actor: Actor, sheet_id: UUID) -> LetterSheet:
    """A preview is its maker's. Raises SheetNotFound."""
    async with runtime.database.transaction() as session:
        found = await session.execute(
            select(LetterSheet).where(LetterSheet.id == sheet_id, LetterSheet.made_by == actor.id)
        )
        sheet = found.scalar_one_or_none()
    if sheet is None:
        raise SheetNotFound
    return sheet


def mark_of(letter: Letter) -> str:
    """Equal for the same letter, on whichever line it stands."""
    words = {key: value for key, value in asdict(letter).items() if key != "row"}
    told = json.dumps(words, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()


def _refuse_unusable(sheet: LetterSheet, now: datetime) -> None:
    if sheet.expires_at <= now:
        raise SheetExpired
    if sheet.preview["faults"]:
        raise SheetHasFaultyRows


def _letters_of(runtime: Runtime, sheet: LetterSheet) -> list[Letter]:
    opened = runtime.cipher.decrypt(
        sheet.rows, table="letter_sheet", row_id=sheet.id, column="rows"
    )
    return [_letter(row) for row in json.loads(opened)]


def _letter(row: dict[str, Any]) -> Letter:
    building = row["building_id"]
    ids = {
        "estate_id": UUID(row["estate_id"]),
        "building_id": UUID(building) if building else None,
    }
    return Letter(**row | ids)


async def _file_all(
    runtime: Runtime, actor: Actor, letters: Sequence[Letter]
) -> list[dict[str, Any]]:
    """A few at a time: they share their transactions, and leave room for others."""
    room = asyncio.Semaphore(TOGETHER)

    async def filed(letter: Letter) -> dict[str, Any]:
        async with room:
            return await _outcome(runtime, actor, letter)

    return list(await asyncio.gather(*map(filed, letters)))


async def _outcome(runtime: Runtime, actor: Actor, letter: Letter) -> dict[str, Any]:
    told = {"row": letter.row, "letter": letter.number}
    try:
        filed = await _file(runtime, actor, letter)
    except Unavailable:
        raise
    except DomainError as error:
        return told | {"outcome": Outcome.REFUSED, "code": error.code, "title": error.chinese}
    outcome = Outcome.KNOWN if filed.replayed else Outcome.FILED
    return told | {"outcome": outcome, "complaint_id": str(filed.id), "number": filed.number}


async def _file(runtime: Runtime, actor: Actor, letter: Letter) -> Filed:
    number = external_number(actor.organisation_id, actor.id, letter.number)
    async with runtime.database.transaction() as session:
        first = await by_external_number(session, number)
        candidates = (
            runtime.part(Contacts).candidates(letter.mobile, "mobile") if letter.mobile else []
        )
        reporter = await by_mobile(session, candidates) if candidates else None
    if first is not None:
        return Filed(first.id, first.number, first.submitted_at, replayed=True)
    draft = Draft(
        wish=Wish(letter.estate_id, letter.building_id),
        text=letter.text,
        title=letter.title,
        place=letter.place,
        category=letter.category,
        confidential=letter.confidential,
        anonymous=letter.name is None and letter.mobile is None,
    )
    door = Door(
        kind=DoorKind.LETTER,
        actor=actor,
        once=OnceKey("letters", number, mark_of(letter)),
        owner_id=reporter.id if reporter else None,
        external_number=number,
        client_id=actor.organisation_id,
        submitted_by=actor.id,
        contact_name=letter.name,
        contact_mobile=letter.mobile,
        details=json.dumps({"fingerprint": mark_of(letter)}),
    )
    return await runtime.part(FilingDesk).hand_in(prepare(runtime, draft, door))
