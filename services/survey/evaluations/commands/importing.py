"""An agency's sheet is looked at, and taken over as looked at: all of it or nothing (E20-E22)."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlmodel import col
from starlette.concurrency import run_in_threadpool

from services.survey.deed import Deed
from services.survey.evaluations.commands.contracting import own_contracts
from services.survey.evaluations.commands.recording import note
from services.survey.evaluations.domain.contracts import Terms, refuse_without_contract
from services.survey.evaluations.domain.importing import (
    EvaluationImportOutdated,
    refuse_not_open,
    refuse_third_party_off,
)
from services.survey.evaluations.domain.judging import Judged, Meaning, judge_all
from services.survey.evaluations.domain.scoring import third_party_score
from services.survey.evaluations.domain.sheet import columns, rows_in
from services.survey.evaluations.knowing import known_for
from services.survey.evaluations.tables import EvaluationImport, ThirdPartyEvaluation
from shared.clock import BEIJING
from shared.ids import new_id
from shared.rulebook import Rulebook
from shared.sheets import Limits, Sheet, SheetRow, read_sheet

LIFETIME = timedelta(hours=24)
LIMITS = Limits(rows=2_000)
TOLD = 500  # faults in one answer


@dataclass(frozen=True)
class Look:
    """A sheet, and what those of its rows mean that can be taken."""

    sheet: Sheet
    good: Sequence[Judged]

    def counts(self) -> dict[str, int]:
        found = Counter(str(each.meaning) for each in self.good)
        return {meaning: found[meaning] for meaning in Meaning}

    def outcome(self) -> str:
        """What would be written, as a fingerprint."""
        told = [
            [
                *map(str, each.key),
                str(each.contract.id),
                each.same_source,
                each.meaning,
                str(each.standing and each.standing.id),
            ]
            for each in self.good
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


async def preview(deed: Deed, content: bytes) -> EvaluationImport:
    """Nothing is taken over yet. Raises ThirdPartyNotInForce, WithoutAgencyContract, or why the
    sheet cannot be read; what is wrong in rows is told.
    """
    book = deed.runtime.rulebooks.in_force_at(deed.at)
    refuse_third_party_off(on=book.in_force("evaluation.third_party", deed.at))
    _refuse_without_contract(deed, await own_contracts(deed), book)
    sheet = await run_in_threadpool(read_sheet, content, columns(book.evaluation), LIMITS)
    kept = [{"number": row.number, "cells": dict(row.cells)} for row in sheet.rows]
    look = await _look(deed, book, sheet)
    await _forget_expired(deed)
    row = _draft(deed, book, look, [] if sheet.report.faults else kept)
    deed.session.add(row)
    note(
        deed,
        "evaluation_import.previewed",
        ("evaluation_import", row.id),
        {"rows": sheet.size, "faults": len(sheet.report.faults)},
    )
    return row


async def take_over(deed: Deed, row: EvaluationImport) -> EvaluationImport:
    """Raises EvaluationImportApplied, …Expired, …HasFaults, …Outdated or WithoutAgencyContract."""
    refuse_not_open(
        applied=row.applied_at is not None,
        expired=row.expires_at <= deed.at,
        faulty=bool(row.preview["faults"]),
    )
    book = deed.runtime.rulebooks.named(row.rulebook)
    _refuse_without_contract(deed, await own_contracts(deed, lock=True), book)
    kept = [SheetRow(each["number"], each["cells"]) for each in row.rows]
    sheet = Sheet(columns(book.evaluation), rows=kept, size=len(kept))
    look = await _look(deed, book, sheet, lock=True)
    if sheet.report.faults or look.outcome() != row.outcome:
        raise EvaluationImportOutdated
    for each in look.good:
        if each.meaning != Meaning.UNCHANGED:
            await _write(deed, row, each, book)
    row.applied_at = deed.at
    details = {"rows": len(look.good), **look.counts()}
    note(deed, "evaluation_import.applied", ("evaluation_import", row.id), details)
    return row


def _refuse_without_contract(deed: Deed, contracts: Sequence[Terms], book: Rulebook) -> None:
    refuse_without_contract(contracts, deed.at.astimezone(BEIJING).date(), book.evaluation)


async def _look(deed: Deed, book: Rulebook, sheet: Sheet, *, lock: bool = False) -> Look:
    rows = await run_in_threadpool(rows_in, sheet, book.evaluation)
    known = await known_for(deed, rows, await own_contracts(deed), lock=lock)
    good, wrong = judge_all(rows, known, book.evaluation)
    headings = {each.key: each.chinese for each in sheet.columns}
    for fault in wrong:
        sheet.report.add(fault.row.number, headings[fault.column], fault.error)
    return Look(sheet, good)


async def _write(deed: Deed, row: EvaluationImport, judged: Judged, book: Rulebook) -> None:
    """As a new version; the one before is kept and no longer valid."""
    estate_id, company_id, period = judged.key
    same = (
        col(ThirdPartyEvaluation.estate_id) == estate_id,
        col(ThirdPartyEvaluation.company_id) == company_id,
        col(ThirdPartyEvaluation.period) == period,
    )
    before = await deed.session.scalar(
        select(func.max(col(ThirdPartyEvaluation.version))).where(*same)
    )
    valid = col(ThirdPartyEvaluation.replaced_at).is_(None)
    replaced = update(ThirdPartyEvaluation).where(*same, valid).values(replaced_at=deed.at)
    await deed.session.execute(replaced)
    given = judged.row
    deed.session.add(
        ThirdPartyEvaluation(
            id=new_id(),
            version=(before or 0) + 1,
            import_id=row.id,
            agency_id=row.agency_id,
            contract_id=judged.contract.id,
            estate_id=estate_id,
            estate_name=judged.estate.name,
            division=judged.estate.division,
            community=judged.estate.community,
            company_id=company_id,
            period=period,
            marks={code: str(mark) for code, mark in given.marks.items()},
            score=third_party_score(given.marks, book.evaluation, book.scores),
            sample_size=given.sample_size,
            sample_source=given.sample_source,
            same_source=judged.same_source,
            evaluated_on=given.evaluated_on,
            rulebook=book.version,
            imported_at=deed.at,
        )
    )
    await deed.session.flush()


def _draft(
    deed: Deed, book: Rulebook, look: Look, kept: Sequence[dict[str, Any]]
) -> EvaluationImport:
    assert deed.actor.organisation_id is not None, "an evaluator works for an agency"
    report = look.sheet.report
    faults = sorted(report.faults, key=lambda fault: (fault.row, fault.field or ""))
    return EvaluationImport(
        id=new_id(),
        agency_id=deed.actor.organisation_id,
        made_by=deed.actor.id,
        made_at=deed.at,
        expires_at=deed.at + LIFETIME,
        rulebook=book.version,
        rows=list(kept),
        outcome=look.outcome(),
        preview={
            "rows": look.sheet.size,
            "faulty": len(report.faulty_rows),
            "counts": look.counts(),
            "faults": [vars(fault) for fault in faults[:TOLD]],
            "faults_left_out": len(faults[TOLD:]),
        },
    )


async def _forget_expired(deed: Deed) -> None:
    await deed.session.execute(
        delete(EvaluationImport).where(
            col(EvaluationImport.expires_at) < deed.at, col(EvaluationImport.applied_at).is_(None)
        )
    )
