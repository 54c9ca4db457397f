"""Every row of the letter that must exist has a rule in the rulebook or a test that names it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from deploy.documents.catalogue import Priority, Row, read_catalogue
from deploy.documents.traceability import ROW_ID, RULEBOOK, Trace, render, trace
from shared.rulebook import Rulebook

TESTS = Path(__file__).parents[1]
TRACES = trace(read_catalogue(), Rulebook.load(RULEBOOK), TESTS)


def of(priority: Priority) -> list[Trace]:
    return [each for each in TRACES if each.row.priority is priority]


def test_the_catalogue_has_the_125_rows_of_the_letter() -> None:
    letters = Counter(each.row.id[0] for each in TRACES)
    assert letters == {"A": 20, "B": 23, "C": 13, "D": 15, "E": 30, "F": 19, "G": 5}
    assert all(ROW_ID.fullmatch(each.row.id) for each in TRACES)


@pytest.mark.parametrize("each", of(Priority.MUST), ids=lambda each: each.row.id)
def test_a_row_that_must_exist_leaves_a_mark(each: Trace) -> None:
    assert each.keys or each.tests, f"{each.row.id}: no rule and no test names it"
    assert each.row.arrives, f"{each.row.id}: which part of the system builds it?"


@pytest.mark.parametrize("each", of(Priority.SHOULD), ids=lambda each: each.row.id)
def test_a_row_that_should_exist_leaves_a_mark_or_says_that_it_waits(each: Trace) -> None:
    assert each.keys or each.tests or each.row.planned, f"{each.row.id}: neither built nor planned"


def test_rules_name_only_rows_that_exist() -> None:
    """A typing error in `sources` would otherwise look like coverage."""
    known = {each.row.id for each in TRACES}
    sources = {
        source for entry in Rulebook.load(RULEBOOK).entries.values() for source in entry.sources
    }
    assert {source for source in sources if ROW_ID.fullmatch(source)} <= known


def test_a_row_is_called_tested_only_by_a_test_of_behaviour() -> None:
    """A check of the numbers alone must not look like a finished feature."""
    row = Row(id="Z99", status="existing", priority=Priority.MUST, service="none", meaning="-")
    assert Trace(row, (), ()).state == "not yet"
    assert Trace(row, ("sla.x",), ()).state == "in the rulebook"
    assert Trace(row, (), ("rulebook/test_letter.py",)).state == "in the rulebook"
    assert Trace(row, ("sla.x",), ("routing/test_cases.py",)).state == "tested"


def test_the_page_shows_every_row_once() -> None:
    lines = render(TRACES).splitlines()
    for each in TRACES:
        assert sum(line.startswith(f"| {each.row.id} |") for line in lines) == 1
