"""Names that offices write, looked up among all that a division has."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from services.routing.dispatching.domain.faults import RuleEstateUnknown, RuleNameAmbiguous
from services.routing.dispatching.domain.naming import Gazetteer, named

FIRST, SECOND, OTHER = (str(uuid4()) for _ in range(3))
PLACES = Gazetteer("421202", estates=named([("花园", FIRST), ("花园", SECOND), ("雅苑", OTHER)]))


@pytest.mark.parametrize("word", [FIRST, FIRST.upper()], ids=["lower", "upper"])
def test_a_code_is_read_however_it_is_written(word: str) -> None:
    assert PLACES.estate_of(word) == UUID(FIRST)


def test_a_name_needs_to_be_one_alone() -> None:
    assert PLACES.estate_of("雅苑") == UUID(OTHER)
    with pytest.raises(RuleNameAmbiguous):
        PLACES.estate_of("花园")


def test_unknown_names_are_found_out_at_once() -> None:
    """A sheet may have tens of thousands of them, a city thousands of estates: whoever compared
    each with all would not be done within the test's own time limit.
    """
    city = Gazetteer(
        "4212", estates=named((f"小区{number}", str(uuid4())) for number in range(5000))
    )
    for number in range(20_000):
        with pytest.raises(RuleEstateUnknown):
            city.estate_of(f"不存在{number}")
