"""Somebody has a stake in this one case: they leave it, and another handler is proposed (A13)."""

from __future__ import annotations

from services.routing.cases.casefile import CaseFile
from services.routing.cases.commands.dispatch import Wish, chosen_units
from services.routing.cases.domain.assigning import Draft, NoUnitForPlace
from services.routing.cases.tables import CaseRecusal
from services.routing.occasion import Occasion
from shared.errors import Conflict


class RecusedAlready(Conflict):
    """You have left this case already."""

    code = "RECUSED_ALREADY"
    chinese = "您已在本案中申报回避。"


async def recuse(on: Occasion, file: CaseFile, reason: str) -> None:
    """From now on this person acts on the case no more. Raises RecusedAlready."""
    case, person_id = file.case, on.actor.id
    if person_id in file.recused:
        raise RecusedAlready
    on.session.add(
        CaseRecusal(
            case_id=case.id,
            person_id=person_id,
            reason=on.conceal(reason, "case_recusal", f"{case.id}/{person_id}", "reason"),
            recorded_at=on.now,
        )
    )
    file.recused |= {person_id}
    on.audit("case.recused", "case", case.id, {"version": case.version, "person": str(person_id)})


async def alternative(on: Occasion, file: CaseFile) -> Draft | None:
    """Who would lead the case by rules and map, without those who are recused (X20)."""
    if file.case.degree is None:
        return None
    try:
        return (await chosen_units(on, file, Wish()))[0]
    except NoUnitForPlace:
        return None
