"""Where targets stand, as pure functions: C05, C06, A15, D15."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.survey.indicators.domain.shares import Share
from services.survey.targets.domain.assessments import (
    WeightTooLarge,
    WeightTooSmall,
    refuse_weight,
)
from services.survey.targets.domain.status import TargetStatus, status_of
from shared.rulebook.sections.governance import Target
from tests.survey.test_rules import BOOK, SCORES

TARGETS = {each.code: each for each in BOOK.targets}
MEDIATION, SATISFACTION = TARGETS["MEDIATION_SUCCESS"], TARGETS["SATISFACTION"]
OFFICES = TARGETS["STREET_OFFICES_ACTIVE"]
SUMMER = date(2026, 7, 1)


def status(target: Target, share: Share, today: date = SUMMER) -> TargetStatus:
    return status_of(target, share.percent(SCORES), today)


def test_c05_mediation_success() -> None:
    """C05: 98 of 100 is met; 979 of 1000 is 97.90 and is not."""
    assert (MEDIATION.percent, MEDIATION.due) == (Decimal(98), date(2026, 12, 31))
    assert status(MEDIATION, Share(98, 100)) is TargetStatus.MET
    assert Share(979, 1000).percent(SCORES) == Decimal("97.90")
    assert status(MEDIATION, Share(979, 1000)) is TargetStatus.NOT_MET


def test_c06_satisfaction() -> None:
    """C06: 90 of 100 is met, 89 is not."""
    assert status(SATISFACTION, Share(90, 100)) is TargetStatus.MET
    assert status(SATISFACTION, Share(89, 100)) is TargetStatus.NOT_MET


def test_what_is_shown_is_what_is_judged() -> None:
    """Ground rule 0.2.6: 97.995 is shown as 98.00 and is met; 97.994 is 97.99 and is not."""
    assert status(MEDIATION, Share(97_995, 100_000)) is TargetStatus.MET
    assert status(MEDIATION, Share(97_994, 100_000)) is TargetStatus.NOT_MET


def test_a15_is_overdue_the_day_after() -> None:
    """A15, D15: 92 % on 2025-12-31 is not met yet; on 2026-01-01 it is overdue."""
    assert OFFICES.due == date(2025, 12, 31)
    assert status(OFFICES, Share(92, 100), date(2025, 12, 31)) is TargetStatus.NOT_MET
    assert status(OFFICES, Share(92, 100), date(2026, 1, 1)) is TargetStatus.OVERDUE
    assert status(OFFICES, Share(12, 13), date(2026, 1, 1)) is TargetStatus.OVERDUE
    assert status(OFFICES, Share(13, 13), date(2026, 1, 1)) is TargetStatus.MET


def test_nothing_divided_by_nothing_meets_and_misses_nothing() -> None:
    for today in (date(2025, 12, 31), date(2027, 1, 1)):
        assert status(OFFICES, Share(0, 0), today) is TargetStatus.NO_FIGURE


def test_at_most_is_compared_the_other_way() -> None:
    repeats = MEDIATION.model_copy(update={"comparator": "<=", "percent": Decimal(5)})
    assert status(repeats, Share(5, 100)) is TargetStatus.MET
    assert status(repeats, Share(6, 100)) is TargetStatus.NOT_MET


@given(st.integers(0, 1000), st.integers(1, 1000), st.dates(date(2025, 1, 1), date(2028, 1, 1)))
def test_more_never_turns_met_into_missed(part: int, whole: int, today: date) -> None:
    """Monotone in the figure; overdue only after the due date."""
    found = status(MEDIATION, Share(min(part, whole), whole), today)
    more = status(MEDIATION, Share(min(part + 1, whole), whole), today)
    assert not (found is TargetStatus.MET and more is not TargetStatus.MET)
    assert (found is TargetStatus.OVERDUE) <= (today > MEDIATION.due)


def test_a17_the_floor_is_a_tenth() -> None:
    """A17: 0.099 is refused, 0.10 accepted (不低于 includes it); no part above the whole."""
    rules = BOOK.street_offices
    with pytest.raises(WeightTooSmall):
        refuse_weight(Decimal("0.099"), rules)
    refuse_weight(Decimal("0.10"), rules)
    refuse_weight(Decimal("1.000"), rules)
    with pytest.raises(WeightTooLarge):
        refuse_weight(Decimal("1.001"), rules)
