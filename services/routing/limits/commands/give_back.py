"""T12: the assignee gives the case back; what was promised to the citizen runs on."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.routing.cases.casefile import CaseFile
from services.routing.cases.commands.dispatch import named_seat
from services.routing.cases.domain.lifecycle import Action
from services.routing.cases.recording import move, rulebook_of, tell
from services.routing.clocks.calendar import PUBLISHED
from services.routing.clocks.commands import clock_of, follow
from services.routing.limits.domain.returning import (
    UnitKey,
    refuse_incomplete,
    refuse_return,
    refuse_unknown_reason,
)
from services.routing.limits.queries import past_returns
from services.routing.limits.tables import CaseReturn
from services.routing.occasion import Occasion
from shared.contracts.routing import CaseReturned
from shared.counting import Deadline, deadline
from shared.ids import new_id
from shared.rulebook import ClockKind

RETURNS = "case_return"


@dataclass(frozen=True)
class Objection:
    """Why the case is not the unit's own: the papers that the rulebook asks for."""

    reason: str | None = None
    legal_basis: str | None = None
    suggested_unit: UUID | None = None

    @property
    def papers(self) -> dict[str, object]:
        return {
            "REASON": self.reason,
            "LEGAL_BASIS": self.legal_basis,
            "SUGGESTED_UNIT": self.suggested_unit,
        }


async def give_back(on: Occasion, file: CaseFile, objection: Objection) -> None:
    """Raises ReturnPapersMissing, UnknownReturnReason, UnknownUnit, ForcedUnitKeepsTheCase,
    ReturnsExhausted or ReturnTooLate.
    """
    rules = rulebook_of(on, file).returns
    lead = file.lead
    assert lead is not None, "only an assignee returns"
    refuse_incomplete(rules, objection.papers)
    refuse_unknown_reason(rules, objection.reason)
    unit = UnitKey(lead.organisation_id, lead.person_id)
    past = await past_returns(on.session, file.case.id)
    refuse_return(rules, past, unit, await _window(on, file), on.now)
    returned = await _written(on, file, objection)
    move(on, file, Action.RETURN, details={"reason": returned.reason})
    on.session.add(returned)
    await follow(on, file, Action.RETURN)
    await tell(
        on,
        file,
        CaseReturned,
        organisation_id=returned.organisation_id,
        reason=returned.reason,
        suggested=returned.suggested_id,
    )


async def _window(on: Occasion, file: CaseFile) -> Deadline:
    """Counted from the dispatch that CK-02 runs from."""
    dispatched = await clock_of(on, file, ClockKind.SIGN)
    start = dispatched.started_at if dispatched else file.case.accepted_at
    return deadline(start, rulebook_of(on, file).returns.window, PUBLISHED)


async def _written(on: Occasion, file: CaseFile, objection: Objection) -> CaseReturn:
    lead = file.lead
    assert lead is not None
    assert objection.reason is not None
    assert objection.legal_basis is not None
    assert objection.suggested_unit is not None
    seat = await named_seat(on, objection.suggested_unit)
    return_id = new_id()
    return CaseReturn(
        id=return_id,
        case_id=file.case.id,
        organisation_id=lead.organisation_id,
        person_id=lead.person_id,
        end=lead.end,
        display_name=lead.display_name,
        reason=objection.reason,
        legal_basis=on.conceal(objection.legal_basis, RETURNS, return_id, "legal_basis"),
        suggested_id=seat.id,
        suggested_name=seat.name,
        returned_by=on.actor.id,
        returned_at=on.now,
    )
