"""The next promise of a case: the earliest that runs and is the desk's own to keep."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.routing.clocks.domain.promises import ClockState, Promise, next_promise
from shared.rulebook import OTHERS_TIME, ClockKind
from tests.routing.drama import at

NOON = at("2026-03-02 12:00")
HOURS = st.integers(-100, 100).map(lambda hours: NOON + timedelta(hours=hours))


@dataclass(frozen=True)
class Row:
    kind: str = ClockKind.SIGN
    state: str = "RUNNING"
    due_at: datetime = NOON
    warned: float = 0.0


CLOCKS = st.builds(
    Row,
    kind=st.sampled_from(list(ClockKind)),
    state=st.sampled_from(["RUNNING", "PAUSED", "MET", "STOPPED"]),
    due_at=HOURS,
    warned=st.sampled_from([0.0, 0.5, 0.8, 1.0]),
)


def test_what_runs_comes_before_what_is_paused() -> None:
    """X06: a paused clock is shown only while nothing else runs."""
    paused = Row(state="PAUSED", due_at=NOON - timedelta(hours=1))
    later = Row(ClockKind.FEEDBACK)
    assert next_promise([paused, later]) == Promise("FEEDBACK", NOON, ClockState.RUNNING_OK)
    assert next_promise([paused]) == Promise("SIGN", paused.due_at, ClockState.PAUSED)


def test_the_time_of_others_is_no_promise() -> None:
    """CK-12, CK-13, CK-15: the owner's days do not make a desk late."""
    assert next_promise([Row(kind) for kind in OTHERS_TIME]) is None


def test_states_in_their_order() -> None:
    states = [
        next_promise([row])
        for row in (
            Row(),
            Row(warned=0.5),
            Row(warned=0.8),
            Row(warned=1.0),
        )
    ]
    assert [each.state for each in states if each] == [
        ClockState.RUNNING_OK,
        ClockState.WARNED_50,
        ClockState.WARNED_80,
        ClockState.OVERDUE,
    ]


@given(st.lists(CLOCKS, max_size=8))
def test_nothing_promised_is_due_earlier(clocks: list[Row]) -> None:
    promise = next_promise(clocks)
    promised = [clock for clock in clocks if clock.kind not in OTHERS_TIME]
    running = [clock.due_at for clock in promised if clock.state == "RUNNING"]
    paused = [clock.due_at for clock in promised if clock.state == "PAUSED"]
    if promise is None:
        assert not running
        assert not paused
    else:
        assert promise.due_at == min(running or paused)
        assert (promise.state is ClockState.PAUSED) == (not running)
