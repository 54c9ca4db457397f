"""The pure rules of calling: what follows from a call, claims, hours, and who calls."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.survey.calls.domain.attempts import (
    CalledToday,
    CallLimits,
    CallOutcome,
    Following,
    follows,
)
from services.survey.calls.domain.claims import (
    FREE,
    CallClaimed,
    CallNotClaimed,
    Claim,
    claimed,
    held,
)
from services.survey.calls.domain.hours import (
    CallTimeImpossible,
    QuietNow,
    refuse_impossible_time,
    refuse_quiet_hours,
)
from services.survey.visits.domain.answers import (
    Answer,
    ReasonUnknown,
    ReasonWordsMissing,
    refuse_strange_reasons,
)
from services.survey.visits.domain.lifecycle import (
    TRANSITIONS,
    VisitAction,
    VisitStatus,
    advance,
)
from shared.contracts.vocabulary import Solved
from tests.samples import named
from tests.stage import START
from tests.survey.test_rules import BOOK

RULES = BOOK.return_visits
LIMITS = CallLimits(BOOK.satisfaction.visit_attempts, RULES.attempts_per_day)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ANNA, BORIS = named("anna"), named("boris")

calls = st.lists(
    st.tuples(st.sampled_from(CallOutcome), st.integers(min_value=0, max_value=30)), max_size=12
)


@given(calls)
def test_calling_ends_after_three_days_in_vain_at_the_latest(
    made: list[tuple[CallOutcome, int]],
) -> None:
    """CK-14, X33: never a fourth call in vain, never two on a day, never one after the end."""
    in_vain: list[datetime] = []
    following = Following.ANOTHER_DAY
    moment = START
    for outcome, hours in made:
        moment += hours * HOUR
        if following is not Following.ANOTHER_DAY:
            break
        following = _followed(in_vain, outcome, moment)
    days = Counter(each.date() for each in in_vain)
    assert len(in_vain) <= LIMITS.attempts
    assert max(days.values(), default=0) <= LIMITS.per_day
    assert (following is Following.GIVE_UP) == (len(in_vain) == LIMITS.attempts)


def _followed(in_vain: list[datetime], outcome: CallOutcome, moment: datetime) -> Following:
    try:
        following = follows(in_vain, outcome, moment, LIMITS)
    except CalledToday:
        return Following.ANOTHER_DAY
    if following not in {Following.ANSWER, Following.REFUSAL}:
        in_vain.append(moment)
    return following


@pytest.mark.parametrize(
    ("before", "outcome", "following"),
    [
        (0, CallOutcome.NOT_REACHED, Following.ANOTHER_DAY),
        (2, CallOutcome.NOT_REACHED, Following.GIVE_UP),
        (0, CallOutcome.WRONG_NUMBER, Following.NO_NUMBER),
        (2, CallOutcome.WRONG_NUMBER, Following.GIVE_UP),
        (2, CallOutcome.REACHED, Following.ANSWER),
        (0, CallOutcome.REFUSED, Following.REFUSAL),
    ],
)
def test_what_follows_from_a_call(before: int, outcome: CallOutcome, following: Following) -> None:
    """X33."""
    in_vain = [START + day * DAY for day in range(before)]
    assert follows(in_vain, outcome, START + before * DAY, LIMITS) is following


def test_a_day_is_a_day_in_beijing() -> None:
    """CK-14: 23:59 and 00:01 are two days, and the evening is no new day in Greenwich."""
    evening = START.replace(hour=23, minute=59)
    with pytest.raises(CalledToday):
        follows([START], CallOutcome.NOT_REACHED, evening, LIMITS)
    after = evening + timedelta(minutes=2)
    assert follows([evening], CallOutcome.NOT_REACHED, after, LIMITS) is Following.ANOTHER_DAY


steps = st.lists(
    st.tuples(st.sampled_from([ANNA, BORIS]), st.booleans(), st.integers(0, 90)), max_size=20
)


@given(steps)
def test_a_call_never_has_two_callers(taken: Sequence[tuple[UUID, bool, int]]) -> None:
    """CK-14: a claim changes hands only when it was given back or is over."""
    claim, at = FREE, START
    for by, gives_back, minutes in taken:
        at += timedelta(minutes=minutes)
        before = claim.holder(at)
        try:
            claim = claimed(claim, by, at, at + RULES.claim_lasts)
        except CallClaimed:
            assert before not in {None, by}
            continue
        assert before in {None, by}
        assert claim.holder(at) == by
        if gives_back:
            claim = FREE


def test_a_claim_remembers_what_was_looked_at_and_a_new_one_does_not() -> None:
    until = START + HOUR
    mine = Claim(ANNA, until, START)
    assert claimed(mine, ANNA, START, until + HOUR) == Claim(ANNA, until + HOUR, START)
    assert claimed(mine, BORIS, until, until + HOUR) == Claim(BORIS, until + HOUR)
    with pytest.raises(CallClaimed):
        held(mine, BORIS, START)
    with pytest.raises(CallNotClaimed):
        held(mine, ANNA, until)


def test_hours_of_calling() -> None:
    """Rulebook: 20:00 to 09:00 nobody is called; the end is not quiet any more."""
    hours = RULES.quiet_hours
    for quiet in (START.replace(hour=20), START.replace(hour=8, minute=59)):
        with pytest.raises(QuietNow):
            refuse_quiet_hours(quiet, hours)
    for fine in (START.replace(hour=9), START.replace(hour=19, minute=59)):
        refuse_quiet_hours(fine, hours)


def test_telephones_clocks_may_differ_a_little() -> None:
    skew = timedelta(minutes=5)
    for fine in (START - skew, START + HOUR + skew):
        refuse_impossible_time(fine, START, START + HOUR, skew)
    second = timedelta(seconds=1)
    for wrong in (START - skew - second, START + HOUR + skew + second):
        with pytest.raises(CallTimeImpossible):
            refuse_impossible_time(wrong, START, START + HOUR, skew)


@given(st.lists(st.sampled_from(VisitAction), max_size=12))
def test_a_callers_note_is_taken_only_while_calling(actions: list[VisitAction]) -> None:
    """One answer per visit, and none by telephone before CK-12 is over or after the end."""
    state, answers = VisitStatus.OPEN, 0
    for action in actions:
        if action not in TRANSITIONS[state]:
            continue
        if action is VisitAction.RECORD:
            assert state is VisitStatus.CALLING
        state = advance(state, action)
        answers += state is VisitStatus.ANSWERED
    assert answers <= 1


def test_reasons_are_those_of_the_rulebook() -> None:
    """X34: a code is reason enough; "other" says nothing without words."""
    coded = Answer(Solved.NO, 1, reasons=("CAME_BACK",))
    refuse_strange_reasons(coded, RULES)
    assert coded.why == "CAME_BACK"
    assert Answer(Solved.NO, 1).why is None
    with pytest.raises(ReasonUnknown):
        refuse_strange_reasons(Answer(Solved.NO, 1, reasons=("NO_SUCH",)), RULES)
    with pytest.raises(ReasonWordsMissing):
        refuse_strange_reasons(Answer(Solved.NO, 1, reasons=("OTHER",)), RULES)
    refuse_strange_reasons(Answer(Solved.NO, 1, reasons=("OTHER",), reason="夜里仍吵"), RULES)
