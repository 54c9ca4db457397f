"""T07 by the system: the same words by the same person join the case there is already (X08)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from sqlmodel import col

from services.routing.cases.casefile import CaseFile
from services.routing.cases.domain.lifecycle import Action, is_possible
from services.routing.cases.queries import load
from services.routing.cases.recording import move, tell
from services.routing.cases.submission import Submission, complaint_of
from services.routing.cases.tables import Case
from services.routing.occasion import Occasion
from services.routing.voices.tables import MergedComplaint
from shared.contracts.routing import ComplaintsJoined
from shared.identity import SYSTEM
from shared.ids import new_id
from shared.tracing import traced

if TYPE_CHECKING:
    from services.routing.voices.arriving import Arrival

Files = Mapping[UUID, CaseFile]


async def lock_repeated(on: Occasion, arrivals: Sequence[Arrival]) -> Files:
    """The cases that repetitions belong to, in the order of ids, as far as they take them still."""
    own = {arrival.own_case for arrival in arrivals}
    wanted = {arrival.repeats for arrival in arrivals if arrival.repeats} - own
    files = [await load(on.session, col(Case.id) == id) for id in sorted(wanted)]
    return {
        file.case.id: file
        for file in files
        if file is not None and is_possible(file.case.status, Action.JOIN)
    }


async def join_repeated(on: Occasion, arrivals: Sequence[Arrival], files: Files) -> None:
    for id, file in files.items():
        submissions = [each.submission for each in arrivals if each.repeats == id]
        with traced(submissions[0].trace):
            await _join(on.by_system(), file, submissions)


def merged_by_system(on: Occasion, complaint_id: UUID, into: UUID) -> MergedComplaint:
    """A repetition never had a case of its own."""
    return MergedComplaint(
        id=new_id(),
        complaint_id=complaint_id,
        into_case_id=into,
        at=on.now,
        merged_by=SYSTEM.id,
    )


async def _join(on: Occasion, file: CaseFile, submissions: Sequence[Submission]) -> None:
    """The reporter gets a receipt, feedback and rating of this complaint too.

    Who asks for silence the second time gets it for both (X16).
    """
    hidden = any(each.complaint.confidential for each in submissions)
    file.case.confidential = file.case.confidential or hidden
    move(on, file, Action.JOIN, details={"complaints": len(submissions)})
    complaints = [complaint_of(on, each, file.case.id) for each in submissions]
    joined = tuple(complaint.complaint_id for complaint in complaints)
    on.session.add_all(complaints)
    on.session.add_all(merged_by_system(on, each, file.case.id) for each in joined)
    file.complaints = [*file.complaints, *complaints]
    await tell(on, file, ComplaintsJoined, joined=joined)
