"""T41: the court gives a filed matter to a mediator, with the consent of the parties."""

from __future__ import annotations

from uuid import UUID

from services.routing.cases.casefile import CaseFile
from services.routing.cases.domain.lifecycle import Action
from services.routing.cases.recording import move, rulebook_of, tell
from services.routing.court.commands.hand_over import package_state
from services.routing.court.domain.matters import Procedure, Stage, refuse_unless_filed
from services.routing.court.tables import JudicialMatter
from services.routing.directory.queries import mediation_committee_for
from services.routing.mediation.commands.request import open_mediation
from services.routing.mediation.domain.consent import Consent
from services.routing.mediation.mediationfile import MediationFile
from services.routing.mediation.queries import MediationNotFound, latest
from services.routing.occasion import Occasion
from shared.contracts.routing import JudicialDelegatedBack


async def delegate_back(
    on: Occasion, file: CaseFile, matter: JudicialMatter, procedure: Procedure
) -> None:
    """The committee of the place mediates for the court (U10). Raises MatterNotInCourt."""
    refuse_unless_filed(matter.stage)
    move(on, file, Action.DELEGATE_BACK, details={"procedure": procedure})
    matter.stage = Stage.DELEGATED
    mediated = await _again(on, file)
    mediated.mediation.court_procedure = procedure
    mediated.mediation.committee_id = await _committee(on, file)
    for party in mediated.parties.values():
        party.consent, party.decided_at, party.recorded_by = Consent.AGREED, on.now, on.actor.id
    package = package_state(matter)
    await tell(on, file, JudicialDelegatedBack, package=package, procedure=procedure)


async def _again(on: Occasion, file: CaseFile) -> MediationFile:
    """A new attempt between the same parties; a case may have gone to court without any."""
    try:
        respondent = (await latest(on.session, file)).respondent
    except MediationNotFound:
        respondent = None
    return await open_mediation(on, file, respondent)


async def _committee(on: Occasion, file: CaseFile) -> UUID | None:
    """None where the place has no committee at all: the street mediates then."""
    fallback = rulebook_of(on, file).mediation.committee_fallback
    found = await mediation_committee_for(on.session, file.case.division, fallback)
    return found.id if found else None
