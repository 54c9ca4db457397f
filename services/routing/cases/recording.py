"""The last beats of every command: apply the transition, record it, publish the state after it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services.routing.bulk import Row
from services.routing.cases.casefile import CaseFile, public_state
from services.routing.cases.domain.lifecycle import FIRST, TERMINAL, Action, advance, transition
from services.routing.cases.tables import Case, CaseEntry
from services.routing.clocks.domain.promises import NEVER, next_promise
from services.routing.occasion import Occasion
from shared.clocks import ClockRow, of_subject
from shared.contracts.routing import CaseEvent, CaseState
from shared.contracts.vocabulary import CaseStatus
from shared.ids import new_id
from shared.rulebook import Rulebook

NOTES = "case_entry"


def move(
    on: Occasion,
    file: CaseFile,
    action: Action,
    *,
    note: str | None = None,
    public: bool = False,
    details: dict[str, Any] | None = None,
) -> None:
    """Advance the case by `action` and write it down, for the timeline and for the audit.

    `note` may hold personal data and is encrypted; `details` must not. Raises ActionNotPossible.
    """
    case = file.case
    before = case.status
    case.state = advance(before, action)
    case.version += 1
    entry = CaseEntry(**entry_of(on, case, action, before))
    entry.note = None if note is None else on.conceal(note, NOTES, entry.id, "note")
    entry.public = public
    on.session.add(entry)
    audit(on, case, action, details or {})


def entry_of(on: Occasion, case: Case, action: Action, before: CaseStatus | None) -> Row:
    """The line of the timeline for what has just been done; `before` is None for the first."""
    done = FIRST if before is None else transition(before, action)
    return {
        "id": new_id(),
        "case_id": case.id,
        "version": case.version,
        "at": on.now,
        "happened_at": on.happened_at,
        "row": done.row,
        "action": action.name,
        "state_before": before,
        "state_after": case.state,
        "actor_id": on.actor.id,
        "actor_end": on.actor.end,
        "organisation_id": on.actor.organisation_id,
        "note": None,
        "public": False,
    }


def audit(on: Occasion, case: Case, action: Action, details: dict[str, Any]) -> None:
    facts = {"version": case.version, "state": case.state, **details}
    on.audit(f"case.{action.value}", "case", case.id, facts)


async def tell(on: Occasion, file: CaseFile, event: type[CaseEvent], **facts: Any) -> None:
    """Publish `event` with the state of the case as it is now; worklists get its next promise."""
    clocks = await of_subject(on.session, file.case.id)
    note_promise(file, clocks)
    on.publish(event(case=public_state(file, clocks, rulebook_of(on, file)), **facts))


async def state_of(on: Occasion, file: CaseFile) -> CaseState:
    clocks = await of_subject(on.session, file.case.id)
    return public_state(file, clocks, rulebook_of(on, file))


def note_promise(file: CaseFile, clocks: Sequence[ClockRow]) -> None:
    """Every change of a clock is told, so this is where the case and its units keep up with it."""
    case = file.case
    ended = case.status in TERMINAL
    promise = None if ended else next_promise(clocks)
    case.next_clock = promise.kind if promise else None
    case.clock_state = promise.state if promise else None
    case.next_due_at = None if ended else promise.due_at if promise else NEVER
    for unit in file.units:
        unit.next_due_at = case.next_due_at


def rulebook_of(on: Occasion, file: CaseFile) -> Rulebook:
    """The version of the case's acceptance (B13, X39)."""
    return on.runtime.rulebooks.named(file.case.rulebook)
