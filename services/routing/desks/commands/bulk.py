"""One action on many cases: tried first and undone, then done; each case stands for itself.

A preview is no guess: it runs the command of the single endpoint and takes it back.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import select
from sqlmodel import col

from services.routing.cases.casefile import CaseFile
from services.routing.cases.domain.policies import may_see
from services.routing.cases.guards import NotYourTask, case_allowed
from services.routing.cases.queries import CaseNotFound
from services.routing.desks.actions import BULK, Action
from services.routing.desks.domain.bulk import (
    MOST_CASES,
    BulkParametersInvalid,
    BulkPreviewNotFound,
    CaseMovedOn,
    Item,
    TooManyCases,
    UnknownBulkAction,
    Verdict,
    refuse_changed,
    refuse_expired,
)
from services.routing.desks.domain.filters import Sort
from services.routing.desks.queries import worklist
from services.routing.desks.schemas import BulkIn
from services.routing.desks.tables import BulkPreview
from services.routing.occasion import Occasion
from shared.database import attempt
from shared.errors import DomainError
from shared.ids import new_id
from shared.web.body import Body

PREVIEWS = "bulk_preview"


PREVIEWS = "bulk_preview"
VERDICTS: Mapping[type[DomainError], Verdict] = {
    CaseNotFound: Verdict.NOT_VISIBLE,
    CaseMovedOn: Verdict.CONFLICT,
}

Deal = Callable[[CaseFile], Awaitable[None]]


class _Enough(Exception):
    """The rehearsal of a case is over: take it back."""


async def preview(on: Occasion, wanted: BulkIn) -> BulkPreview:
    """Raises UnknownBulkAction, BulkParametersInvalid, TooManyCases."""
    if wanted.action not in BULK:
        raise UnknownBulkAction(known=sorted(BULK))
    deal = _dealing(on, wanted.action, wanted.parameters)
    ids = await _cases(on, wanted)
    shown = {id: await _rehearsed(on, deal, id) for id in sorted(set(ids))}
    row = _row(on, wanted, [shown[id] for id in dict.fromkeys(ids)])
    on.session.add(row)
    on.audit("bulk.previewed", "bulk", row.id, {"action": row.action, "cases": len(shown)})
    return row


async def execute(on: Occasion, preview_id: UUID) -> BulkPreview:
    """What was shown to apply is done; asked again, it is answered as before.

    Cases are locked in the order of their ids, so that two executions cannot block each other.
    Raises BulkPreviewNotFound, BulkPreviewExpired.
    """
    row = await _own(on, preview_id)
    if row.results is not None:
        return row
    refuse_expired(row.created_at, on.now)
    opened = on.reveal(row.parameters, PREVIEWS, row.id, "parameters")
    deal = _dealing(on, row.action, json.loads(opened))
    shown = [Item.of(each) for each in row.items]
    in_order = sorted(shown, key=lambda item: item.case_id)
    done = {item.case_id: await _done(on, deal, item) for item in in_order}
    row.results = [done[item.case_id].row for item in shown]
    row.executed_at = on.now
    applied = sum(item.verdict is Verdict.APPLIED for item in done.values())
    facts = {"action": row.action, "cases": len(done), "applied": applied}
    on.audit("bulk.executed", "bulk", row.id, facts)
    return row


def items_of(row: BulkPreview) -> Sequence[Item]:
    """The results where there are some, else what was shown."""
    return [Item.of(each) for each in (row.items if row.results is None else row.results)]


async def _cases(on: Occasion, wanted: BulkIn) -> Sequence[UUID]:
    if wanted.case_ids is not None:
        return wanted.case_ids
    assert wanted.filter is not None, "the body has one of the two"
    found = await worklist(
        on.session, on.actor, wanted.filter, Sort.DUE, after=None, limit=MOST_CASES + 1
    )
    if len(found) > MOST_CASES:
        raise TooManyCases
    return [case.id for case in found]


def _row(on: Occasion, wanted: BulkIn, shown: Sequence[Item]) -> BulkPreview:
    id = new_id()
    parameters = json.dumps(wanted.parameters)
    return BulkPreview(
        id=id,
        person_id=on.actor.id,
        action=wanted.action,
        parameters=on.conceal(parameters, PREVIEWS, id, "parameters"),
        items=[item.row for item in shown],
        created_at=on.now,
    )


async def _rehearsed(on: Occasion, deal: Deal, case_id: UUID) -> Item:
    shown = Item(case_id, Verdict.WOULD_APPLY)
    try:
        async with attempt(on.session):
            file = await case_allowed(on, case_id, may_see)
            shown = replace(shown, number=file.case.number, version=file.case.version)
            await deal(file)
            raise _Enough
    except _Enough:
        return shown
    except DomainError as refusal:
        return _refused(shown, refusal)


async def _done(on: Occasion, deal: Deal, shown: Item) -> Item:
    if shown.verdict is not Verdict.WOULD_APPLY:
        return shown
    try:
        async with attempt(on.session):
            file = await case_allowed(on, shown.case_id, may_see)
            refuse_changed(shown, file.case.version)
            await deal(file)
    except DomainError as refusal:
        return _refused(shown, refusal)
    return replace(shown, verdict=Verdict.APPLIED)


def _refused(item: Item, refusal: DomainError) -> Item:
    verdict = VERDICTS.get(type(refusal), Verdict.REFUSED)
    return replace(item, verdict=verdict, code=refusal.code)


def _dealing(on: Occasion, name: str, parameters: Mapping[str, Any]) -> Deal:
    """The action with its parameters, allowed case by case as by the single endpoint."""
    action = BULK[name]
    wanted = _parsed(action, parameters)

    async def deal(file: CaseFile) -> None:
        if not action.policy(on.actor, file.standing):
            raise NotYourTask
        await action.run(on, file, wanted)

    return deal


def _parsed(action: Action, parameters: Mapping[str, Any]) -> Body:
    try:
        return action.parameters.model_validate(parameters)
    except ValidationError as failure:
        raise BulkParametersInvalid(errors=[_field(each) for each in failure.errors()]) from None


def _field(error: Mapping[str, Any]) -> dict[str, str]:
    """Where and what, never the value: it may be personal."""
    place = "/".join(str(part) for part in ("body", "parameters", *error["loc"]))
    return {"pointer": f"/{place}", "code": str(error["type"])}


async def _own(on: Occasion, preview_id: UUID) -> BulkPreview:
    """Locked, so that a second execution waits for the first and answers the same."""
    found = await on.session.execute(
        select(BulkPreview)
        .where(col(BulkPreview.id) == preview_id, col(BulkPreview.person_id) == on.actor.id)
        .with_for_update()
    )
    row = found.scalar()
    if row is None:
        raise BulkPreviewNotFound
    return row
