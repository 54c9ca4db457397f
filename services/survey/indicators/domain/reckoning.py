"""The same figures once more, case by case, from the newest states: what the live ones must equal.

Nothing here knows SQL, and nothing is shared with `sources/` but the words of `formulas.py`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from services.survey.indicators.domain.facts import object_of
from services.survey.indicators.domain.formulas import (
    FORMULAS,
    MEDIATED_GRADES,
    ON_THE_MERITS,
    SOLVED,
    By,
    Code,
    Of,
)
from services.survey.indicators.domain.marks import Mediated
from services.survey.indicators.domain.places import DIGITS, Level
from services.survey.indicators.domain.shares import Share
from services.survey.indicators.domain.spans import Span
from shared.contracts.vocabulary import CaseStatus, Grade, ResultCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A case as its newest state and its history tell it. `filed`: when its complaints were
    submitted; `answers`: when its return visits were answered, and whether positively.
    """

    id: UUID
    state: CaseStatus
    grade: Grade | None
    category: str
    estate_id: UUID
    building_id: UUID | None
    company_id: UUID | None
    division: str
    community: str | None
    accepted_at: datetime
    dispatched: bool
    dispatch_kept: bool
    mediation_kept: bool
    feedback_due_at: datetime | None
    feedback_kept: bool
    resolution_due_at: datetime | None
    closed_at: datetime | None
    repeated_within: timedelta
    result: ResultCode | None
    at_community: bool
    left_street: bool
    mediation: Mediated | None
    performed: bool
    filed: tuple[datetime, ...] = ()
    answers: tuple[tuple[datetime, bool], ...] = ()

    @property
    def about(self) -> str:
        return object_of(self.estate_id, self.category, self.building_id)

    @property
    def is_closed(self) -> bool:
        return self.state is CaseStatus.CLOSED and self.closed_at is not None

    def key(self, level: Level) -> str:
        if level is Level.ESTATE:
            return str(self.estate_id)
        if level is Level.COMPANY:
            return str(self.company_id or "")
        if level is Level.COMMUNITY:
            return self.community or ""
        return self.division[: DIGITS[level]]


Filings = Mapping[str, Sequence[tuple[datetime, UUID]]]
Verdict = Callable[[Known], bool | None]  # None: not below the line

Figures = dict[str, dict[Code, Share]]
Sums = dict[str, dict[Code, list[int]]]


def filings_of(cases: Iterable[Known]) -> Filings:
    """Who complained when about which object, by the case it led to."""
    found: dict[str, list[tuple[datetime, UUID]]] = defaultdict(list)
    for case in cases:
        found[case.about].extend((at, case.id) for at in case.filed)
    return {about: sorted(filed) for about, filed in found.items()}


def reckon(
    cases: Iterable[Known], filings: Filings, span: Span, levels: Sequence[Level]
) -> Mapping[Level, Figures]:
    """By level and place, every code that is formed of cases or of answers."""
    verdicts = _verdicts(span, filings)
    sums: dict[Level, Sums] = {level: defaultdict(_zeros) for level in levels}
    for case in cases:
        counted = [*_of_case(case, span, verdicts), *_of_answers(case, span)]
        if not counted:
            continue
        for level in levels:
            line = sums[level][case.key(level)]
            for code, good in counted:
                line[code][0] += good
                line[code][1] += 1
    return {level: _shares(found) for level, found in sums.items()}


def _of_case(
    case: Known, span: Span, verdicts: Mapping[Code, Verdict]
) -> Iterator[tuple[Code, bool]]:
    moments = {
        By.CLOSING: case.closed_at if case.is_closed else None,
        By.ACCEPTANCE: case.accepted_at,
        By.FEEDBACK_DUE: case.feedback_due_at,
    }
    inside = {by for by, at in moments.items() if at and span.since <= at < span.until}
    for code, verdict in verdicts.items():
        if FORMULAS[code].by in inside and (good := verdict(case)) is not None:
            yield code, good


def _of_answers(case: Known, span: Span) -> Iterator[tuple[Code, bool]]:
    for at, positive in case.answers:
        if span.since <= at < span.until:
            yield Code.SATISFACTION, positive


def _verdicts(span: Span, filings: Filings) -> Mapping[Code, Verdict]:
    return {
        Code.DISPATCH_ON_TIME: _if(lambda c: c.dispatched, lambda c: c.dispatch_kept),
        Code.MEDIATION_STARTED_ON_TIME: _if(
            lambda c: c.dispatched and c.grade in MEDIATED_GRADES, lambda c: c.mediation_kept
        ),
        Code.FEEDBACK_ON_TIME: lambda c: c.feedback_kept,
        Code.COMPLAINTS_HANDLED: _if(
            lambda c: c.state is not CaseStatus.CANCELLED, lambda c: _closed_before(c, span.until)
        ),
        Code.DISPUTES_RESOLVED: _if(
            lambda c: c.result in ON_THE_MERITS, lambda c: c.result in SOLVED or c.performed
        ),
        Code.MEDIATION_SUCCESS: _if(
            lambda c: c.mediation in {Mediated.SUCCESS, Mediated.FAILED},
            lambda c: c.mediation is Mediated.SUCCESS,
        ),
        Code.REPEAT_COMPLAINTS: lambda c: _came_back(c, filings),
        Code.MAJOR_CLOSED_ON_TIME: _if(lambda c: c.grade is Grade.MAJOR, _closed_by_due),
        Code.SMALL_CLOSED_AT_COMMUNITY: _if(
            lambda c: c.grade is Grade.SMALL, lambda c: c.at_community
        ),
        Code.CLOSED_WITHIN_STREET: lambda c: not c.left_street,
    }


def _if(whole: Callable[[Known], bool], part: Callable[[Known], bool]) -> Verdict:
    return lambda case: part(case) if whole(case) else None


def _closed_before(case: Known, moment: datetime) -> bool:
    return case.is_closed and case.closed_at is not None and case.closed_at < moment


def _closed_by_due(case: Known) -> bool:
    due, closed = case.resolution_due_at, case.closed_at
    return due is not None and closed is not None and closed <= due


def _came_back(case: Known, filings: Filings) -> bool:
    closed = case.closed_at
    if closed is None:
        return False
    filed = filings.get(case.about, ())
    begin = bisect_right(filed, closed, key=lambda each: each[0])
    last = closed + case.repeated_within
    return any(at <= last and id != case.id for at, id in filed[begin:])


def _zeros() -> dict[Code, list[int]]:
    return {code: [0, 0] for code, each in FORMULAS.items() if each.of in {Of.CASES, Of.ANSWERS}}


def _shares(sums: Sums) -> Figures:
    return {
        key: {code: Share(part, whole) for code, (part, whole) in line.items()}
        for key, line in sums.items()
    }
