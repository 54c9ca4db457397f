"""One case of an invented year: what its events say, and what must be counted of it.

What is expected is written down where it is made up, not derived from the events.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any

from bench.town import (
    BEGIN,
    BOOK,
    CATEGORIES,
    DAY,
    ENDINGS,
    HOUR,
    MINUTE,
    REPEATED_WITHIN,
    RESOLUTIONS,
    RESULTS,
    YEAR,
    Answer,
    Estate,
    Year,
    drawn_id,
    kept,
    made,
)
from services.survey.indicators.domain.marks import Mediated
from services.survey.indicators.domain.reckoning import Known
from shared.contracts.event import Event
from shared.contracts.intake import ComplaintAccepted, ComplaintState
from shared.contracts.routing import (
    AgreementPerformed,
    CaseDispatched,
    CaseProgressed,
    CaseReopened,
    CaseReturned,
    CaseState,
    ClockState,
    JointOpened,
    MediationAgreed,
    MediationFailed,
    MediationRefused,
    Unit,
)
from shared.contracts.vocabulary import (
    CaseStatus,
    Channel,
    ComplaintStatus,
    Grade,
    ResultCode,
)


class Story:
    """One case from its complaint to its end."""

    def __init__(self, random: Random, year: Year, estate: Estate) -> None:
        self.random, self.year, self.estate = random, year, estate
        self.id = drawn_id(random)
        self.accepted = BEGIN + timedelta(seconds=random.randrange(365 * 24 * 3600))
        self.category, self.grade = random.choice(CATEGORIES)
        if random.random() < 0.05:
            self.grade = random.choice([*Grade])
        self.building = random.choice(estate.buildings) if random.random() < 0.9 else None
        self.grid = f"{estate.community}001" if random.random() < 0.95 else None
        self.company = estate.companies[self.accepted.month > 6]
        self.ending = random.choice(ENDINGS)
        self.version = 1

    def tell(self) -> None:
        wait = min(self.random.expovariate(1 / 17), 600)
        self.dispatched = self.accepted + wait * MINUTE
        self.clocks = [self._clock("DISPATCH", self.accepted, HOUR, self.dispatched)]
        self._promise()
        filed = self._complaints()
        self._say(CaseDispatched, state=CaseStatus.DISPATCHED)
        left = self._leave_the_street()
        mediation, performed = self._mediate()
        performed = not self._detours() and performed
        self._end(filed, left=left, mediation=mediation, performed=performed)

    def _promise(self) -> None:
        """What was promised with the dispatch, and when it was kept, if ever."""
        by_hours = self.random.betavariate(2, 5) * 40
        mediated = self.dispatched + by_hours * HOUR if self.random.random() < 0.96 else None
        self.mediation = None
        if self.grade is not Grade.MAJOR:
            self.mediation = self._clock("MEDIATION_START", self.dispatched, DAY, mediated)
            self.clocks.append(self.mediation)
        days = self.random.betavariate(2, 4) * 11
        told = self.dispatched + days * DAY if self.random.random() < 0.97 else None
        self.told = told
        self.feedback = self._clock("FEEDBACK", self.dispatched, 7 * DAY, told)
        self.clocks.append(self.feedback)
        kind, length = RESOLUTIONS[self.grade]
        self.resolution = self._clock(kind, self.dispatched, length, told)
        self.clocks.append(self.resolution)

    def _complaints(self) -> tuple[datetime, ...]:
        """Usually one; a neighbour's may have joined (X09)."""
        times = [self.accepted - 5 * MINUTE]
        if self.random.random() < 0.08:
            times.append(self.accepted + self.random.random() * DAY)
        for at in times:
            self.year.events.append(self._complaint(at))
        self.year.complaints += len(times)
        return tuple(times)

    def _complaint(self, at: datetime) -> ComplaintAccepted:
        state = made(
            ComplaintState,
            id=drawn_id(self.random),
            version=2,
            number=f"SQ{self.year.complaints}",
            channel=self.random.choice([*Channel]),
            state=ComplaintStatus.ACCEPTED,
            owner_id=drawn_id(self.random),
            division=self.estate.division,
            estate_id=self.estate.id,
            building_id=self.building,
            house_id=None,
            chosen_category=self.category,
            confidential=False,
            anonymous=False,
            external_number=None,
            submitted_at=at,
            accepted_at=self.accepted,
            case_id=self.id,
            case_number="XN",
        )
        return made(
            ComplaintAccepted, complaint=state, category=self.category, category_name=self.category
        )

    def _leave_the_street(self) -> bool:
        if self.grade is not Grade.MAJOR and self.random.random() > 0.02:
            return False
        self._say(JointOpened, state=CaseStatus.JOINT)
        return True

    def _mediate(self) -> tuple[Mediated | None, bool]:
        if self.random.random() > 0.35:
            return None, False
        if self.random.random() < 0.1:
            self._say(MediationFailed, state=CaseStatus.MEDIATING)
        drawn = self.random.random()
        if drawn < 0.06:
            self._say(MediationFailed, state=CaseStatus.LITIGATION_GUIDED)
            return Mediated.FAILED, False
        if drawn < 0.14:
            self._say(MediationRefused, state=CaseStatus.HANDLING, unreachable=drawn < 0.09)
            return Mediated.REFUSED, False
        at_once = drawn > 0.7
        agreed = CaseStatus.RESULT_REVIEW if at_once else CaseStatus.AGREEMENT_PERFORMING
        self._say(MediationAgreed, state=agreed, written=not at_once)
        later = not at_once and self.random.random() < 0.5
        if later:
            self._say(AgreementPerformed, state=CaseStatus.RESULT_REVIEW)
        return Mediated.SUCCESS, at_once or later

    def _detours(self) -> bool:
        """Whether it was reopened: then what was performed before settled nothing."""
        if self.random.random() < 0.03:
            facts: dict[str, Any] = {"organisation_id": self.id, "reason": "NOT_OURS"}
            self._say(CaseReturned, state=CaseStatus.RETURNED, **facts)
        reopened = self.random.random() < 0.03
        if reopened:
            closing = {"closed_at": self.dispatched + HOUR, "result_code": ResultCode.SOLVED}
            self._say(CaseProgressed, state=CaseStatus.CLOSED, changes=closing)
            self._say(CaseReopened, state=CaseStatus.HANDLING)
        return reopened

    def _end(self, filed: tuple[datetime, ...], *, left: bool, **told: Any) -> None:
        """The newest state, and what must be counted of the case; `told` by its marks."""
        closed = self.ending is CaseStatus.CLOSED
        closed_at = self._closing() if closed or self.ending is CaseStatus.TRANSFERRED else None
        result = self.random.choice(RESULTS) if closed else None
        end = self.random.choice(["COMMUNITY"] * 9 + ["GRID", "CENTRE", "CENTRE"])
        unit = {"organisation_id": self.estate.id, "display_name": "", "person_id": None}
        handler = made(Unit, end=end, role="LEAD", **unit)
        changes: dict[str, Any] = {
            "closed_at": closed_at,
            "result_code": result,
            "feedback_at": self.told,
            "handler": handler,
            "units": (handler,),
        }
        self._say(CaseProgressed, state=self.ending, changes=changes)
        outcome: dict[str, Any] = {
            "closed_at": closed_at,
            "result": result,
            "at_community": closed and end != "CENTRE",
            "left_street": left or self.ending is CaseStatus.TRANSFERRED,
            "answers": self._answers(closed_at) if closed and closed_at else (),
        }
        self.year.known.append(
            Known(**self._place(), **self._promises(), **outcome, **told, filed=filed)
        )

    def _closing(self) -> datetime:
        base = self.told or self.dispatched + 9 * DAY
        if self.grade is Grade.MAJOR and self.random.random() < 0.1:
            base += 25 * DAY
        return base + self.random.random() * 6 * DAY

    def _place(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "state": self.ending,
            "grade": self.grade,
            "category": self.category,
            "estate_id": self.estate.id,
            "building_id": self.building,
            "company_id": self.company,
            "division": self.estate.division,
            "community": self.estate.community,
        }

    def _promises(self) -> dict[str, Any]:
        return {
            "accepted_at": self.accepted,
            "dispatched": True,
            "dispatch_kept": self.dispatched - self.accepted <= HOUR,
            "mediation_kept": kept(self.mediation),
            "feedback_due_at": self.feedback.due_at,
            "feedback_kept": kept(self.feedback),
            "resolution_due_at": self.resolution.due_at,
            "repeated_within": REPEATED_WITHIN,
        }

    def _answers(self, closed_at: datetime) -> tuple[tuple[datetime, bool], ...]:
        if self.random.random() > 0.55:
            return ()
        level = self.random.choice([5, 5, 5, 4, 4, 4, 3, 3, 2, 1])
        at = closed_at - self.random.random() * DAY
        self.year.answers.append(Answer(self.id, at, level))
        return ((at, level >= 3),)

    def _clock(
        self, kind: str, started: datetime, length: timedelta, met: datetime | None
    ) -> ClockState:
        due = started + length
        late = met is None or met > due
        return made(
            ClockState,
            kind=kind,
            started_at=started,
            due_at=due,
            state="RUNNING" if met is None else "MET",
            met_at=met,
            breached_at=due if late else None,
        )

    def _say(
        self,
        event: type[Event],
        *,
        state: CaseStatus,
        changes: dict[str, Any] | None = None,
        **facts: Any,
    ) -> None:
        self.version += 1
        case = made(CaseState, **(self._state(state) | (changes or {})))
        self.year.events.append(made(event, case=case, **facts))

    def _state(self, state: CaseStatus) -> dict[str, Any]:
        return {
            "id": self.id,
            "version": self.version,
            "number": f"XN{self.estate.division[:6]}-{YEAR}-{len(self.year.known):06d}",
            "state": state,
            "category": self.category,
            "category_name": self.category,
            "grade": self.grade,
            "division": self.estate.division,
            "estate_id": self.estate.id,
            "estate_name": "演示小区",
            "building_id": self.building,
            "grid_code": self.grid,
            "complaint_ids": (),
            "owner_ids": (),
            "company_id": self.company,
            "handler": None,
            "units": (),
            "clocks": tuple(self.clocks),
            "confidential": False,
            "anonymous": False,
            "emergency": False,
            "overdue": False,
            "rulebook": BOOK,
            "result_code": None,
            "accepted_at": self.accepted,
            "first_dispatch_at": self.dispatched,
            "feedback_at": None,
            "closed_at": None,
        }
