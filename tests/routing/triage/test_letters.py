"""Triage against real public letters, labelled by one reader; skipped where they are absent."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from services.routing.triage.proposal import PoliceView, Proposal
from services.routing.triage.propose import propose
from shared.rulebook import Rulebook
from tests.rulebook import COMMITTED

pytestmark = pytest.mark.letters


@dataclass(frozen=True)
class Labelled:
    """A label beside what triage said of the same letter."""

    categories: frozenset[str]
    police: bool
    proposal: Proposal


@pytest.fixture(scope="module")
def labelled(letters: Path) -> list[Labelled]:
    rulebook = Rulebook.load(COMMITTED)
    lines = (letters / "letters-labelled.jsonl").read_text(encoding="utf-8").splitlines()
    return [_read(rulebook, json.loads(line)) for line in lines]


def test_most_letters_get_a_category_a_dispatcher_would_accept(labelled: list[Labelled]) -> None:
    """T09. The words were tuned on these letters, so this guards against getting worse."""
    accepted = sum(each.proposal.category in each.categories for each in labelled)
    assert accepted / len(labelled) >= 0.85


def test_no_letter_is_refused_that_is_not_for_the_police(labelled: list[Labelled]) -> None:
    """B02, X13: refusing a citizen wrongly is the worst mistake."""
    refused = [each for each in labelled if each.proposal.police is PoliceView.CERTAIN]
    assert all(each.police for each in refused)


def test_police_matters_are_rarely_missed_and_rarely_guessed(labelled: list[Labelled]) -> None:
    flagged = [each for each in labelled if each.proposal.police is not PoliceView.NO]
    hits = sum(each.police for each in flagged)
    assert hits >= 0.8 * sum(each.police for each in labelled)
    assert hits >= 0.5 * len(flagged)


def _read(rulebook: Rulebook, label: dict[str, object]) -> Labelled:
    also = label["also"]
    assert isinstance(also, list)
    return Labelled(
        categories=frozenset({str(label["category"]), *also}),
        police=label["police"] is True,
        proposal=propose(rulebook, str(label["title"]), str(label["text"])),
    )
