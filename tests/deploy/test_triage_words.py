"""`liuduan triage train` and `try` as an operator speaks them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from deploy.cli import application
from shared.rulebook.weights import load_weights
from tests.deploy.letters import invented, written
from tests.rulebook import COMMITTED, SHELF


def said(*words: str) -> Result:
    return CliRunner().invoke(application, ["triage", *words])


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    return written(tmp_path / "letters.jsonl", invented() * 2)


def test_training_writes_weights_and_says_how_good_they_are(letters: Path, tmp_path: Path) -> None:
    out = tmp_path / "triage-1.json"
    result = said("train", "--letters", str(letters), "--out", str(out))
    assert result.exit_code == 0, result.output
    assert "top1" in result.output
    weights = load_weights(out)
    assert weights.version == "triage-1"
    assert weights.training is not None
    assert weights.training.letters == 40
    assert set(weights.training.evaluation) >= {"top1", "top3", "grade", "emergency_recall"}
    assert weights.training.parameters["seed"] == 0


def test_weights_that_are_there_are_never_changed(letters: Path, tmp_path: Path) -> None:
    out = tmp_path / "triage-1.json"
    out.write_text("{}")
    result = said("train", "--letters", str(letters), "--out", str(out))
    assert result.exit_code == 1
    assert "never changed" in result.output
    assert out.read_text() == "{}"


def test_what_would_change_is_told_and_nothing_is_written(letters: Path, tmp_path: Path) -> None:
    out = tmp_path / "triage-1.json"
    said("train", "--letters", str(letters), "--out", str(out))
    before = {path: path.read_bytes() for path in SHELF.rglob("*") if path.is_file()}
    result = said("try", "--model", str(out), "--letters", str(letters), "--json")
    assert result.exit_code == 0, result.output
    figures = json.loads(result.output.splitlines()[-1])
    assert figures["complaints"] == 40
    assert set(figures["changed"]) == {"category", "grade", "handler", "police", "emergency"}
    assert {path: path.read_bytes() for path in SHELF.rglob("*") if path.is_file()} == before


def test_a_rulebook_is_tried_by_folder_or_by_version(letters: Path) -> None:
    for name in (str(COMMITTED), "seed-2025-07-21"):
        result = said("try", "--rulebook", name, "--letters", str(letters), "--json")
        figures = json.loads(result.output.splitlines()[-1])
        assert not any(figures["changed"].values())


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--rulebook", "seed-1999"), "no rulebook is named seed-1999"),
        (("--model",), "letters.jsonl"),
    ],
)
def test_what_cannot_be_tried_is_told_in_one_line(
    letters: Path, words: tuple[str, ...], says: str
) -> None:
    if words == ("--model",):
        words = ("--model", str(letters))
    result = said("try", *words, "--letters", str(letters))
    assert result.exit_code == 1
    assert says in result.output
    assert result.output.count("\n") == 1
