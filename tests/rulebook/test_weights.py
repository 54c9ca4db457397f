"""T09, B13: learned weights are dated data beside the rulebook, and checked like it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from shared.rulebook import Rulebook, RulebookError, load_shelf
from shared.rulebook.weights import LONGEST_SIGN, Weights, load_weights, unlearned
from tests.rulebook import COMMITTED
from tests.rulebook.conftest import Spoil
from tests.rulebook.test_shelf import MIDNIGHT, SECOND, write_version

MODEL = "triage-2026-11"
FILE = Path("weights") / f"{MODEL}.json"
SMALL: dict[str, Any] = {
    "version": "small",
    "categories": ["OL01", "NS02"],
    "grades": ["SMALL", "MEDIUM", "MAJOR"],
    "bias": [0, 0, 0, 0, 0],
    "rules": {"OL01": [50, -50, 0, 0, 0]},
    "title": {"油烟": [300, 100, -100, 0, 10, 0]},
    "text": {"噪": [200, -80, 80, 0, 0, 0]},
}


def written(folder: Path, **changes: Any) -> Path:
    path = folder / "small.json"
    path.write_text(json.dumps(SMALL | changes), encoding="utf-8")
    return path


def test_the_shipped_weights_say_where_they_come_from(rulebook: Rulebook) -> None:
    training = rulebook.weights.training
    assert training is not None
    assert rulebook.weights.version == rulebook.triage.model == MODEL
    assert training.letters > 300
    assert training.evaluation["top1"] > 0.78


def test_no_sign_is_long_enough_to_quote_a_letter(rulebook: Rulebook) -> None:
    signs = {*rulebook.weights.title, *rulebook.weights.text}
    assert signs
    assert max(map(len, signs)) <= LONGEST_SIGN
    assert not any(character.isascii() for sign in signs for character in sign)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"bias": [0, 0, 0]}, "bias has 3 numbers, not 5"),
        ({"text": {"噪": [200, -80]}}, "text: 噪: 2 numbers, not 6"),
        ({"rules": {"OL01": [1]}}, "rules: OL01: 1 numbers, not 5"),
        ({"text": {"一二三四": [1] * 6}}, "text.一二三四"),
        ({"text": {"13": [1] * 6}}, "text.13"),
        ({"text": {"噪": [0.5] * 6}}, "text.噪.0"),
        ({"grades": ["SMALL", "MEDIUM", "MEDIUM"]}, "all grades are there"),
        ({"categories": ["OL01", "OL01"]}, "named once each"),
        ({"temperature": 0}, "temperature"),
        ({"secret": 1}, "secret"),
    ],
)
def test_a_file_that_makes_no_sense_is_refused(
    tmp_path: Path, changes: dict[str, Any], says: str
) -> None:
    with pytest.raises(RulebookError, match=r"small\.json") as caught:
        load_weights(written(tmp_path, **changes))
    assert says in str(caught.value)
    assert load_weights(written(tmp_path)).version == "small"


def test_the_start_fails_without_the_weights_a_rulebook_names(spoil: Spoil) -> None:
    folder = spoil("triage.toml", f'value = "{MODEL}"', 'value = "triage-1999"')
    with pytest.raises(RulebookError, match=r"triage-1999\.json: missing"):
        Rulebook.load(folder)


def test_a_name_does_not_lead_out_of_the_folder(spoil: Spoil) -> None:
    with pytest.raises(RulebookError, match=r"triage\.model"):
        Rulebook.load(spoil("triage.toml", f'value = "{MODEL}"', 'value = "../../etc/passwd"'))


def test_weights_for_unknown_categories_are_refused(rulebook: Rulebook, tmp_path: Path) -> None:
    strange = load_weights(written(tmp_path, categories=["OL01", "ZZ99"]))
    with pytest.raises(RulebookError, match="ZZ99 is not defined"):
        rulebook.with_weights(strange)


def test_other_weights_leave_the_rulebook_as_it_was(rulebook: Rulebook, tmp_path: Path) -> None:
    other = rulebook.with_weights(load_weights(written(tmp_path)))
    assert (other.weights.version, rulebook.weights.version) == ("small", MODEL)
    assert other.version == rulebook.version
    assert other.entry("sla.dispatch") == rulebook.entry("sla.dispatch")


def test_a_version_with_other_weights_leaves_earlier_cases_theirs(shelf: Path) -> None:
    """B13, X39: v2 at 2026-07-01 00:00 names other weights; 06-30 keeps the first ones."""
    write_version(shelf)
    entry = '\n[triage]\nmodel = { value = "small", origin = "ours", sources = ["T09"] }\n'
    with (shelf / "v2" / "changes.toml").open("a", encoding="utf-8") as changes:
        changes.write(entry)
    (shelf / "v2" / "weights").mkdir()
    written(shelf / "v2" / "weights")
    books = load_shelf(shelf)
    assert books.in_force_at(MIDNIGHT - SECOND).weights.version == MODEL
    assert books.in_force_at(MIDNIGHT).weights.version == "small"


def test_an_amendment_that_names_no_weights_keeps_those_it_amends(shelf: Path) -> None:
    write_version(shelf)
    assert load_shelf(shelf).named("v2").weights.version == MODEL


def test_a_rulebook_may_do_without(spoil: Spoil) -> None:
    """A city that has no letters yet begins with the words of its rulebook."""
    text = (COMMITTED / "triage.toml").read_text(encoding="utf-8")
    line = next(each for each in text.splitlines() if each.startswith("model = "))
    book = Rulebook.load(spoil("triage.toml", line, ""))
    assert book.weights == unlearned(tuple(book.categories))
    assert isinstance(book.weights, Weights)
