"""T13: the dispatcher sends a returned case to another unit, or designates one (指定)."""

from __future__ import annotations

from dataclasses import dataclass

from services.routing.cases.casefile import CaseFile
from services.routing.cases.commands.dispatch import Wish, chosen_units
from services.routing.cases.domain.assigning import Draft
from services.routing.cases.domain.lifecycle import Action
from services.routing.cases.domain.policies import LEAD
from services.routing.cases.recording import move, tell
from services.routing.cases.tables import Assignment
from services.routing.cases.units import replace_units
from services.routing.clocks.commands import follow, handed_to_enforcement
from services.routing.limits.commands.give_back import RETURNS
from services.routing.limits.domain.returning import OwnReturn, UnitKey, refuse_same_unit
from services.routing.limits.queries import key_of, pending_return
from services.routing.limits.tables import CaseReturn
from services.routing.occasion import Occasion
from shared.contracts.routing import CaseDispatched, CaseReturnDecided
from shared.identity import End

DESIGNATED = "综治中心指定办理，不得退单"


@dataclass(frozen=True)
class Ruling:
    """`wish` names the unit; nothing named means by map, or, when forced, the same unit again."""

    wish: Wish
    forced: bool
    reason: str


async def adjudicate(on: Occasion, file: CaseFile, ruling: Ruling) -> None:
    """Raises ReturnNotPending, OwnReturn, SameUnitIsForced, or what a dispatch raises."""
    returned = await pending_return(on.session, file.case.id)
    if returned.organisation_id == on.actor.organisation_id:
        raise OwnReturn
    drafts = await _units(on, file, ruling, returned)
    chosen = UnitKey(drafts[0].organisation_id, drafts[0].person_id)
    refuse_same_unit(key_of(returned), chosen, forced=ruling.forced)
    move(on, file, Action.DECIDE_RETURN, details={"forced": ruling.forced})
    replace_units(on, file, drafts)
    _asked_anew(on, file.lead)
    _write(on, returned, drafts[0], ruling)
    await follow(on, file, Action.DECIDE_RETURN)
    if drafts[0].end is End.DEPARTMENT:
        await handed_to_enforcement(on, file)
    by = returned.organisation_id
    await tell(on, file, CaseReturnDecided, returned_by=by, forced=ruling.forced)
    await tell(on, file, CaseDispatched)


async def _units(
    on: Occasion, file: CaseFile, ruling: Ruling, returned: CaseReturn
) -> tuple[Draft, ...]:
    if ruling.wish != Wish() or not ruling.forced:
        return await chosen_units(on, file, ruling.wish)
    others = (unit for unit in file.units if _is_other(unit, returned) and unit.role != LEAD)
    return (_same_again(returned), *map(_draft, others))


def _same_again(returned: CaseReturn) -> Draft:
    """What first chose the unit stays on record: its returns count against that."""
    return Draft(
        returned.organisation_id,
        End(returned.end),
        LEAD,
        returned.display_name,
        returned.person_id,
        reason=DESIGNATED,
    )


def _is_other(unit: Assignment, returned: CaseReturn) -> bool:
    return UnitKey(unit.organisation_id, unit.person_id) != key_of(returned)


def _draft(unit: Assignment) -> Draft:
    return Draft(unit.organisation_id, End(unit.end), unit.role, unit.display_name, unit.person_id)


def _asked_anew(on: Occasion, lead: Assignment | None) -> None:
    """Whoever it is, also the same unit again, is to sign from now on."""
    assert lead is not None
    lead.dispatched_at, lead.signed_at, lead.signed_by, lead.late = on.now, None, None, False


def _write(on: Occasion, returned: CaseReturn, chosen: Draft, ruling: Ruling) -> None:
    returned.decided_by, returned.decided_at = on.actor.id, on.now
    returned.given_to_id, returned.given_to_person_id = chosen.organisation_id, chosen.person_id
    returned.given_to_name, returned.forced = chosen.display_name, ruling.forced
    returned.ruling = on.conceal(ruling.reason, RETURNS, returned.id, "ruling")
