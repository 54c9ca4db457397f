"""X45: what was found on patrol becomes a case without a reporter."""

from __future__ import annotations

from services.routing.cases.casefile import CaseFile
from services.routing.cases.commands.accept import accept
from services.routing.cases.guards import NotYourTask
from services.routing.cases.numbers import next_number
from services.routing.cases.queries import holding_complaint, load
from services.routing.cases.submission import read
from services.routing.directory.queries import DispatchCandidates, dispatch_candidates
from services.routing.field.domain.findings import (
    FindingForPolice,
    UnknownPlace,
    finding_number,
    finding_series,
)
from services.routing.field.domain.policies import may_find
from services.routing.field.operations import FindingOperation
from services.routing.occasion import Occasion
from shared.contracts.intake import ComplaintState, ComplaintSubmitted
from shared.contracts.narrative import Narrative
from shared.contracts.vocabulary import Channel, ComplaintStatus
from shared.ids import new_id
from shared.tracing import current_trace


async def find(on: Occasion, found: FindingOperation) -> CaseFile:
    """Goes the way of every complaint: triage, grade, dispatch by map.

    Raises UnknownPlace, NotYourTask or FindingForPolice.
    """
    around = await dispatch_candidates(on.session, found.estate_id, found.building_id, on.now)
    if around is None or around.grid is None:
        raise UnknownPlace
    if not may_find(on.actor, around.grid.code, around.company and around.company.id):
        raise NotYourTask
    event = await _submitted(on, found, around)
    trace = current_trace()
    if read(on, event, trace).refused:
        raise FindingForPolice
    await accept(on, [(event, trace)])
    file = await load(on.session, holding_complaint(event.complaint.id))
    assert file is not None, "an accepted complaint has a case"
    on.audit("case.found", "case", file.case.id, {"channel": found.channel})
    return file


async def _submitted(
    on: Occasion, found: FindingOperation, around: DispatchCandidates
) -> ComplaintSubmitted:
    """As intake would say it, of nobody's complaint: nobody is asked how it was handled."""
    complaint_id = new_id()
    series = finding_series(on.now)
    narrative = Narrative(title=found.title, text=found.text, place=found.place)
    state = ComplaintState(
        id=complaint_id,
        version=1,
        number=finding_number(series, await next_number(on.session, series)),
        channel=Channel(found.channel),
        state=ComplaintStatus.SUBMITTED,
        owner_id=None,
        division=around.estate.division,
        estate_id=found.estate_id,
        building_id=found.building_id,
        house_id=None,
        chosen_category=found.category,
        confidential=False,
        anonymous=False,
        external_number=None,
        submitted_at=found.made_at,
    )
    sealed = on.runtime.sealer.seal(
        narrative.model_dump_json(), audience="routing", subject=str(complaint_id)
    )
    return ComplaintSubmitted(complaint=state, narrative=sealed, promised_from=on.now)
