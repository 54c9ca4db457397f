"""Who works on a case now: writing units down, and replacing them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from services.routing.cases.casefile import CaseFile
from services.routing.cases.domain.assigning import Draft
from services.routing.cases.domain.policies import INFO, LEAD
from services.routing.cases.tables import Assignment
from services.routing.occasion import Occasion
from shared.ids import new_id


def assignment(on: Occasion, case_id: UUID, draft: Draft) -> Assignment:
    return Assignment(
        id=new_id(),
        case_id=case_id,
        organisation_id=draft.organisation_id,
        person_id=draft.person_id,
        end=draft.end,
        role=draft.role,
        display_name=draft.display_name,
        dispatched_at=on.now,
        led_at=on.now if draft.role == LEAD else None,
        chosen_by=draft.chosen_by,
        reason=draft.reason,
    )


def replace_units(on: Occasion, file: CaseFile, drafts: Sequence[Draft]) -> None:
    """The new units take over; those that are the same unit again keep their row.

    A lead that is not named again stays informed, so that it does not lose sight of its work.
    """
    former = {(unit.organisation_id, unit.person_id): unit for unit in file.units}
    kept: list[Assignment] = []
    for draft in drafts:
        unit = former.pop((draft.organisation_id, draft.person_id), None)
        if unit is None:
            unit = assignment(on, file.case.id, draft)
            on.session.add(unit)
        unit.role = draft.role
        if draft.role == LEAD and unit.led_at is None:
            unit.led_at = on.now
        unit.chosen_by = draft.chosen_by or unit.chosen_by
        unit.reason = draft.reason or unit.reason
        kept.append(unit)
    units = kept + [_stays_or_ends(on, unit) for unit in former.values()]
    file.units = in_order(unit for unit in units if unit.ended_at is None)


def in_order(units: Iterable[Assignment]) -> list[Assignment]:
    """As they are loaded: a copy in another service is told of them in one order only."""
    by_age = sorted(units, key=lambda unit: (unit.dispatched_at, unit.id))
    return sorted(by_age, key=lambda unit: unit.role, reverse=True)


def _stays_or_ends(on: Occasion, unit: Assignment) -> Assignment:
    if unit.role == LEAD:
        unit.role = INFO
    else:
        unit.ended_at = on.now
    return unit
