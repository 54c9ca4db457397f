"""A line of a worklist as its reader sees it, and the counts above it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from services.routing.cases.tables import Assignment, Case
from services.routing.cases.views import summary
from services.routing.clocks.domain.promises import ClockState
from services.routing.desks.commands.bulk import items_of
from services.routing.desks.commands.standard_texts import Wording
from services.routing.desks.counting import Tally
from services.routing.desks.domain.filters import Sort
from services.routing.desks.domain.texts import Purpose
from services.routing.desks.schemas import (
    BulkItemOut,
    BulkOut,
    CountsOut,
    SavedViewOut,
    StandardTextOut,
    WorkItem,
)
from services.routing.desks.tables import BulkPreview, SavedView
from services.routing.occasion import Occasion
from shared.contracts.vocabulary import CaseStatus, Grade
from shared.rulebook import ClockKind


def work_item(on: Occasion, case: Case, units: Iterable[Assignment]) -> WorkItem:
    promised = case.clock_state is not None
    return WorkItem(
        **summary(on, case, units).model_dump(),
        grid_code=case.grid_code,
        next_due_at=case.next_due_at if promised else None,
        next_clock=ClockKind(case.next_clock) if case.next_clock else None,
        clock_state=ClockState(case.clock_state) if case.clock_state else None,
        supervised=case.supervised,
        group_incident=case.group_incident,
        urged_count=case.urged_count,
    )


def counts_out(found: Tally) -> CountsOut:
    return CountsOut(
        exact=found.exact,
        total=found.total,
        clock={ClockState(name): number for name, number in found.clock.items() if name},
        state={CaseStatus(name): number for name, number in found.state.items()},
        grade={Grade(name): number for name, number in found.grade.items() if name},
    )


def bulk_out(row: BulkPreview) -> BulkOut:
    items = items_of(row)
    return BulkOut(
        id=row.id,
        action=row.action,
        executed=row.results is not None,
        counts=Counter(item.verdict for item in items),
        items=[
            BulkItemOut(
                case_id=item.case_id, number=item.number, verdict=item.verdict, code=item.code
            )
            for item in items
        ],
    )


def saved_view_out(on: Occasion, view: SavedView) -> SavedViewOut:
    return SavedViewOut(
        id=view.id,
        name=view.name,
        filter=view.filter,
        sort=Sort(view.sort),
        shared=view.organisation_id is not None,
        own=view.person_id == on.actor.id,
        changed_at=view.changed_at,
    )


def standard_text_out(wording: Wording) -> StandardTextOut:
    text, version = wording.text, wording.version
    return StandardTextOut(
        id=text.id,
        title=text.title,
        purpose=Purpose(text.purpose),
        division=text.division,
        organisation_id=text.organisation_id,
        version=version.version,
        body=version.body,
        written_at=version.written_at,
    )
