"""The intake side of the lifecycle (3.2, 3.5): the table, walked by rows and at random."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.complaints.domain.lifecycle import (
    FIRST,
    TRANSITIONS,
    Action,
    ComplaintForbids,
    advance,
    allows,
)
from services.intake.houses.domain.binding import (
    BindingAction,
    BindingForbidden,
    BindingState,
)
from services.intake.houses.domain.binding import advance as advance_binding
from shared.contracts.vocabulary import ComplaintStatus

TERMINAL = {ComplaintStatus.NOT_ACCEPTED, ComplaintStatus.WITHDRAWN}
ROWS = [
    pytest.param(ComplaintStatus.SUBMITTED, Action.ASK, ComplaintStatus.NEED_INFO, id="T02"),
    pytest.param(ComplaintStatus.NEED_INFO, Action.SUPPLY, ComplaintStatus.SUBMITTED, id="T03"),
    pytest.param(ComplaintStatus.NEED_INFO, Action.EXPIRE, ComplaintStatus.NOT_ACCEPTED, id="T04"),
    pytest.param(ComplaintStatus.NEED_INFO, Action.ACCEPT, ComplaintStatus.ACCEPTED, id="T04-T06"),
    pytest.param(ComplaintStatus.NEED_INFO, Action.JOIN, ComplaintStatus.MERGED, id="T04-T07"),
    pytest.param(
        ComplaintStatus.NEED_INFO, Action.REFUSE, ComplaintStatus.NOT_ACCEPTED, id="T04-T05"
    ),
    pytest.param(ComplaintStatus.SUBMITTED, Action.REFUSE, ComplaintStatus.NOT_ACCEPTED, id="T05"),
    pytest.param(ComplaintStatus.SUBMITTED, Action.ACCEPT, ComplaintStatus.ACCEPTED, id="T06"),
    pytest.param(ComplaintStatus.SUBMITTED, Action.JOIN, ComplaintStatus.MERGED, id="T07-new"),
    pytest.param(ComplaintStatus.ACCEPTED, Action.JOIN, ComplaintStatus.MERGED, id="T07"),
    pytest.param(ComplaintStatus.MERGED, Action.JOIN, ComplaintStatus.MERGED, id="T07-further"),
    pytest.param(ComplaintStatus.MERGED, Action.SEPARATE, ComplaintStatus.ACCEPTED, id="X10"),
    pytest.param(
        ComplaintStatus.ACCEPTED, Action.SEPARATE, ComplaintStatus.ACCEPTED, id="X10-before-T07"
    ),
    pytest.param(ComplaintStatus.SUBMITTED, Action.WITHDRAW, ComplaintStatus.WITHDRAWN, id="T08-1"),
    pytest.param(ComplaintStatus.NEED_INFO, Action.WITHDRAW, ComplaintStatus.WITHDRAWN, id="T08-2"),
    pytest.param(ComplaintStatus.ACCEPTED, Action.WITHDRAW, ComplaintStatus.WITHDRAWN, id="T08-3"),
    pytest.param(ComplaintStatus.MERGED, Action.WITHDRAW, ComplaintStatus.WITHDRAWN, id="T08-4"),
]


@pytest.mark.parametrize(("state", "action", "after"), ROWS)
def test_a_row_of_the_table(state: ComplaintStatus, action: Action, after: ComplaintStatus) -> None:
    assert advance(state, action) is after


def test_there_are_no_other_rows() -> None:
    known = {(row.values[0], row.values[1]) for row in ROWS}
    assert known == {(state, action) for state in TRANSITIONS for action in TRANSITIONS[state]}


@given(st.lists(st.sampled_from(Action), max_size=12))
def test_any_path_keeps_to_the_table(actions: list[Action]) -> None:
    """What is not allowed raises and changes nothing; nothing leads out of an end."""
    state = FIRST
    for action in actions:
        if not allows(state, action):
            with pytest.raises(ComplaintForbids) as refused:
                advance(state, action)
            assert refused.value.details == {"state": state, "action": action}
            continue
        assert state not in TERMINAL
        state = advance(state, action)


def test_a_binding_is_verified_once() -> None:
    """A04."""
    verified = advance_binding(BindingState.PENDING, BindingAction.VERIFY)
    assert verified is BindingState.VERIFIED
    with pytest.raises(BindingForbidden):
        advance_binding(verified, BindingAction.VERIFY)
