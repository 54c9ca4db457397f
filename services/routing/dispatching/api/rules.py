"""Dispatch rules: imported from a sheet, read, compared, tried out, activated, retired."""

from __future__ import annotations

import asyncio
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from services.routing.deed import DeedDep
from services.routing.dispatching.commands.activate import activate, retire
from services.routing.dispatching.commands.import_rules import import_rules
from services.routing.dispatching.commands.try_out import try_out
from services.routing.dispatching.guards import (
    Dispatcher,
    Reader,
    RuleSetToRead,
    RuleSetToTry,
    RuleSetToWrite,
)
from services.routing.dispatching.queries import page_of_sets
from services.routing.dispatching.schemas import (
    ActivationIn,
    ChangesOut,
    RuleSetOut,
    TrialIn,
    TrialOut,
    WholeRuleSetOut,
)
from services.routing.dispatching.template import FILE_NAME, template
from services.routing.dispatching.views import changes, summaries, summary_of, trial_out, whole_set
from shared.web.once import OnceDep
from shared.web.paging import Page, Paging
from shared.web.sheets import UPLOAD, UploadedFile, workbook

router = APIRouter(prefix="/dispatch-rules", tags=["dispatch rules"])

Division = Annotated[str | None, Query(pattern=r"^\d{4}(\d{2}(\d{3})?)?$")]


@router.get("")
async def rule_sets(on: Reader, page: Paging, division: Division = None) -> Page[RuleSetOut]:
    """The sets of your divisions and of those above, newest first."""
    found = await page_of_sets(on.session, on.actor, division, page)
    shown, following = page.cut(found, lambda row: (str(row.id),))
    return Page(items=await summaries(on, shown), next=following)


@router.get("/template.xlsx", response_class=Response)
async def sheet_template(on: Reader) -> Response:
    """The sheet to fill in, with an example and what each column takes."""
    rulebook = on.runtime.rulebooks.in_force_at(on.now)
    return workbook(await asyncio.to_thread(template, rulebook), FILE_NAME)


@router.post("/imports", status_code=201, response_model=RuleSetOut, openapi_extra=UPLOAD)
async def import_sheet(
    on: Dispatcher, file: UploadedFile, once: OnceDep, division: Division = None
) -> Response:
    """CSV or XLSX into the next draft; or, row by row, what is wrong with it."""

    async def work() -> RuleSetOut:
        return await summary_of(on, await import_rules(on, file, division))

    return await once.run(work)


@router.get("/{rule_set_id}")
async def rule_set(row: RuleSetToRead, on: Reader) -> WholeRuleSetOut:
    """The set with its rules in the order in which they are asked."""
    return await whole_set(on, row)


@router.get("/{rule_set_id}/changes")
async def rule_changes(
    row: RuleSetToRead, on: Reader, against: Annotated[UUID | None, Query()] = None
) -> ChangesOut:
    """What differs from another set, by default from the one that this would replace."""
    return await changes(on, row, against)


@router.post("/{rule_set_id}/trial")
async def trial(row: RuleSetToTry, body: TrialIn, on: Dispatcher) -> TrialOut:
    """What the set would have done to past cases; nothing changes by it."""
    return await trial_out(on, row, await try_out(on, row, body.since, body.until, body.day))


@router.post("/{rule_set_id}/activation", response_model=RuleSetOut)
async def activation(row: RuleSetToWrite, body: ActivationIn, deed: DeedDep) -> Response:
    """A draft takes effect now or at a later moment; what was dispatched stays."""
    return await deed.answered(
        lambda: activate(deed.on, row, body.effective_from), lambda: summary_of(deed.on, row)
    )


@router.post("/{rule_set_id}/retirement", response_model=RuleSetOut)
async def retirement(row: RuleSetToWrite, deed: DeedDep) -> Response:
    """The set no longer decides; the one before holds again, if there is one."""
    return await deed.answered(lambda: retire(deed.on, row), lambda: summary_of(deed.on, row))
