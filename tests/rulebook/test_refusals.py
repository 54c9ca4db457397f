"""A rulebook that cannot be trusted stops the start, and says which key in which file."""

from __future__ import annotations

from pathlib import Path

import pytest

from shared.rulebook import Rulebook, RulebookError
from tests.rulebook import COMMITTED
from tests.rulebook.conftest import Spoil

DISPATCH = 'dispatch = { value = "1 hour"'


def refusal(folder: Path) -> str:
    with pytest.raises(RulebookError) as caught:
        Rulebook.load(folder)
    return str(caught.value)


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("sla.toml", "anchor = {", "ankor = {", "sla.ankor: Extra inputs"),
        ("sla.toml", "anchor = {", "ankor = {", "sla.anchor: Field required"),
        ("sla.toml", DISPATCH, 'dispatch = { value = "1 hr"', "sla.dispatch: Value error, not a"),
        ("sla.toml", DISPATCH, 'dispatch = { value = "0 hours"', "sla.dispatch: Value error, a le"),
        ("survey.toml", "owners = 0.4", "owners = 0.5", "evaluation.composite: Value error, weig"),
        ("survey.toml", "third_party = 0.3", "third_party = 0.2", "evaluation.composite: Value"),
        ("survey.toml", "{ owners = 0.4", "{ people = 0.4", "evaluation: Value error, a composite"),
        ("survey.toml", "emergency = 0.1", "emergency = 0.2", "evaluation.third_party: Value err"),
        ("survey.toml", 'charging = "', 'fees = "', "evaluation: Value error, third_party_names"),
        ("survey.toml", "weight = 0.125", "weight = 0.25", "ratings.quarterly_indicators: Value"),
        ("survey.toml", "at_least = 80, below = 90", "at_least = 80, below = 95", "overlaps"),
        ("survey.toml", "at_least = 80, below = 90", "at_least = 85, below = 90", "leaves a gap"),
        ("survey.toml", "at_least = 0, below = 60", "at_least = 10, below = 60", "begins at 0"),
        ("survey.toml", "at_least = 90 }", "at_least = 90, below = 99 }", "overlaps"),
        ("clocks.toml", "[clocks.SIGN]", "[clocks.SIGNED]", "clocks.SIGNED"),
        ("clocks.toml", '"@sla.dispatch"', '"@sla.despatch"', "refers to @sla.despatch"),
        ("handling.toml", "households = { value = 5", "households = { value = 50", "groups"),
        ("handling.toml", 'extension = "7 civil days", ', "", "grades.MEDIUM"),
        ("handling.toml", '"FR01", "FR02"', '"FR99", "FR02"', "intake.visitor_categories: FR99 is"),
        ("organisations.toml", '"MARKET_REGULATION", "URBAN', '"MARKET", "URBAN', "MARKET is not"),
        ("governance.toml", '"FEES_COLLECTED", "COMP', '"FEES", "COMP', "core_indicators: FEES is"),
        ("governance.toml", '"FEES_COLLECTED", "COMP', '"COMP', "core_indicators"),
        ("triage.toml", 'fallback = { value = "OT01"', 'fallback = { value = "OT99"', "triage.fa"),
        ("mediation.toml", "[7, 20, 27]", "[7, 27, 20]", "confirmation.reminder_days"),
        ("timing.toml", "[0.5, 0.8]", "[0.8, 0.5]", "warnings are rising"),
    ],
)  # fmt: skip
def test_values_that_make_no_sense(spoil: Spoil, file: str, old: str, new: str, says: str) -> None:
    """E15, E20, U19, invariant 8: weights make a whole, bands neither overlap nor leave gaps."""
    message = refusal(spoil(file, old, new))
    assert says in message
    assert f"{COMMITTED.name}/" in message


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (', origin = "stated", sources = ["B04"', ', sources = ["B04"', "origin"),
        ('"B04", "U08", "CK-01"', "", "sources"),
        ('"B04", "U08", "CK-01"', '"B4"', "sla.dispatch: B4 is no row id"),
        ('"1 hour", origin = "stated"', '"1 hour", origin = "planned"', "a planned rule names"),
        (
            '"1 hour", origin = "stated"',
            '"1 hour", switch = "no", origin = "stated"',
            "no switch no",
        ),
        ('"1 hour", origin = "stated"', '"1 hour", author = "me", origin = "stated"', "author"),
    ],
)
def test_an_entry_needs_its_provenance(spoil: Spoil, old: str, new: str, says: str) -> None:
    message = refusal(spoil("sla.toml", old, new))
    assert says in message
    assert "sla.toml" in message


def test_a_bare_number_is_no_rule(spoil: Spoil) -> None:
    message = refusal(spoil("sla.toml", "[sla]", "[sla]\ntea_break = 15"))
    assert "sla.toml: sla.tea_break: a rule needs value, origin and sources" in message


def test_a_key_stands_in_one_file_only(spoil: Spoil) -> None:
    again = 'dispatch = { value = "2 hours", origin = "ours", sources = ["B04"] }'
    message = refusal(spoil("timing.toml", "[timing]", f"[sla]\n{again}\n[timing]"))
    assert "timing.toml: sla.dispatch: already in" in message


def test_broken_toml_names_the_file(spoil: Spoil) -> None:
    assert "sla.toml" in refusal(spoil("sla.toml", "[sla]", "[sla"))


def test_a_folder_without_title_page(tmp_path: Path) -> None:
    assert "rulebook.toml: missing" in refusal(tmp_path)


def test_the_unspoilt_copy_loads(spoil: Spoil) -> None:
    folder = spoil("sla.toml", DISPATCH, DISPATCH)
    assert Rulebook.load(folder).version == Rulebook.load(COMMITTED).version
