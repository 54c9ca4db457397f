"""An accepted complaint on its way to becoming a case: rows and events, not yet written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from functools import partial
from uuid import UUID

from services.routing.bulk import Row, row_of
from services.routing.cases.casefile import CaseFile, public_state
from services.routing.cases.domain.assigning import Surroundings, is_automatic
from services.routing.cases.domain.lifecycle import FIRST, Action, advance
from services.routing.cases.recording import audit, entry_of, note_promise
from services.routing.cases.submission import Submission, complaint_of
from services.routing.cases.tables import Case
from services.routing.cases.units import assignment
from services.routing.clocks.domain.deadlines import start_of
from services.routing.clocks.domain.dispatching import clocks_at_dispatch, must_be_handed_over
from services.routing.clocks.starting import met, new_clock, row_of_clock
from services.routing.dispatching.domain.deciding import Guide, decide
from services.routing.dispatching.facts import facts_of
from services.routing.occasion import Occasion
from services.routing.triage.proposal import PoliceView, Proposal
from shared.calendars import WorkingCalendar
from shared.clocks import ClockRow
from shared.contracts.routing import (
    CaseCreated,
    CaseDispatched,
    CaseEvent,
    CaseGraded,
    ComplaintsJoined,
)
from shared.contracts.vocabulary import CaseStatus, Grade
from shared.identity import End
from shared.ids import new_id
from shared.rulebook import ClockKind

Telling = Callable[..., CaseEvent]


class Admission:
    """Does in memory what the commands do on rows: advance, record, publish."""

    def __init__(
        self, on: Occasion, around: Surroundings, guide: Guide, calendar: WorkingCalendar
    ) -> None:
        self._accepting = on
        self._on = on.by_system()
        self._around = around
        self._guide = guide
        self._calendar = calendar
        self._rulebook = on.runtime.rulebooks.in_force_at(on.now)
        self._entries: list[Row] = []
        self._gradings: list[Row] = []
        self._clocks: dict[ClockKind, ClockRow] = {}
        self.file: CaseFile

    def create(self, submission: Submission, id: UUID, number: str) -> None:
        """T06: the case exists, CK-01 runs from the promise to the citizen.

        Grade and dispatch are the system's, also where a person accepts.
        """
        case = self._new_case(submission, id, number)
        self.file = CaseFile(case, [], [complaint_of(self._on, submission, id)])
        self._start(ClockKind.DISPATCH, case.promised_from)
        self._done(self._accepting, Action.CREATE, None, CaseCreated)

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
        """T10 by the rules; where a dispatcher is to confirm or nobody is known, the case waits."""
        case, grade = self.file.case, self.file.case.degree
        rules = self._rulebook.dispatch
        if grade is None or self._around.centre is None:
            return
        if not is_automatic(rules, channel=case.channel, grade=grade, emergency=case.emergency):
            return
        facts = facts_of(case, self._around.place_code, self._on.now)
        drafts = decide(self._rulebook, self._guide, facts, self._around, self.file.parties)
        self.file.units = [assignment(self._on, case.id, draft) for draft in drafts]
        case.first_dispatch_at = self._on.now
        self._meet(ClockKind.DISPATCH)
        if drafts[0].end is End.DEPARTMENT:
            self._meet(ClockKind.TRANSFER)
        for kind in (ClockKind.SIGN, *self._begin_with(grade)):
            self._start(kind, self._on.now)
        self._advance(Action.DISPATCH, CaseDispatched)

    def join(self, submission: Submission) -> None:
        """T07: the same words by the same person, heard of together with the first (X08)."""
        case = self.file.case
        case.confidential = case.confidential or submission.complaint.confidential
        self.file.complaints = [*self.file.complaints, complaint_of(self._on, submission, case.id)]
        joined = (submission.complaint.id,)
        self._advance(Action.JOIN, partial(ComplaintsJoined, joined=joined))

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

    def _advance(self, action: Action, event: Telling) -> None:
        case = self.file.case
        before = case.status
        case.state = advance(before, action)
        case.version += 1
        self._done(self._on, action, before, event)

    def _done(
        self, on: Occasion, action: Action, before: CaseStatus | None, event: Telling
    ) -> None:
        clocks = list(self._clocks.values())
        note_promise(self.file, clocks)
        self._entries.append(entry_of(on, self.file.case, action, before))
        audit(on, self.file.case, action, {})
        on.publish(event(case=public_state(self.file, clocks, self._rulebook)))

    def _new_case(self, submission: Submission, id: UUID, number: str) -> Case:
        complaint, proposal, around = submission.complaint, submission.proposal, self._around
        return Case(
            id=id,
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
            police_check=proposal.police is not PoliceView.NO,
            rulebook=self._rulebook.version,
            accepted_at=self._on.now,
            promised_from=submission.promised_from,
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
            "grade_confidence": proposal.grade_confidence,
            "evidence": [asdict(each) for each in proposal.evidence],
            "alternatives": [asdict(each) for each in proposal.alternatives],
        }

    def _begin_with(self, grade: Grade) -> Sequence[ClockKind]:
        case = self.file.case
        return clocks_at_dispatch(self._rulebook, case.category, grade, emergency=case.emergency)

    def _meet(self, kind: ClockKind) -> None:
        if kind in self._clocks:
            self._clocks[kind] = met(self._clocks[kind], self._on.now)

    def _start(self, kind: ClockKind, at: datetime) -> None:
        start = start_of(kind, at, self._rulebook, self._calendar)
        self._clocks[kind] = new_clock(self.file.case.id, start)
