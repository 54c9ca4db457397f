"""Identifiers sort in the order in which one process made them."""

from __future__ import annotations

from itertools import pairwise
from uuid import RFC_4122

from shared.ids import new_id


def test_an_id_is_a_uuid_of_version_7() -> None:
    made = new_id()
    assert (made.version, made.variant) == (7, RFC_4122)


def test_ids_made_one_after_the_other_sort_in_that_order() -> None:
    made = [new_id() for _ in range(1000)]
    assert len(set(made)) == len(made)
    in_order = sum(earlier < later for earlier, later in pairwise(made))
    assert in_order >= 990, "a clock may step back, but not often"
