"""Dated versions side by side: which applies when, and who keeps which (B13, X39)."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from shared.calendars import WorkingCalendar
from shared.clock import BEIJING
from shared.counting import deadline
from shared.rulebook import (
    ClockKind,
    NoRulebook,
    Origin,
    RulebookError,
    RulebookShelf,
    load_shelf,
)
from tests.rulebook import COMMITTED, SHELF

MIDNIGHT = datetime(2026, 7, 1, tzinfo=BEIJING)
SECOND = timedelta(seconds=1)

TITLE_PAGE = """
[rulebook]
version = "{version}"
title = "trial"
city_code = "{city}"
city_name = "咸宁市"
in_force_from = {since}
amends = "{amends}"
"""
TWO_HOURS = """
[sla]
dispatch = { value = "2 hours", origin = "ours", sources = ["B04"] }
"""


def write_version(
    shelf: Path,
    version: str = "v2",
    since: str = "2026-07-01T00:00:00+08:00",
    city: str = "4212",
    amends: str = COMMITTED.name,
) -> None:
    folder = shelf / version
    folder.mkdir()
    page = TITLE_PAGE.format(version=version, since=since, city=city, amends=amends)
    (folder / "rulebook.toml").write_text(page, encoding="utf-8")
    (folder / "changes.toml").write_text(TWO_HOURS, encoding="utf-8")


def loaded(shelf: Path) -> RulebookShelf:
    write_version(shelf)
    return load_shelf(shelf)


def test_a_new_version_applies_from_its_first_instant(shelf: Path) -> None:
    """B13: v2 from 2026-07-01 00:00 Beijing; a case accepted on 06-30 keeps v1."""
    books = loaded(shelf)
    accepted_before = books.in_force_at(MIDNIGHT - SECOND).version
    assert accepted_before == "seed-2025-07-21"
    assert books.in_force_at(MIDNIGHT).version == "v2"
    assert books.named(accepted_before).sla.dispatch.amount == 1
    assert books.versions == ("seed-2025-07-21", "v2")


def test_changing_the_rulebook_changes_the_deadline_and_no_code(shelf: Path) -> None:
    """B04: the same acceptance is due at 10:00 under v1 and at 11:00 under v2."""
    books = loaded(shelf)
    accepted = datetime(2026, 3, 2, 9, tzinfo=BEIJING)
    due = [
        deadline(accepted, book.clock(ClockKind.DISPATCH).length, WorkingCalendar()).at.hour
        for book in (books.named("seed-2025-07-21"), books.named("v2"))
    ]
    assert due == [10, 11]


def test_an_amendment_keeps_what_it_does_not_repeat(shelf: Path) -> None:
    amended = loaded(shelf).named("v2")
    assert amended.sla.feedback.amount == 7
    assert amended.entry("sla.feedback").file == f"{COMMITTED.name}/sla.toml"
    assert amended.entry("sla.dispatch").file == "v2/changes.toml"
    assert amended.entry("sla.dispatch").origin is Origin.OURS
    assert amended.entry("sla.dispatch").effective_from == MIDNIGHT.date()


def test_before_the_letter_there_is_no_rulebook() -> None:
    books = load_shelf(SHELF)
    with pytest.raises(NoRulebook):
        books.in_force_at(datetime(2025, 7, 20, 23, 59, 59, tzinfo=BEIJING))
    assert books.in_force_at(datetime(2025, 7, 21, tzinfo=BEIJING)).version == "seed-2025-07-21"


def test_an_unknown_version_is_refused() -> None:
    with pytest.raises(NoRulebook, match="seed-1999"):
        load_shelf(SHELF).named("seed-1999")


def test_a_rulebook_may_end(shelf: Path) -> None:
    write_version(shelf)
    page = shelf / "v2" / "rulebook.toml"
    ends = 'in_force_until = 2026-08-01T00:00:00+08:00\namends = "'
    page.write_text(page.read_text(encoding="utf-8").replace('amends = "', ends), encoding="utf-8")
    books = load_shelf(shelf)
    end = datetime(2026, 8, 1, tzinfo=BEIJING)
    assert books.in_force_at(end - SECOND).version == "v2"
    assert books.in_force_at(end).version == "seed-2025-07-21"


@pytest.mark.parametrize(
    ("versions", "says"),
    [
        ([{"version": "v2"}, {"version": "v3"}], "start together"),
        ([{"version": "v2", "city": "4201"}], "one city"),
        ([{"version": "v2", "amends": "v2"}], "amends itself"),
        ([{"version": "v2", "amends": "nothing"}], "amends no folder"),
    ],
)
def test_shelves_that_cannot_answer(shelf: Path, versions: list[dict[str, str]], says: str) -> None:
    for version in versions:
        write_version(shelf, **version)
    with pytest.raises(RulebookError, match=says):
        load_shelf(shelf)


def test_a_version_name_is_used_once(shelf: Path) -> None:
    write_version(shelf)
    page = shelf / "v2" / "rulebook.toml"
    text = page.read_text(encoding="utf-8").replace('"v2"', '"seed-2025-07-21"')
    page.write_text(text, encoding="utf-8")
    with pytest.raises(RulebookError, match="used twice"):
        load_shelf(shelf)


def test_two_versions_cannot_amend_each_other(shelf: Path) -> None:
    write_version(shelf, version="v2", amends="v3")
    write_version(shelf, version="v3", amends="v2")
    with pytest.raises(RulebookError, match="amend"):
        load_shelf(shelf)


def test_an_empty_shelf_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RulebookError, match="no rulebook"):
        load_shelf(tmp_path)
