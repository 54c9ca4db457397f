"""What moves a due time, by chance: pauses, extensions, regrades (X01, X05, X06, invariant 4)."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.routing.clocks.domain.deadlines import start_of, with_pauses
from services.routing.clocks.domain.effects import RESOLVE, paused_by
from services.routing.clocks.domain.history import time_spent
from services.routing.clocks.domain.regrading import Regrade, clocks_after
from shared.contracts.vocabulary import Grade
from shared.counting import Deadline, Length, extended
from shared.rulebook import ClockKind, SuspensionReason
from tests.routing.clocks.test_rules import BOOK, CALENDAR, MOMENTS, RESOLVES
from tests.routing.drama import at

NOTHING = timedelta()
GAPS = st.timedeltas(timedelta(minutes=1), timedelta(days=2))
PAUSES = st.lists(st.tuples(GAPS, GAPS), max_size=5)
INTERNAL_KINDS = st.sampled_from(sorted(paused_by(SuspensionReason.WAIT_OWNER)))
GRADES = st.sampled_from(Grade)


def laid_out(
    start: datetime, gaps: list[tuple[timedelta, timedelta]]
) -> list[tuple[datetime, datetime]]:
    """One pause after another: so long it ran, so long it stood still."""
    pauses, now = [], start
    for ran, stood in gaps:
        pauses.append((now + ran, now + ran + stood))
        now += ran + stood
    return pauses


@given(MOMENTS, INTERNAL_KINDS, PAUSES)
def test_n_pauses_move_the_due_time_by_exactly_their_sum(
    start: datetime, kind: ClockKind, gaps: list[tuple[timedelta, timedelta]]
) -> None:
    """X06, one after the other on the deadline, and all at once on a clock that takes over."""
    first = start_of(kind, start, BOOK, CALENDAR)
    due = first.due
    for since, until in laid_out(start, gaps):
        due = due.paused(since, until)
    total = sum((stood for _, stood in gaps), NOTHING)
    assert due.at - first.due.at == total
    taken_over = with_pauses(first, laid_out(start, gaps))
    assert (taken_over.due, taken_over.paused) == (due, total)
    assert taken_over.started_at == start


@given(MOMENTS, PAUSES, st.timedeltas(timedelta(days=20), timedelta(days=40)))
def test_net_is_gross_without_the_pauses(
    start: datetime, gaps: list[tuple[timedelta, timedelta]], length: timedelta
) -> None:
    """Invariant 4."""
    total = sum((stood for _, stood in gaps), NOTHING)
    spent = time_spent(start, start + length, laid_out(start, gaps))
    assert spent.gross == length
    assert spent.net == spent.gross - total


def test_a_pause_that_lasts_counts_until_now() -> None:
    """3.3: and one from before the start only from the start on."""
    start, now = at("2026-03-02 10:00"), at("2026-03-02 20:00")
    since = at("2026-03-02 08:00")
    assert time_spent(start, now, [(since, at("2026-03-02 12:00"))]).net == timedelta(hours=8)
    assert time_spent(start, now, [(at("2026-03-02 13:00"), None)]).net == timedelta(hours=3)
    assert time_spent(start, now, [(since, at("2026-03-02 09:00"))]).net == timedelta(hours=10)


@given(MOMENTS, st.integers(1, 30), st.sampled_from([Grade.MEDIUM, Grade.MAJOR]))
def test_an_extension_is_never_before_the_due_time(
    anchor: datetime, days: int, grade: Grade
) -> None:
    """X05: it is later by exactly the days granted."""
    rule = BOOK.grades[grade]
    assert rule.extension is not None
    due = start_of(RESOLVES[grade], anchor, BOOK, CALENDAR).due
    later = extended(due, Length(days, rule.extension.counting))
    assert later.at - due.at == timedelta(days=days)


@given(MOMENTS, st.timedeltas(NOTHING, timedelta(days=6)), GRADES, GRADES, PAUSES)
def test_a_regrade_never_changes_the_anchor(
    anchor: datetime,
    later: timedelta,
    old: Grade,
    new: Grade,
    gaps: list[tuple[timedelta, timedelta]],
) -> None:
    """X01: what is raised counts from the first dispatch, and keeps what has stood still."""
    pauses = [each for each in laid_out(anchor, gaps) if each[1] <= anchor + later]
    total = sum((until - since for since, until in pauses), NOTHING)
    running = {RESOLVES[old]: start_of(RESOLVES[old], anchor, BOOK, CALENDAR).due}
    regrade = Regrade(old, new, anchor, anchor, anchor + later, running, pauses=tuple(pauses))
    for start in clocks_after(regrade, BOOK, CALENDAR).starts:
        assert start.started_at in {anchor, anchor + later}
        if start.kind not in RESOLVE:
            continue
        if start.started_at == anchor and later > NOTHING:
            assert start.due.at == start_of(start.kind, anchor, BOOK, CALENDAR).due.at + total
        assert start.paused == (total if start.started_at == anchor else NOTHING)


@given(MOMENTS, st.timedeltas(NOTHING, timedelta(days=13)))
def test_lowering_an_extended_clock_never_lengthens(anchor: datetime, later: timedelta) -> None:
    """3.4: MEDIUM, extended by seven days, to SMALL: min(extended due, regrade + 24 h)."""
    due = start_of(ClockKind.MEDIUM_RESOLVE, anchor, BOOK, CALENDAR).due
    longer = Deadline(due.at + timedelta(days=7))
    regrade = Regrade(
        Grade.MEDIUM,
        Grade.SMALL,
        anchor,
        anchor,
        anchor + later,
        {ClockKind.MEDIUM_RESOLVE: longer},
    )
    (start,) = clocks_after(regrade, BOOK, CALENDAR).starts
    assert start.due.at == min(longer.at, anchor + later + timedelta(hours=24))


def test_a_raise_after_a_pause() -> None:
    """X01 and X06: SMALL since 10:00, six hours still, raised 20:00: 03-09 24:00 and six hours;
    convening counts from the raise and has lost nothing."""
    anchor = at("2026-03-02 10:00")
    pauses = ((at("2026-03-02 12:00"), at("2026-03-02 18:00")),)
    regrade = Regrade(
        Grade.SMALL, Grade.MAJOR, anchor, anchor, at("2026-03-02 20:00"), {}, pauses=pauses
    )
    starts = {start.kind: start for start in clocks_after(regrade, BOOK, CALENDAR).starts}
    assert starts[ClockKind.MAJOR_RESULT].due.at == at("2026-04-02 06:00")
    assert starts[ClockKind.MAJOR_CONVENE].due.at == at("2026-03-03 20:00")
    assert starts[ClockKind.MAJOR_CONVENE].paused == NOTHING
