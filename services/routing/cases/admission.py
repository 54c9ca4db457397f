"""An accepted complaint on its way to becoming a case: rows and events, not yet written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from services.routing.bulk import Row, row_of
from services.routing.cases.casefile import CaseFile, public_state
from services.routing.cases.domain.assigning import Surroundings, is_automatic, units_by_map
from services.routing.cases.domain.lifecycle import FIRST, Action, advance
from services.routing.cases.recording import audit, entry_of, note_promise
from services.routing.cases.submission import Submission
from services.routing.cases.tables import Case, CaseComplaint
from services.routing.cases.units import assignment
from services.routing.clocks.domain.deadlines import start_of
from services.routing.clocks.domain.dispatching import clocks_at_dispatch, must_be_handed_over
from services.routing.clocks.starting import met, new_clock, row_of_clock
from services.routing.occasion import Occasion
from services.routing.triage.proposal import PoliceView, Proposal
from shared.calendars import WorkingCalendar
from shared.clocks import ClockRow
from shared.contracts.routing import CaseCreated, CaseDispatched, CaseEvent, CaseGraded
from shared.contracts.vocabulary import CaseStatus, Grade
from shared.ids import new_id
from shared.rulebook import ClockKind

NARRATIVES = "case_complaint"


class Admission:
    """Does in memory what the commands do on rows: advance, record, publish."""

    def __init__(self, on: Occasion, around: Surroundings, calendar: WorkingCalendar) -> None:
        self._on = on.by_system()
        self._around = around
        self._calendar = calendar
        self._rulebook = on.runtime.rulebooks.in_force_at(on.now)
        self._entries: list[Row] = []
        self._gradings: list[Row] = []
        self._clocks: dict[ClockKind, ClockRow] = {}
        self.file: CaseFile

    def create(self, submission: Submission, number: str) -> None:
        """T06: the case exists, CK-01 runs from the promise to the citizen."""
        case = self._new_case(submission, number)
        self.file = CaseFile(case, [], [self._complaint(case, submission)])
        self._start(ClockKind.DISPATCH, case.promised_from)
        self._done(Action.CREATE, None, CaseCreated)

    def grade(self, proposal: Proposal) -> None:
        """T09: the proposal of triage opens the history of grades (invariant 6)."""
        if proposal.grade is None:
            return
        case = self.file.case
        case.grade = proposal.grade
        self._gradings.append(self._grading(proposal))
        if must_be_handed_over(self._rulebook, case.category, self._on.now):
            self._start(ClockKind.TRANSFER, self._on.now)
        self._advance(Action.GRADE, CaseGraded)

    def dispatch_if_automatic(self) -> None:
        """T10 by map; where a dispatcher is to confirm or nobody is known, the case waits."""
        case, grade = self.file.case, self.file.case.degree
        rules = self._rulebook.dispatch
        if grade is None or self._around.street_centre is None:
            return
        if not is_automatic(rules, channel=case.channel, grade=grade, emergency=case.emergency):
            return
        drafts = units_by_map(self._rulebook, case.category, grade, self._around, self.file.parties)
        self.file.units = [assignment(self._on, case.id, draft) for draft in drafts]
        case.first_dispatch_at = self._on.now
        self._clocks[ClockKind.DISPATCH] = met(self._clocks[ClockKind.DISPATCH], self._on.now)
        for kind in (ClockKind.SIGN, *self._begin_with(grade)):
            self._start(kind, self._on.now)
        self._advance(Action.DISPATCH, CaseDispatched)

    @staticmethod
    def rows_of(admissions: Sequence[Admission]) -> Mapping[str, Sequence[Row]]:
        """Everything of all of them, by table."""
        rows: dict[str, list[Row]] = defaultdict(list)
        for each in admissions:
            rows["cases"].append(row_of(each.file.case))
            rows["case_complaint"] += map(row_of, each.file.complaints)
            rows["assignment"] += map(row_of, each.file.units)
            rows["grading"] += each._gradings
            rows["case_entry"] += each._entries
            rows["clock"] += map(row_of_clock, each._clocks.values())
        return rows

    def _advance(self, action: Action, event: type[CaseEvent]) -> None:
        case = self.file.case
        before = case.status
        case.state = advance(before, action)
        case.version += 1
        self._done(action, before, event)

    def _done(self, action: Action, before: CaseStatus | None, event: type[CaseEvent]) -> None:
        clocks = list(self._clocks.values())
        note_promise(self.file, clocks)
        self._entries.append(entry_of(self._on, self.file.case, action, before))
        audit(self._on, self.file.case, action, {})
        self._on.publish(event(case=public_state(self.file, clocks, self._rulebook)))

    def _new_case(self, submission: Submission, number: str) -> Case:
        complaint, proposal, around = submission.complaint, submission.proposal, self._around
        return Case(
            id=new_id(),
            number=number,
            version=1,
            state=FIRST.to,
            category=proposal.category,
            grade=None,
            division=around.division,
            place_code=around.place_code,
            estate_id=complaint.estate_id,
            estate_name=around.estate_name,
            building_id=complaint.building_id,
            grid_code=around.grid_code,
            company_id=around.company.id if around.company else None,
            channel=complaint.channel,
            confidential=complaint.confidential,
            anonymous=complaint.anonymous,
            emergency=proposal.emergency,
            police_check=proposal.police is PoliceView.CHECK,
            rulebook=self._rulebook.version,
            accepted_at=self._on.now,
            promised_from=submission.event.promised_from,
        )

    def _complaint(self, case: Case, submission: Submission) -> CaseComplaint:
        """Of an anonymous reporter nothing is kept that leads to a person (X15)."""
        complaint = submission.complaint
        text = submission.narrative.model_dump_json(exclude={"building_id"})
        return CaseComplaint(
            complaint_id=complaint.id,
            case_id=case.id,
            number=complaint.number,
            owner_id=None if complaint.anonymous else complaint.owner_id,
            house_id=None if complaint.anonymous else complaint.house_id,
            narrative=self._on.conceal(text, NARRATIVES, complaint.id, "narrative"),
            submitted_at=complaint.submitted_at,
        )

    def _grading(self, proposal: Proposal) -> Row:
        case = self.file.case
        return {
            "id": new_id(),
            "case_id": case.id,
            "at": self._on.now,
            "category": case.category,
            "grade": case.grade,
            "actor_id": self._on.actor.id,
            "actor_end": self._on.actor.end,
            "confidence": proposal.confidence,
            "evidence": [asdict(each) for each in proposal.evidence],
        }

    def _begin_with(self, grade: Grade) -> Sequence[ClockKind]:
        case = self.file.case
        return clocks_at_dispatch(self._rulebook, case.category, grade, emergency=case.emergency)

    def _start(self, kind: ClockKind, at: datetime) -> None:
        start = start_of(kind, at, self._rulebook, self._calendar)
        self._clocks[kind] = new_clock(self.file.case.id, start)
