"""The pure rules of sending: when to come back, how an endpoint does, when it is given up."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notify.webhooks.domain.answers import asked_wait, wish_of
from services.notify.webhooks.domain.health import (
    AT_ONCE,
    FAILURES_TO_OPEN,
    GIVE_UP_AFTER,
    PROBE_EVERY,
    SILENCE,
    WELL,
    Health,
    PauseReason,
    reason_to_pause,
)
from services.notify.webhooks.domain.schedule import (
    BREATH,
    JITTER,
    SCHEDULE,
    Wish,
    after_failure,
)
from services.notify.webhooks.domain.words import FAILING, PAUSED, Words
from tests.stage import START

WAITS = st.none() | st.timedeltas(timedelta(0), timedelta(days=400))


@given(st.integers(1, len(SCHEDULE) - 1), st.floats(-1, 1), st.booleans(), WAITS)
def test_a_wish_is_heard_within_bounds(
    attempts: int, chance: float, overloaded: bool, after: timedelta | None
) -> None:
    """P15: Retry-After between once and twice the wait (svix), a minute after 429 and time-outs."""
    following = after_failure(attempts, START, chance, Wish(overloaded, after))
    wait = following.at - START
    planned = max(SCHEDULE[attempts], BREATH) if overloaded else SCHEDULE[attempts]
    slack = timedelta(microseconds=1)
    assert planned * (1 - JITTER) - slack <= wait <= planned * 2
    if after is not None and after <= planned * 2:
        assert wait >= after, "never sooner than asked"
    if overloaded:
        assert wait >= BREATH


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("0", 0),
        ("120", 120),
        (" 7 ", 7),
        ("Mon, 02 Mar 2026 01:00:30 GMT", 30),
        ("Mon, 02 Mar 2026 00:59:00 GMT", None),  # over already
        ("Mon, 02 Mar 2026 01:00:30", None),  # of which zone?
        ("-5", None),
        ("1e9", None),
        ("9" * 400, None),
        ("٣", None),
        ("soon", None),
        ("Mon, 02 Mar 99999999999 09:00:00 GMT", None),
        ("Mon, 02 Mar 2026 09:00:00 +99999999999999", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_seconds_or_a_date(header: str | None, seconds: int | None) -> None:
    """RFC 9110 section 10.2.3; START is 01:00 GMT."""
    wait = asked_wait(header, START)
    assert wait == (None if seconds is None else timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("status", "failure", "overloaded"),
    [
        (429, None, True),
        (None, "TimedOut", True),
        (None, "ConnectTimeout", True),
        (503, None, False),
        (None, "ReadError", False),
    ],
)
def test_who_is_overloaded(status: int | None, failure: str | None, overloaded: bool) -> None:
    assert wish_of(status, failure, None, START).overloaded is overloaded


def failed(times: int, health: Health = WELL) -> Health:
    for _ in range(times):
        health = health.after_failure(START)
    return health


@pytest.mark.parametrize(
    ("failures", "under_way", "seconds", "room"),
    [
        (0, 0, 0, AT_ONCE),
        (0, 3, 0, 1),
        (0, 9, 0, 0),  # a lease that ran over
        (FAILURES_TO_OPEN - 1, 0, 0, AT_ONCE),
        (FAILURES_TO_OPEN, 0, 0, 0),
        (FAILURES_TO_OPEN, 0, 59, 0),
        (FAILURES_TO_OPEN, 0, 60, 1),
        (FAILURES_TO_OPEN, 1, 60, 0),
        (99, 0, 60, 1),
    ],
)
def test_how_many_may_be_sent(failures: int, under_way: int, seconds: int, room: int) -> None:
    """Rule 10: four at once; an open circuit lets one through."""
    now = START + timedelta(seconds=seconds)
    assert failed(failures).room(under_way, now) == room


@given(st.lists(st.integers(0, 200), max_size=60))
def test_an_endpoint_is_given_up_after_an_unbroken_failure_alone(hours: list[int]) -> None:
    """P15: 120 hours from its first failure; a silence of days begins another story."""
    health, now, began = WELL, START, START
    for gap in hours:
        began = now + timedelta(hours=gap) if gap > 72 or health == WELL else began
        now += timedelta(hours=gap)
        health = health.after_failure(now)
        expected = PauseReason.FAILING if now - began >= GIVE_UP_AFTER else None
        assert reason_to_pause(health, 500, now) is expected
        assert health.failing_since == began


def test_the_longest_wait_breaks_no_failure() -> None:
    assert max(SCHEDULE) * 2 < SILENCE, "Retry-After doubles a wait"
    assert PROBE_EVERY >= BREATH


def test_gone_is_gone_at_once() -> None:
    assert reason_to_pause(failed(1), 410, START) is PauseReason.GONE
    assert reason_to_pause(failed(1), 404, START) is None


@pytest.mark.parametrize("words", [FAILING, *PAUSED.values()], ids=lambda words: words.title)
def test_words_fit_and_name_the_host_alone(words: Words) -> None:
    """A WeChat card takes five characters; a path may hold what should not be told."""
    assert len(words.phrase) <= 5
    assert "{" not in words.body.format(host="fire.example.org")
    assert set(PAUSED) == set(PauseReason)


def test_nobody_is_promised_what_has_run_out() -> None:
    """P15: ten attempts take three days, a pause comes after five: only what waits goes on."""
    assert sum(SCHEDULE, timedelta(0)) < GIVE_UP_AFTER
    assert all("重推" in words.body and "不会丢失" not in words.body for words in PAUSED.values())
