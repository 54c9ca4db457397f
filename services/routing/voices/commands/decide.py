"""A pair that is none, and the reporters who speak for a group (X09, X11)."""

from __future__ import annotations

from collections.abc import Sequence, Set
from uuid import UUID

from services.routing.cases.casefile import CaseFile
from services.routing.cases.domain.lifecycle import Action
from services.routing.cases.recording import move, rulebook_of, tell
from services.routing.occasion import Occasion
from services.routing.voices.domain.groups import refuse_representatives
from services.routing.voices.queries import representatives_of
from services.routing.voices.tables import DuplicateProposal, Representative
from shared.contracts.routing import RepresentativesNamed
from shared.errors import Conflict

DISMISSED = "DISMISSED"
PROPOSALS = "duplicate_proposal"


class AlreadyDecided(Conflict):
    """Somebody has decided about this pair."""

    code = "ALREADY_DECIDED"
    chinese = "这条并案建议已经处理。"


def dismiss(on: Occasion, proposal: DuplicateProposal, reason: str) -> None:
    """Two problems; the pair is not shown again. Raises AlreadyDecided."""
    if proposal.decision is not None:
        raise AlreadyDecided
    proposal.decision = DISMISSED
    proposal.reason = on.conceal(reason, PROPOSALS, proposal.id, "reason")
    proposal.decided_by, proposal.decided_at = on.actor.id, on.now
    facts = {"score": proposal.score, "into": str(proposal.into_case_id)}
    on.audit("case.duplicate_dismissed", "case", proposal.case_id, facts)


async def name_representatives(on: Occasion, file: CaseFile, complaint_ids: Sequence[UUID]) -> None:
    """They replace those named before. Raises NotAGroup, TooManyRepresentatives, NotAReporter."""
    known = [each.complaint_id for each in file.complaints if each.owner_id is not None]
    named = list(dict.fromkeys(complaint_ids))
    refuse_representatives(named, known, rulebook_of(on, file).groups, file.case)
    move(on, file, Action.NAME_REPRESENTATIVES, details={"count": len(named)})
    former = {
        each.complaint_id: each for each in await representatives_of(on.session, file.case.id)
    }
    for id in former.keys() - set(named):
        await on.session.delete(former[id])
    for id in set(named) - former.keys():
        on.session.add(
            Representative(
                case_id=file.case.id, complaint_id=id, named_at=on.now, named_by=on.actor.id
            )
        )
    await tell(on, file, RepresentativesNamed, count=len(named))


async def _replace(on: Occasion, case_id: UUID, named: Set[UUID]) -> None:
    """Who is named again stays named since then."""
    former = {each.complaint_id: each for each in await representatives_of(on.session, case_id)}
    for id in former.keys() - named:
        await on.session.delete(former[id])
    on.session.add_all(
        Representative(case_id=case_id, complaint_id=id, named_at=on.now, named_by=on.actor.id)
        for id in sorted(named - former.keys())
    )
