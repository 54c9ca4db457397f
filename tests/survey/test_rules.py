"""The pure rules of return visits: the table of states, and what still matters."""

from __future__ import annotations

from datetime import timedelta

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
from shared.rulebook import Rulebook
from shared.settings import RULEBOOKS
from tests.stage import START

BOOK = Rulebook.load(RULEBOOKS / "xianning-2025-07-21")
SCORES = BOOK.scores
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


def test_which_feedback_still_asks() -> None:
    """X37."""
    assert feedback_still_matters(START, None, None)
    assert feedback_still_matters(START, START - HOUR, "CLOSED")
    assert not feedback_still_matters(START, START, None)
    assert not feedback_still_matters(START, START + HOUR, None)
    assert not feedback_still_matters(START, None, "HANDLING")
