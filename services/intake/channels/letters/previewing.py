"""A sheet of letters is looked at: what would be new, what is known, what is wrong, row by row."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import col, select
from starlette.concurrency import run_in_threadpool

from services.intake.channels.desk.filing import spot_of
from services.intake.channels.details import details_of
from services.intake.channels.domain.desks import OutsideYourArea, refuse_outside
from services.intake.channels.domain.letters import (
    BuildingNotFound,
    EstateNotFound,
    Letter,
    LetterDiffers,
    LetterTwice,
    Outcome,
    external_number,
)
from services.intake.channels.letters.columns import COLUMNS, Values, letter_rows
from services.intake.channels.letters.filing import mark_of
from services.intake.channels.places import find_building, find_estate
from services.intake.channels.tables import LetterSheet
from services.intake.complaints.deed import Deed
from services.intake.complaints.domain.content import check_content, emergency_calls, title_of
from services.intake.complaints.tables import Complaint
from services.intake.houses.tables import Estate
from shared import audit
from shared.errors import Invalid
from shared.ids import new_id
from shared.sheets import Limits, Sheet, read_sheet

TABLE = "letter_sheet"
LONGEST_CELL = 5_000
TOLD = 500  # faults in one answer


async def preview(deed: Deed, content: bytes) -> LetterSheet:
    """Raises NotASheet, SheetTooLarge, HeaderNotUnderstood …; what is wrong in rows is told."""
    doors = deed.rulebook.doors
    limits = Limits(rows=doors.letters_rows_at_most, characters=LONGEST_CELL)
    sheet = await run_in_threadpool(read_sheet, content, COLUMNS, limits)
    letters = await _letters(deed, sheet)
    known = await _known(deed, sheet, letters)
    await _forget_expired(deed)
    row = _kept(deed, sheet, letters, known)
    deed.session.add(row)
    _note(deed, row.id, sheet)
    return row


async def _letters(deed: Deed, sheet: Sheet) -> list[Letter]:
    found: list[Letter] = []
    estates: dict[str, Estate | Invalid] = {}
    seen: set[str] = set()
    for line, values in letter_rows(sheet):
        if values["number"] in seen:
            sheet.fault(line, "number", LetterTwice())
            continue
        seen.add(values["number"])
        try:
            _check_words(deed, values)
            found.append(await _placed(deed, line.number, values, estates))
        except EstateNotFound as error:
            sheet.fault(line, "estate", error)
        except BuildingNotFound as error:
            sheet.fault(line, "building", error)
        except Invalid as error:
            sheet.fault(line, "text", error)
    return found


def _check_words(deed: Deed, values: Values) -> None:
    """Raises TextTooShort or CategoryUnknown."""
    text = values["text"]
    calls = emergency_calls(deed.rulebook, title_of(values["title"], text), text)
    check_content(deed.rulebook, text, values["category"], urgent=bool(calls))


async def _placed(
    deed: Deed, row: int, values: Values, estates: dict[str, Estate | Invalid]
) -> Letter:
    """Raises EstateNotFound or BuildingNotFound."""
    name = values["estate"]
    if name not in estates:
        estates[name] = await _estate(deed, name)
    estate = estates[name]
    if isinstance(estate, Invalid):
        raise estate
    building = None
    if values["building"]:
        building = await find_building(deed.session, estate, values["building"])
        if building is None:
            raise BuildingNotFound
    rest = {key: value for key, value in values.items() if key not in ("estate", "building")}
    return Letter(
        row=row, estate_id=estate.id, building_id=building.id if building else None, **rest
    )


async def _estate(deed: Deed, name: str) -> Estate | Invalid:
    """One outside of the own area is as unknown as one that is not there."""
    for division in deed.actor.scope.divisions:
        estate = await find_estate(deed.session, name, division)
        if estate is None:
            continue
        try:
            refuse_outside(deed.actor, await spot_of(deed.session, estate.id, None))
        except OutsideYourArea:
            continue
        return estate
    return EstateNotFound()


async def _known(deed: Deed, sheet: Sheet, letters: Sequence[Letter]) -> set[str]:
    """The register numbers that were imported before; other words are a fault."""
    numbers = {_external(deed, letter): letter for letter in letters}
    rows = await deed.session.execute(
        select(Complaint).where(col(Complaint.external_number).in_(list(numbers)))
    )
    known: set[str] = set()
    for complaint in rows.scalars():
        letter = numbers[str(complaint.external_number)]
        if details_of(deed.runtime, complaint).get("fingerprint") == mark_of(letter):
            known.add(letter.number)
        else:
            heading = next(each.chinese for each in COLUMNS if each.key == "number")
            sheet.report.add(letter.row, heading, LetterDiffers())
    return known


def _external(deed: Deed, letter: Letter) -> str:
    return external_number(deed.actor.organisation_id, deed.actor.id, letter.number)


def _kept(deed: Deed, sheet: Sheet, letters: Sequence[Letter], known: set[str]) -> LetterSheet:
    id = new_id()
    faults = sorted(sheet.report.faults, key=lambda fault: (fault.row, fault.field or ""))
    rows = [] if faults else [asdict(letter) for letter in letters]
    preview = {
        "rows": sheet.size,
        "counts": {
            Outcome.NEW: sum(letter.number not in known for letter in letters),
            Outcome.KNOWN: len(known),
        },
        "faults": [vars(fault) for fault in faults[:TOLD]],
        "faults_left_out": len(faults[TOLD:]),
    }
    words = json.dumps(rows, ensure_ascii=False, default=str)
    return LetterSheet(
        id=id,
        made_by=deed.actor.id,
        made_at=deed.at,
        expires_at=deed.at + deed.rulebook.doors.letters_preview,
        rows=deed.runtime.cipher.encrypt(words, table=TABLE, row_id=id, column="rows"),
        preview=preview,
    )


async def _forget_expired(deed: Deed) -> None:
    await deed.session.execute(
        delete(LetterSheet).where(
            col(LetterSheet.expires_at) < deed.at, col(LetterSheet.applied_at).is_(None)
        )
    )


def _note(deed: Deed, sheet_id: UUID, sheet: Sheet) -> None:
    audit.append(
        deed.session,
        actor=deed.actor,
        action="letters.previewed",
        subject_type=TABLE,
        subject_id=sheet_id,
        at=deed.at,
        details={"rows": sheet.size, "faults": len(sheet.report.faults)},
    )
