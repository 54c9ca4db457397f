"""What a reader sees of a case: fields that are not for everybody are decided here (X15, X16)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from services.routing.cases.casefile import CaseFile
from services.routing.cases.commands.grade import GRADINGS
from services.routing.cases.commands.submit import RESULTS
from services.routing.cases.domain.hiding import WITHHELD, cover
from services.routing.cases.domain.policies import (
    LEAD,
    may_read_handling,
    may_read_notes,
    may_see_identity,
)
from services.routing.cases.domain.words import STATES, reporter_label
from services.routing.cases.history import gradings, results
from services.routing.cases.recording import NOTES, rulebook_of
from services.routing.cases.schemas import (
    AlternativeOut,
    CaseOut,
    CaseReceipt,
    CaseSummary,
    ComplaintOut,
    EntryOut,
    GradingOut,
    ResultOut,
    UnitOut,
)
from services.routing.cases.submission import narrative_in
from services.routing.cases.tables import (
    Assignment,
    Case,
    CaseComplaint,
    CaseEntry,
    CaseResult,
    Grading,
)
from services.routing.joint.proposal import proposed_team
from services.routing.occasion import Occasion
from shared.contracts.vocabulary import CaseStatus, Grade, ResultCode


def summary(on: Occasion, case: Case, units: Iterable[Assignment]) -> CaseSummary:
    rulebook = on.runtime.rulebooks.named(case.rulebook)
    lead = next((unit for unit in units if unit.role == LEAD), None)
    return CaseSummary(
        id=case.id,
        number=case.number,
        version=case.version,
        state=case.status,
        state_name=STATES[case.status],
        category=case.category,
        category_name=rulebook.category(case.category).chinese,
        grade=case.degree,
        grade_name=rulebook.grades[case.degree].chinese if case.degree else None,
        division=case.division,
        estate_id=case.estate_id,
        estate_name=case.estate_name,
        channel=case.channel,
        emergency=case.emergency,
        overdue=case.overdue,
        confidential=case.confidential,
        anonymous=case.anonymous,
        result_code=ResultCode(case.result_code) if case.result_code else None,
        accepted_at=case.accepted_at,
        first_dispatch_at=case.first_dispatch_at,
        feedback_at=case.feedback_at,
        closed_at=case.closed_at,
        handler=unit_out(lead) if lead else None,
    )


def summary_of(on: Occasion, file: CaseFile) -> CaseSummary:
    return summary(on, file.case, file.units)


def receipt_of(case: Case) -> CaseReceipt:
    return CaseReceipt(
        id=case.id,
        number=case.number,
        version=case.version,
        state=case.status,
        state_name=STATES[case.status],
    )


async def whole_case(on: Occasion, file: CaseFile) -> CaseOut:
    case = file.case
    return CaseOut(
        **summary_of(on, file).model_dump(),
        building_id=case.building_id,
        grid_code=case.grid_code,
        company_id=case.company_id,
        police_check=case.police_check,
        reopen_count=case.reopen_count,
        rulebook=case.rulebook,
        units=[unit_out(unit) for unit in file.units],
        complaints=[_complaint(on, file, each) for each in file.complaints],
        gradings=[_grading(on, file, each) for each in await gradings(on.session, case.id)],
        results=[_result(on, file, each) for each in await results(on.session, case.id)],
        joint_proposal=await proposed_team(on, file),
    )


def entries_out(on: Occasion, file: CaseFile, entries: Sequence[CaseEntry]) -> list[EntryOut]:
    return [_entry(on, file, entry) for entry in entries]


def unit_out(unit: Assignment) -> UnitOut:
    return UnitOut(
        organisation_id=unit.organisation_id,
        person_id=unit.person_id,
        end=unit.end,
        role=unit.role,
        display_name=unit.display_name,
        signed_at=unit.signed_at,
        late=unit.late,
        chosen_by=unit.chosen_by,
        reason=unit.reason,
    )


def _complaint(on: Occasion, file: CaseFile, complaint: CaseComplaint) -> ComplaintOut:
    readers = rulebook_of(on, file).sharing.confidential_readers
    known = may_see_identity(on.actor, file.standing, readers)
    narrative = narrative_in(on, complaint)
    return ComplaintOut(
        number=complaint.number,
        submitted_at=complaint.submitted_at,
        title=narrative.title if known else _covered(on, file, narrative.title),
        text=narrative.text if known else _covered(on, file, narrative.text),
        reporter=reporter_label(
            anonymous=file.case.anonymous,
            hidden=not known,
            found=complaint.owner_id is None
            and not narrative.on_behalf
            and file.case.channel in rulebook_of(on, file).closing.without_answer_channels,
        ),
        place=narrative.place if known else None,
        owner_id=complaint.owner_id if known else None,
        house_id=complaint.house_id if known else None,
    )


def _covered(on: Occasion, file: CaseFile, words: str) -> str:
    return cover(words) if may_read_handling(on.actor, file.standing) else WITHHELD


def _grading(on: Occasion, file: CaseFile, row: Grading) -> GradingOut:
    known = may_read_handling(on.actor, file.standing)
    reason = on.reveal(row.reason, GRADINGS, row.id, "reason") if row.reason and known else None
    return GradingOut(
        at=row.at,
        category=row.category,
        grade=Grade(row.grade) if row.grade else None,
        actor_end=row.actor_end,
        reason=reason,
        confidence=row.confidence,
        grade_confidence=row.grade_confidence,
        evidence=row.evidence if known else [],
        alternatives=_alternatives(on, file, row) if known else [],
    )


def _alternatives(on: Occasion, file: CaseFile, row: Grading) -> list[AlternativeOut]:
    rulebook = rulebook_of(on, file)
    return [
        AlternativeOut(**each, category_name=rulebook.category(each["category"]).chinese)
        for each in row.alternatives
    ]


def _result(on: Occasion, file: CaseFile, row: CaseResult) -> ResultOut:
    known = may_read_handling(on.actor, file.standing)
    return ResultOut(
        code=ResultCode(row.code),
        text=on.reveal(row.text, RESULTS, row.id) if known else None,
        proofs=row.proofs if known else [],
        submitted_at=row.submitted_at,
        decision=row.decision,
        decided_at=row.decided_at,
    )


def _entry(on: Occasion, file: CaseFile, entry: CaseEntry) -> EntryOut:
    readable = entry.public or may_read_notes(on.actor, file.standing, entry)
    note = on.reveal(entry.note, NOTES, entry.id, "note") if entry.note and readable else None
    return EntryOut(
        at=entry.at,
        happened_at=entry.happened_at,
        version=entry.version,
        row=entry.row,
        action=entry.action,
        state_before=CaseStatus(entry.state_before) if entry.state_before else None,
        state_after=CaseStatus(entry.state_after),
        actor_end=entry.actor_end,
        public=entry.public,
        note=note,
    )
