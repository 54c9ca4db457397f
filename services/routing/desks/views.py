"""A line of a worklist as its reader sees it, and the counts above it."""

from __future__ import annotations

from collections.abc import Iterable

from services.routing.cases.tables import Assignment, Case
from services.routing.cases.views import summary
from services.routing.clocks.domain.promises import ClockState
from services.routing.desks.counting import Tally
from services.routing.desks.schemas import CountsOut, WorkItem
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
