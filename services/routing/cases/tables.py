"""Cases and what belongs to them: complaints, units, grades, results, feedback, timeline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.routing.tables import Table
from shared.contracts.vocabulary import CaseStatus, Grade
from shared.database import moment

IN_STREET, IN_COMMUNITY = "left(place_code, 9)", "left(place_code, 12)"
IN_ORDER: Mapping[str, Sequence[str]] = {
    "due": (),
    "state_due": ("state",),
    "grade_due": ("grade",),
    "clock_due": ("clock_state",),
    "street_due": (IN_STREET,),
    "street_grade": (IN_STREET, "grade"),
    "community_due": (IN_COMMUNITY,),
    "grid_due": ("place_code",),
    "estate_due": ("estate_id",),
}
SELDOM = ("emergency", "supervised", "group_incident")
OPEN = "next_due_at IS NOT NULL"
PREFIXES = "text_pattern_ops"


def _orders() -> Iterator[Index]:
    """For the worklists of desks/: what is open, in the order it is read, with what leads there."""
    for name, columns in IN_ORDER.items():
        ordered = map(text, (*columns, "next_due_at", "id"))
        yield Index(f"ix_cases_{name}", *ordered, postgresql_where=text(OPEN))
    for flag in SELDOM:
        where = text(f"{OPEN} AND {flag}")
        yield Index(f"ix_cases_{flag}", "next_due_at", "id", postgresql_where=where)
    yield Index("ix_cases_street_accepted", text(IN_STREET), "id")
    yield Index("ix_cases_community_accepted", text(IN_COMMUNITY), "id")


class Case(Table, table=True):
    """One problem. `place_code` is the grid's code, or the division's where no grid is drawn.

    `company_id` and `rulebook` stay those of the acceptance (X39, X40). `suspended_from` is the
    state to return to (T28), `merged_into` the case that took over the complaints (T07),
    `unmerged_from` the one that had them wrongly (X10). `changed_in` is the transaction of the
    latest change, written by a trigger: the feed of changes follows it.
    `next_due_at`, `next_clock` and `clock_state` repeat the next promise of the clocks, so that
    worklists are read in order (cases/recording.py). `next_due_at` is NEVER while nothing is
    promised, and absent once the case has ended: being there means being open.
    """

    __tablename__ = "cases"  # `case` is a word of SQL
    __table_args__ = (
        Index("ix_cases_place_code", "place_code", postgresql_ops={"place_code": PREFIXES}),
        Index("ix_cases_group", "estate_id", "category", postgresql_where=text("group_incident")),
        Index("ix_cases_number_begins", "number", postgresql_ops={"number": PREFIXES}),
        *_orders(),
    )

    id: UUID = Field(primary_key=True)
    number: str = Field(unique=True)
    version: int
    state: str
    category: str
    grade: str | None
    division: str
    place_code: str
    estate_id: UUID = Field(index=True)
    estate_name: str
    building_id: UUID | None
    grid_code: str | None
    company_id: UUID | None
    channel: str
    confidential: bool
    anonymous: bool
    emergency: bool
    police_check: bool
    overdue: bool = False
    supervised: bool = False
    group_incident: bool = False
    urged_count: int = 0
    suspended_from: str | None = None
    merged_into: UUID | None = Field(default=None, index=True)
    unmerged_from: UUID | None = None
    rulebook: str
    changed_in: int = Field(default=0, sa_type=BigInteger, index=True)
    result_code: str | None = None
    reopen_count: int = 0
    accepted_at: datetime = moment()
    promised_from: datetime = moment()
    next_due_at: datetime | None = moment(nullable=True)
    next_clock: str | None = None
    clock_state: str | None = None
    first_dispatch_at: datetime | None = moment(nullable=True)
    feedback_at: datetime | None = moment(nullable=True)
    closed_at: datetime | None = moment(nullable=True)

    @property
    def status(self) -> CaseStatus:
        return CaseStatus(self.state)

    @property
    def degree(self) -> Grade | None:
        return Grade(self.grade) if self.grade else None


class CaseComplaint(Table, table=True):
    """A complaint of the case; each belongs to exactly one (invariant 2).

    `narrative` is the encrypted JSON of what the complaint said in its version `told_version`,
    `disputes` what was said against the closing (T33), encrypted as well. Words older than
    `redacted_version` are not taken any more: their author has left. `urges` counts those heard of
    (T45); what was withdrawn stays on file, but its reporter is told nothing more (T08).
    """

    __tablename__ = "case_complaint"

    complaint_id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="cases.id", index=True)
    number: str
    owner_id: UUID | None = Field(index=True)
    house_id: UUID | None
    narrative: str
    told_version: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    redacted_version: int | None = None
    disputes: str | None = None
    submitted_at: datetime = moment()
    urges: int = 0
    withdrawn_at: datetime | None = moment(nullable=True)


class Assignment(Table, table=True):
    """A unit that works on a case: LEAD, CO or INFO. `late` says that the system signed (X04).

    `chosen_by` names the rule, the entry of the rulebook or the act that sent it there, `reason`
    says it in words; neither is personal. `led_at` is when the unit became the lead, also of one
    that no longer is. `next_due_at` is the case's: a unit's worklist is read in order as well.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        Index("ix_assignment_organisation_id", "organisation_id", "case_id"),
        Index(
            "ix_assignment_due",
            "organisation_id",
            "next_due_at",
            "case_id",
            postgresql_where=text("ended_at IS NULL AND next_due_at IS NOT NULL"),
        ),
    )

    id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="cases.id", index=True)
    organisation_id: UUID
    person_id: UUID | None = Field(default=None, index=True)
    end: str
    role: str
    display_name: str
    dispatched_at: datetime = moment()
    signed_at: datetime | None = moment(nullable=True)
    signed_by: UUID | None = None
    late: bool = False
    next_due_at: datetime | None = moment(nullable=True)
    ended_at: datetime | None = moment(nullable=True)
    led_at: datetime | None = moment(nullable=True)
    chosen_by: str = Field(default="", sa_column_kwargs={"server_default": ""})
    reason: str = Field(default="", sa_column_kwargs={"server_default": ""})


class Grading(Table, table=True):
    """History of category and grade; the first is the proposal (invariant 6, B18)."""

    __tablename__ = "grading"

    id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="cases.id", index=True)
    at: datetime = moment()
    category: str
    grade: str | None
    actor_id: UUID
    actor_end: str
    reason: str | None = None
    confidence: float | None = None
    grade_confidence: float | None = None
    evidence: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSONB))
    alternatives: list[dict[str, Any]] = Field(
        default_factory=list, sa_column=Column(JSONB, nullable=False, server_default="[]")
    )


class GradingProposal(Table, table=True):
    """What somebody who works on the case thinks it is; those who may grade decide (T30)."""

    __tablename__ = "grading_proposal"

    id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="cases.id", index=True)
    at: datetime = moment()
    category: str
    grade: str
    proposed_by: UUID
    actor_end: str
    reason: str


class CaseResult(Table, table=True):
    """A result handed in for review, with the decision once there is one; `text` is encrypted."""

    __tablename__ = "case_result"

    id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="cases.id", index=True)
    code: str
    text: str
    proofs: list[str] = Field(default_factory=list, sa_column=Column(JSONB))
    submitted_by: UUID
    submitted_at: datetime = moment()
    decision: str | None = None
    decided_by: UUID | None = None
    decided_at: datetime | None = moment(nullable=True)


class Feedback(Table, table=True):
    """What the owner was told: FINAL, or INTERIM with a reason (B01, B06); texts encrypted."""

    __tablename__ = "feedback"

    id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="cases.id", index=True)
    kind: str
    reply: str
    reason: str | None = None
    given_by: UUID
    given_at: datetime = moment()


class CaseEntry(Table, table=True):
    """One line of the timeline (A08). `row` is the id of the transition, `note` is encrypted.

    `happened_at` is when the device says it was done; what counts is `at`, when it was told.
    """

    __tablename__ = "case_entry"

    id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="cases.id", index=True)
    version: int
    at: datetime = moment()
    happened_at: datetime | None = moment(nullable=True)
    row: str
    action: str
    state_before: str | None
    state_after: str
    actor_id: UUID
    actor_end: str
    organisation_id: UUID | None = None
    note: str | None = None
    public: bool = False


class Screening(Table, table=True):
    """A complaint that triage did not accept (T05): no case, no clock."""

    __tablename__ = "screening"

    complaint_id: UUID = Field(primary_key=True)
    at: datetime = moment()
    category: str
    reason: str
    rulebook: str
    evidence: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSONB))


class NumberSeries(Table, table=True):
    """The last number given out in a series, e.g. the cases of one county and day."""

    __tablename__ = "number_series"

    name: str = Field(primary_key=True)
    last: int


class CaseRecusal(Table, table=True):
    """Somebody who said to have a stake in this one case (A13); `reason` is ciphertext."""

    __tablename__ = "case_recusal"

    case_id: UUID = Field(foreign_key="cases.id", primary_key=True)
    person_id: UUID = Field(primary_key=True)
    reason: str
    recorded_at: datetime = moment()
