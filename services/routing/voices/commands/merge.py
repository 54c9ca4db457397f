"""T07 by a dispatcher: the complaints of a case go on in another one (X09)."""

from __future__ import annotations

from uuid import UUID

from services.routing.cases.casefile import CaseFile
from services.routing.cases.commands.grade import Judgement, grade
from services.routing.cases.domain.assigning import Person, refuse_conflict
from services.routing.cases.domain.grading import is_raise
from services.routing.cases.domain.lifecycle import Action, is_possible
from services.routing.cases.recording import move, tell
from services.routing.clocks.commands import follow
from services.routing.directory.queries import staff
from services.routing.occasion import Occasion
from services.routing.voices.commands.group import heed_groups
from services.routing.voices.domain.merging import refuse_merging
from services.routing.voices.domain.policies import may_merge
from services.routing.voices.guards import lock
from services.routing.voices.queries import standing_mergers, waiting_of
from services.routing.voices.tables import MergedComplaint
from shared.contracts.routing import CaseMerged, ComplaintsJoined
from shared.contracts.vocabulary import CaseStatus
from shared.ids import new_id

MERGED = "MERGED"


async def merge(on: Occasion, source_id: UUID, target_id: UUID, reason: str) -> CaseFile:
    """The case that goes on. Its clocks are the ones that count; the other's stop.

    Both are locked in the order of ids, so that two dispatchers cannot wait for each other.
    Raises CaseNotFound, NotYourTask, SameCase, OtherEstate, AnonymousStaysApart,
    ConflictOfInterest.
    """
    files = {id: await lock(on, id, may_merge) for id in sorted({source_id, target_id})}
    source, target = files[source_id], files[target_id]
    refuse_merging(source.case, target.case)
    await _refuse_conflict(on, source, target)
    await _keep_grade(on, source, target, reason)
    await _end(on, source, target, reason)
    await _take_over(on, source, target, reason)
    await heed_groups(on, {(target.case.estate_id, target.case.category)})
    return target


async def _refuse_conflict(on: Occasion, source: CaseFile, target: CaseFile) -> None:
    """Nobody handles the matter of the own household (A13): then the case merges the other way."""
    lead = target.lead
    person = await staff(on.session, lead.person_id) if lead and lead.person_id else None
    if person is not None:
        refuse_conflict(Person(person.id, person.interests), source.parties, None)


async def _keep_grade(on: Occasion, source: CaseFile, target: CaseFile, reason: str) -> None:
    """What was a major matter for one household does not become a small one by merging."""
    wanted, status = source.case.degree, target.case.status
    if wanted is None or not is_raise(target.case.degree, wanted):
        return
    if status is CaseStatus.TO_DISPATCH or is_possible(status, Action.REGRADE):
        await grade(on, target, Judgement(target.case.category, wanted, reason))


async def _end(on: Occasion, source: CaseFile, target: CaseFile, reason: str) -> None:
    move(on, source, Action.MERGE, note=reason, details={"into": str(target.case.id)})
    source.case.merged_into = target.case.id
    await follow(on, source, Action.MERGE)


async def _take_over(on: Occasion, source: CaseFile, target: CaseFile, reason: str) -> None:
    """Whoever was promised not to be named stays unnamed, and everybody else with them (X16)."""
    moved = tuple(complaint.complaint_id for complaint in source.complaints)
    move(on, target, Action.JOIN, note=reason, details={"from": str(source.case.id)})
    for flag in ("confidential", "police_check", "emergency"):
        setattr(target.case, flag, getattr(target.case, flag) or getattr(source.case, flag))
    await _remember(on, source, target)
    for complaint in source.complaints:
        complaint.case_id = target.case.id
    together = [*target.complaints, *source.complaints]
    target.complaints = sorted(together, key=lambda each: (each.submitted_at, each.complaint_id))
    source.complaints = []
    await _settle_proposals(on, source, target)
    into = {"into_case_id": target.case.id, "into_case_number": target.case.number}
    await tell(on, source, CaseMerged, **into, moved=moved)
    await tell(on, target, ComplaintsJoined, joined=moved)


async def _remember(on: Occasion, source: CaseFile, target: CaseFile) -> None:
    """Where each came from: its first own case, also when it goes on a second time."""
    ids = [complaint.complaint_id for complaint in source.complaints]
    known = {each.complaint_id: each for each in await standing_mergers(on.session, ids)}
    for id in ids:
        if id in known:
            known[id].into_case_id = target.case.id
            continue
        on.session.add(
            MergedComplaint(
                id=new_id(),
                complaint_id=id,
                from_case_id=source.case.id,
                into_case_id=target.case.id,
                at=on.now,
                merged_by=on.actor.id,
            )
        )


async def _settle_proposals(on: Occasion, source: CaseFile, target: CaseFile) -> None:
    """Those between the two are decided; whoever resembles the one resembles the other now."""
    for proposal in await waiting_of(on.session, source.case.id):
        sides = {proposal.case_id, proposal.into_case_id}
        if proposal.case_id == source.case.id or target.case.id in sides:
            proposal.decision = MERGED
            proposal.decided_by, proposal.decided_at = on.actor.id, on.now
        else:
            proposal.into_case_id = target.case.id
