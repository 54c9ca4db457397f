"""Amounts and quarters, as pure functions (facts 2.11)."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.survey.fees.domain.amounts import (
    Amounts,
    AmountTooLarge,
    ReceivedAboveDue,
    refuse_implausible,
)
from services.survey.fees.domain.quarters import (
    QuarterUnknown,
    days_of,
    due_at,
    quarter_of,
    serving_in,
)
from services.survey.indicators.domain.shares import Share
from tests.samples import COMPANY
from tests.survey.test_rules import BOOK, SCORES

FEN = st.integers(0, BOOK.fees.amount_at_most_fen)


def share(amounts: Amounts) -> Share:
    return Share(amounts.received_fen, amounts.due_fen)


def test_the_example_of_the_formula() -> None:
    """Facts 2.11: 850 000 of 1 000 000 is 85.00 %; nothing of nothing is “—”."""
    assert share(Amounts(100_000_000, 85_000_000)).shown(SCORES) == "85.00"
    assert share(Amounts(0, 0)).shown(SCORES) == "—"


@given(FEN, FEN)
def test_what_is_taken_is_a_share_of_at_most_the_whole(due: int, received: int) -> None:
    amounts = Amounts(due, received)
    if received > due:
        with pytest.raises(ReceivedAboveDue):
            refuse_implausible(amounts, BOOK.fees)
        return
    refuse_implausible(amounts, BOOK.fees)
    percent = share(amounts).percent(SCORES)
    assert (percent is None) == (due == 0)
    assert percent is None or 0 <= percent <= 100
    more = share(Amounts(due, min(due, received + 1))).percent(SCORES)
    assert percent is None or (more is not None and more >= percent)


def test_advance_payments_may_count_where_the_rulebook_says_so() -> None:
    lenient = BOOK.fees.model_copy(update={"received_at_most_due": False})
    refuse_implausible(Amounts(100, 101), lenient)
    with pytest.raises(AmountTooLarge):
        refuse_implausible(Amounts(100, lenient.amount_at_most_fen + 1), lenient)


def test_a_quarter_and_its_deadline() -> None:
    """Fifteen days after 31 December end with 15 January (ground rule 0.2.3)."""
    last = quarter_of("2025-Q4")
    days = days_of(last)
    assert (days.first, days.last) == (date(2025, 10, 1), date(2025, 12, 31))
    assert due_at(last, BOOK.fees) == datetime.fromisoformat("2026-01-16T00:00:00+08:00")
    for strange in ("2025", "2025-H2", "2025-12", "2025-Q0", "", "2025-Q11"):
        with pytest.raises(QuarterUnknown):
            quarter_of(strange)


@pytest.mark.parametrize(
    ("since", "until", "serves"),
    [
        ("2025-01-01", None, True),
        ("2026-03-31", None, True),
        ("2026-04-01", None, False),
        ("2025-01-01", "2026-01-01", True),
        ("2025-01-01", "2025-12-31", False),
    ],
)
def test_a_single_day_is_enough(since: str, until: str | None, serves: bool) -> None:
    """A03: both days of a contract belong to it."""
    contract = {"company_id": str(COMPANY), "valid_from": since, "valid_to": until}
    found = serving_in(quarter_of("2026-Q1"), [contract])
    assert (COMPANY in found) is serves
