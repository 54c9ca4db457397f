"""The pure rules of cases: the lifecycle's table, assigning, grading, closing, numbering."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.routing.cases.domain.assigning import (
    ConflictOfInterest,
    Draft,
    NoUnitForPlace,
    Person,
    Seat,
    Surroundings,
    is_automatic,
    refuse_conflict,
    units_by_map,
)
from services.routing.cases.domain.closing import (
    Answer,
    FeedbackRequired,
    judge_answer,
    refuse_unfinished,
)
from services.routing.cases.domain.grading import (
    DowngradeNeedsCentre,
    EmergencyKeepsItsGrade,
    refuse_lowering,
)
from services.routing.cases.domain.lifecycle import (
    FIRST,
    TERMINAL,
    TRANSITIONS,
    Action,
    ActionNotPossible,
    advance,
)
from services.routing.cases.domain.numbering import case_number, case_series
from services.routing.cases.domain.words import STATES
from shared.contracts.vocabulary import CaseStatus, Channel, Grade, Solved
from shared.identity import End
from shared.rulebook import Rulebook, load_shelf
from shared.settings import RULEBOOKS
from tests.routing.drama import at

BOOK: Rulebook = load_shelf(RULEBOOKS).in_force_at(at("2026-03-02 09:00"))
COMPANY = Seat(uuid4(), "物业")
COMMUNITY = Seat(uuid4(), "社区")
STREET = Seat(uuid4(), "街道综治中心")
AROUND = Surroundings(
    division="421202001",
    estate_name="演示小区",
    grid_code="421202001901001",
    community=COMMUNITY,
    workers=(Person(uuid4()),),
    leader=Person(uuid4()),
    street_centre=STREET,
    company=COMPANY,
)


@pytest.mark.parametrize(("state", "action"), TRANSITIONS, ids=lambda each: each.name)
def test_every_row_of_the_table(state: CaseStatus, action: Action) -> None:
    """T05-T42: walking each row leads where it says."""
    assert advance(state, action) is TRANSITIONS[state, action].to


@given(st.sampled_from(CaseStatus), st.sampled_from(Action))
def test_what_is_not_in_the_table_is_refused(state: CaseStatus, action: Action) -> None:
    if (state, action) in TRANSITIONS:
        return
    with pytest.raises(ActionNotPossible):
        advance(state, action)


def test_the_story_of_w1_by_the_table() -> None:
    """The state of each sentence of W1."""
    state = FIRST.to
    for action in (
        Action.GRADE,
        Action.DISPATCH,
        Action.SIGN,
        Action.REQUEST_MEDIATION,
        Action.HOLD_SESSION,
        Action.AGREE_AND_PERFORM,
        Action.APPROVE_RESULT,
        Action.CLOSE,
    ):
        state = advance(state, action)
    assert state is CaseStatus.CLOSED


def test_nothing_leads_out_of_the_end_or_around_the_review() -> None:
    """B01, T33, invariant 1: only a reopening leads out of the end; FEEDBACK before CLOSED."""
    out = [key for key, done in TRANSITIONS.items() if key[0] in TERMINAL and done.to != key[0]]
    assert out == [(CaseStatus.CLOSED, Action.REOPEN)]
    sources = {to: set[CaseStatus]() for to in CaseStatus}
    for (state, _), done in TRANSITIONS.items():
        if done.to is not state:
            sources[done.to].add(state)
    assert sources[CaseStatus.CLOSED] == {CaseStatus.FEEDBACK}
    assert sources[CaseStatus.FEEDBACK] == {CaseStatus.RESULT_REVIEW}


def test_every_state_has_its_chinese_name() -> None:
    assert set(STATES) == set(CaseStatus)


def test_a_small_matter_goes_down_the_ladder_of_recusal() -> None:
    """B09, A13: worker, else another worker, else the leader, else the street."""
    first, second, leader = Person(uuid4()), Person(uuid4()), Person(uuid4())
    stake = frozenset({COMPANY.id})
    around = replace(AROUND, workers=(first, second), leader=leader)
    assert _lead(around).person_id == first.id
    around = replace(around, workers=(Person(first.id, stake), second))
    assert _lead(around).person_id == second.id
    around = replace(around, workers=(Person(first.id, stake),))
    assert _lead(around).person_id == leader.id
    around = replace(around, leader=Person(leader.id, stake))
    assert _lead(around).organisation_id == STREET.id
    with pytest.raises(NoUnitForPlace):
        _lead(replace(around, street_centre=None))


def test_a_medium_matter_has_community_and_company_beside_the_street() -> None:
    """B10, B05."""
    units = units_by_map(BOOK, "PF01", Grade.MEDIUM, AROUND, [])
    assert [(unit.organisation_id, unit.role) for unit in units] == [
        (STREET.id, "LEAD"),
        (COMMUNITY.id, "INFO"),
        (COMPANY.id, "INFO"),
    ]
    service = units_by_map(BOOK, "SV01", Grade.MEDIUM, AROUND, [])
    assert service[-1].role == "CO", "the category table names the company"


def test_a_stake_is_refused_with_its_alternative() -> None:
    """X20."""
    stake = uuid4()
    alternative = Draft(STREET.id, End.CENTRE, "LEAD", STREET.name)
    refuse_conflict(Person(uuid4(), frozenset({uuid4()})), [stake], alternative)
    with pytest.raises(ConflictOfInterest) as refused:
        refuse_conflict(Person(uuid4(), frozenset({stake})), [stake], alternative)
    assert refused.value.details["alternative"]["organisation_id"] == str(STREET.id)


@pytest.mark.parametrize(
    ("channel", "grade", "emergency", "expected"),
    [
        (Channel.MINI_PROGRAM, Grade.SMALL, False, True),
        (Channel.MINI_PROGRAM, Grade.MAJOR, False, False),
        (Channel.HOTLINE, Grade.SMALL, False, False),
        (Channel.HOTLINE, Grade.MAJOR, True, True),
        (Channel.MINI_PROGRAM, None, True, False),
    ],
)
def test_what_the_system_sends_by_itself(
    channel: Channel, grade: Grade | None, emergency: bool, expected: bool
) -> None:
    """T10, X31: never without a grade, emergencies at once."""
    rules = BOOK.dispatch
    assert is_automatic(rules, channel=channel, grade=grade, emergency=emergency) is expected


@pytest.mark.parametrize(
    ("old", "new", "emergency", "centre", "error"),
    [
        (Grade.SMALL, Grade.MAJOR, True, False, None),
        (Grade.MEDIUM, Grade.SMALL, False, False, None),
        (Grade.MAJOR, Grade.MEDIUM, False, True, None),
        (Grade.MAJOR, Grade.MEDIUM, False, False, DowngradeNeedsCentre),
        (Grade.MAJOR, Grade.MEDIUM, True, True, EmergencyKeepsItsGrade),
    ],
)
def test_lowering(
    old: Grade, new: Grade, emergency: bool, centre: bool, error: type[Exception] | None
) -> None:
    """3.4: raising is free, a major matter needs the centre, an emergency stays."""
    if error is None:
        refuse_lowering(old, new, emergency=emergency, by_county_centre=centre)
        return
    with pytest.raises(error):
        refuse_lowering(old, new, emergency=emergency, by_county_centre=centre)


@pytest.mark.parametrize(
    ("fed_back", "code"), [(False, "SOLVED"), (True, None)], ids=["no feedback", "no result"]
)
def test_no_case_ends_without_feedback(fed_back: bool, code: str | None) -> None:
    """B01, invariant 1: FEEDBACK_REQUIRED; with both it may end."""
    feedback_at = at("2026-03-02 10:00")
    with pytest.raises(FeedbackRequired) as refused:
        refuse_unfinished(BOOK.closing, feedback_at if fed_back else None, code)
    assert refused.value.code == "FEEDBACK_REQUIRED"
    refuse_unfinished(BOOK.closing, feedback_at, "SOLVED")


@pytest.mark.parametrize(
    ("solved", "count", "expected"),
    [
        (Solved.YES, 0, Answer.CLOSE),
        (Solved.PARTLY, 2, Answer.CLOSE),
        (Solved.NO, 0, Answer.REOPEN),
        (Solved.NO, 1, Answer.DISPATCHER_DECIDES),
        (Solved.NO, 2, Answer.DISPATCHER_DECIDES),
    ],
)
def test_the_owners_answer(solved: Solved, count: int, expected: Answer) -> None:
    """T31, T32, X35: automatic once, then a person decides."""
    assert judge_answer(solved, BOOK.reopening, count) is expected


def test_case_numbers() -> None:
    """Facts 2.10: county, day in Beijing, five digits; matches the masking's own pattern."""
    late_evening_utc = at("2026-03-03 00:30").astimezone(tz=None)
    series = case_series("421202001", late_evening_utc)
    assert case_number(series, 17) == "XN421202-20260303-00017"


def _lead(around: Surroundings) -> Draft:
    parties: list[UUID] = [COMPANY.id]
    return units_by_map(BOOK, "NS01", Grade.SMALL, around, parties)[0]
