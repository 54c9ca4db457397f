"""The pure rules of return visits: the table of states, points, and what still matters."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.survey.visits.domain.lifecycle import (
    TRANSITIONS,
    VisitAction,
    VisitAlreadyAnswered,
    VisitEnded,
    VisitStatus,
    advance,
)
from services.survey.visits.domain.relevance import feedback_still_matters
from services.survey.visits.domain.satisfaction import mean_points, positive_share
from shared.rulebook import Rulebook
from shared.settings import RULEBOOKS
from tests.stage import START

BOOK = Rulebook.load(RULEBOOKS / "xianning-2025-07-21")
SCALE, SCORES = BOOK.satisfaction, BOOK.scores
HOUR = timedelta(hours=1)


@pytest.mark.parametrize("state", VisitStatus)
@pytest.mark.parametrize("action", VisitAction)
def test_the_table_is_all_there_is(state: VisitStatus, action: VisitAction) -> None:
    if action in TRANSITIONS[state]:
        assert advance(state, action) is TRANSITIONS[state][action]
        return
    with pytest.raises((VisitAlreadyAnswered, VisitEnded)):
        advance(state, action)


@given(st.lists(st.sampled_from(VisitAction), max_size=12))
def test_an_answer_is_final_and_ended_visits_take_only_what_was_confirmed(
    actions: list[VisitAction],
) -> None:
    state = VisitStatus.OPEN
    for action in actions:
        if action not in TRANSITIONS[state]:
            continue
        before, state = state, advance(state, action)
        assert before != VisitStatus.ANSWERED
        if before in (VisitStatus.UNANSWERED, VisitStatus.CANCELLED):
            assert (action, state) == (VisitAction.CONFIRM, VisitStatus.ANSWERED)


def test_points_and_positive_answers() -> None:
    """Facts 2.5: 5 to 1 give 100 to 20, "满意" is 80; positive from level 3."""
    assert [SCALE.points(level) for level in (5, 4, 3, 2, 1)] == [100, 80, 60, 40, 20]
    assert mean_points([5, 4, 4], SCALE, SCORES) == Decimal("86.67")
    assert positive_share([3] * 90 + [2] * 10, SCALE, SCORES) == Decimal("90.00")


def test_no_answer_is_no_answer() -> None:
    """Facts 2.11: a zero denominator shows a dash, never 0 or 100."""
    assert mean_points([], SCALE, SCORES) is None
    assert positive_share([], SCALE, SCORES) is None


def test_halves_round_up() -> None:
    """Ground rule 0.2.6: 1 of 800 positive is 0.125 %, shown as 0.13."""
    assert positive_share([5] + [1] * 799, SCALE, SCORES) == Decimal("0.13")


def test_which_feedback_still_asks() -> None:
    """X37."""
    assert feedback_still_matters(START, None, None)
    assert feedback_still_matters(START, START - HOUR, "CLOSED")
    assert not feedback_still_matters(START, START, None)
    assert not feedback_still_matters(START, START + HOUR, None)
    assert not feedback_still_matters(START, None, "HANDLING")
