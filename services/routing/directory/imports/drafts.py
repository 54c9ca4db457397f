"""A sheet is looked at and kept as a draft; nothing of it is in the directory yet."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import col, select
from starlette.concurrency import run_in_threadpool

from services.routing.directory.domain.importing import PlaceRow
from services.routing.directory.domain.planning import Plan, planned
from services.routing.directory.domain.policies import may_administer
from services.routing.directory.errand import Errand
from services.routing.directory.imports.columns import COLUMNS, place_rows
from services.routing.directory.imports.present import present_places
from services.routing.directory.tables import ImportDraft
from shared.ids import new_id
from shared.sheets import Limits, Sheet, read_sheet

PLACES = "PLACES"
LIFETIME = timedelta(hours=24)
LIMITS = Limits(rows=10_000)
TOLD = 500  # faults in one answer


async def preview(errand: Errand, content: bytes) -> ImportDraft:
    """Raises NotASheet, SheetTooLarge, HeaderNotUnderstood …; what is wrong in rows is told."""
    sheet = await run_in_threadpool(read_sheet, content, COLUMNS, LIMITS)
    rows = await run_in_threadpool(place_rows, sheet)
    plan = await plan_of(errand, rows)
    for fault in plan.faults:
        sheet.report.add(fault.row.number, _heading(fault.column), fault.error)
    await _forget_expired(errand)
    row = _draft(errand, rows, plan, sheet)
    errand.session.add(row)
    errand.note("import.previewed", row.id, rows=sheet.size, faults=len(sheet.report.faults))
    return row


async def plan_of(errand: Errand, rows: Sequence[PlaceRow], *, lock: bool = False) -> Plan:
    """What these rows would change today, for this administrator."""
    present = await present_places(errand.session, rows, errand.today, lock=lock)

    def may(division: str) -> bool:
        return may_administer(errand.actor, division)

    return await run_in_threadpool(planned, rows, present, may)


async def own_draft(errand: Errand, import_id: UUID, *, for_update: bool) -> ImportDraft | None:
    """A preview is its maker's."""
    query = select(ImportDraft).where(
        col(ImportDraft.id) == import_id, col(ImportDraft.made_by) == errand.actor.id
    )
    found = await errand.session.execute(query.with_for_update() if for_update else query)
    return found.scalar_one_or_none()


def rows_of(errand: Errand, draft: ImportDraft) -> list[PlaceRow]:
    kept = json.loads(errand.reveal(draft.rows, "import_draft", draft.id, "rows"))
    return [PlaceRow(*row) for row in kept]


def fingerprint(plan: Plan) -> str:
    told = json.dumps(plan.outcome(), ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


def _draft(errand: Errand, rows: Sequence[PlaceRow], plan: Plan, sheet: Sheet) -> ImportDraft:
    id = new_id()
    faults = sorted(sheet.report.faults, key=lambda fault: (fault.row, fault.field or ""))
    kept = "[]" if faults else json.dumps(rows, ensure_ascii=False)
    preview = {
        "rows": sheet.size,
        "counts": plan.counts(),
        "faults": [vars(fault) for fault in faults[:TOLD]],
        "faults_left_out": len(faults[TOLD:]),
    }
    return ImportDraft(
        id=id,
        kind=PLACES,
        made_by=errand.actor.id,
        made_at=errand.now,
        expires_at=errand.now + LIFETIME,
        rows=errand.conceal(kept, "import_draft", id, "rows"),
        outcome=fingerprint(plan),
        preview=preview,
    )


async def _forget_expired(errand: Errand) -> None:
    await errand.session.execute(
        delete(ImportDraft).where(
            col(ImportDraft.expires_at) < errand.now, col(ImportDraft.applied_at).is_(None)
        )
    )


def _heading(key: str) -> str:
    return next(column.chinese for column in COLUMNS if column.key == key)
