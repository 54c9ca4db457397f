"""X10: a complaint that was merged wrongly gets a case of its own again."""

from __future__ import annotations

from uuid import UUID

from services.routing.cases.casefile import CaseFile
from services.routing.cases.commands.dispatch import Wish, dispatch
from services.routing.cases.domain.assigning import NoUnitForPlace
from services.routing.cases.domain.lifecycle import FIRST, Action
from services.routing.cases.domain.numbering import case_number, case_series
from services.routing.cases.numbers import next_number
from services.routing.cases.recording import audit, entry_of, move, rulebook_of, tell
from services.routing.cases.tables import Case, CaseComplaint, CaseEntry, Grading
from services.routing.clocks.commands import begin
from services.routing.clocks.domain.dispatching import must_be_handed_over
from services.routing.occasion import Occasion
from services.routing.voices.domain.merging import LastComplaint, NotMerged
from services.routing.voices.domain.policies import may_merge
from services.routing.voices.guards import division_of, lock
from services.routing.voices.queries import merger_into
from services.routing.voices.tables import MergedComplaint
from shared.contracts.routing import CaseProgressed, ComplaintUnmerged
from shared.ids import new_id
from shared.rulebook import ClockKind

KEPT = (
    *("category", "grade", "division", "place_code", "estate_id", "estate_name", "building_id"),
    *("grid_code", "company_id", "channel", "confidential", "anonymous", "emergency"),
    *("police_check", "rulebook"),
)


async def unmerge(on: Occasion, case_id: UUID, complaint_id: UUID, reason: str) -> CaseFile:
    """The new case. It is dispatched at once where it can be; dues count from that dispatch.

    Numbers are locked before cases, everywhere. Raises NotMerged, LastComplaint or
    ActionNotPossible.
    """
    number = await _number(on, case_id)
    file = await lock(on, case_id, may_merge)
    merger = await merger_into(on.session, complaint_id, case_id)
    if merger is None:
        raise NotMerged
    move(on, file, Action.UNMERGE, note=reason, details={"complaint": str(complaint_id)})
    complaint = _taken_out(file, complaint_id)
    own = await _own_case(on, file, merger, complaint, number)
    merger.undone_at = on.now
    await tell(on, file, CaseProgressed, note=None)
    facts = {"complaint_id": complaint_id, "from_case_id": case_id}
    await tell(on, own, ComplaintUnmerged, **facts)
    await _dispatch(on, own)
    return own


async def _number(on: Occasion, case_id: UUID) -> str:
    series = case_series(await division_of(on, case_id), on.now)
    return case_number(series, await next_number(on.session, series))


def _taken_out(file: CaseFile, complaint_id: UUID) -> CaseComplaint:
    if len(file.complaints) == 1:
        raise LastComplaint
    complaint = next(each for each in file.complaints if each.complaint_id == complaint_id)
    file.complaints = [each for each in file.complaints if each is not complaint]
    return complaint


async def _own_case(
    on: Occasion, file: CaseFile, merger: MergedComplaint, complaint: CaseComplaint, number: str
) -> CaseFile:
    """As its former case was; one that the system had joined is as the case it comes out of.

    The citizen's anchor is the complaint's own acceptance; CK-01 counts from there.
    """
    former = await on.session.get(Case, merger.from_case_id) if merger.from_case_id else None
    model = former or file.case
    case = Case(
        **{name: getattr(model, name) for name in KEPT},
        id=new_id(),
        number=number,
        version=1,
        state=FIRST.to,
        unmerged_from=file.case.id,
        accepted_at=former.accepted_at if former else merger.at,
        promised_from=former.promised_from if former else complaint.submitted_at,
    )
    on.session.add(case)
    await on.session.flush()
    complaint.case_id = case.id
    own = CaseFile(case, [], [complaint])
    on.session.add(CaseEntry(**entry_of(on, case, Action.CREATE, None)))
    on.session.add(_grading(on.by_system(), case))
    audit(on, case, Action.CREATE, {"unmerged_from": str(file.case.id)})
    await begin(on, own, [ClockKind.DISPATCH], at=case.promised_from)
    if must_be_handed_over(rulebook_of(on, own), case.category, on.now):
        await begin(on, own, [ClockKind.TRANSFER], at=on.now)
    return own


def _grading(on: Occasion, case: Case) -> Grading:
    """What the case had is the proposal that its history begins with (invariant 6)."""
    return Grading(
        id=new_id(),
        case_id=case.id,
        at=on.now,
        category=case.category,
        grade=case.grade,
        actor_id=on.actor.id,
        actor_end=on.actor.end,
    )


async def _dispatch(on: Occasion, own: CaseFile) -> None:
    """By map (T10); ungraded, or where nobody is known, it waits for the dispatcher."""
    if own.case.degree is None:
        return
    try:
        await dispatch(on, own, Wish())
    except NoUnitForPlace:
        return
