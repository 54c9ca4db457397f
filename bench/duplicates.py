"""How well letters about one problem are found: every pair of them is judged (X09).

`python -m bench.duplicates --letters FILE` reads one JSON object a line with `title`, `text`,
`time` and `cluster`; two letters of one cluster are one problem. Only title, text and time are
looked at: the place is read from the text, the category is what triage proposes. The last line of
the output is one JSON object.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Annotated, Any

import typer

from bench.output import table
from bench.places import Place, place_of, sameness
from services.routing.triage.propose import propose
from services.routing.voices.domain.likeness import Voice, likeness
from services.routing.voices.domain.wording import wording_of
from shared.clock import BEIJING
from shared.rulebook import Rulebook

COMMITTED = Path(__file__).parents[1] / "deploy" / "rulebooks" / "xianning-2025-07-21"
SPLITS = 20
PRECISION, RECALL = 0.95, 0.85


@dataclass(frozen=True)
class Letter:
    """`problem` is the cluster, or the letter itself where it stands alone."""

    voice: Voice[str]
    place: Place
    problem: str


@dataclass(frozen=True)
class Pair:
    score: float
    problems: frozenset[str]

    @property
    def is_one(self) -> bool:
        return len(self.problems) == 1


@dataclass(frozen=True)
class Quality:
    precision: float
    recall: float
    threshold: float


def judged(letters: Iterable[dict[str, Any]], rulebook: Rulebook) -> list[Pair]:
    """The score of every two letters beside the label."""
    read = [_read(letter, rulebook) for letter in letters]
    return [_pair(one, other, rulebook) for one, other in combinations(read, 2)]


def quality(pairs: Iterable[Pair], threshold: float) -> Quality:
    """Nothing proposed counts as precise."""
    pairs = list(pairs)
    proposed = [pair for pair in pairs if pair.score >= threshold]
    hits = sum(pair.is_one for pair in proposed)
    known = sum(pair.is_one for pair in pairs)
    return Quality(
        precision=hits / len(proposed) if proposed else 1.0,
        recall=hits / known if known else 1.0,
        threshold=threshold,
    )


def cross_checked(pairs: Sequence[Pair]) -> list[Quality]:
    """The threshold chosen on half of the problems, measured on the other half, several times."""
    problems = sorted({problem for pair in pairs for problem in pair.problems})
    return [_split(pairs, problems, Random(seed)) for seed in range(SPLITS)]


def _split(pairs: Sequence[Pair], problems: Sequence[str], random: Random) -> Quality:
    """Pairs between the two halves are left out."""
    half = frozenset(random.sample(problems, len(problems) // 2))
    chosen = [pair for pair in pairs if pair.problems <= half]
    measured = [pair for pair in pairs if pair.problems.isdisjoint(half)]
    return quality(measured, _threshold(chosen))


def _threshold(pairs: Sequence[Pair]) -> float:
    """The middle of the hundredths that keep both promises."""
    found = [quality(pairs, hundredth / 100) for hundredth in range(1, 101)]
    kept = [each for each in found if each.precision >= PRECISION and each.recall >= RECALL]
    return kept[len(kept) // 2].threshold if kept else 1.0


def _read(letter: dict[str, Any], rulebook: Rulebook) -> Letter:
    title, text = letter["title"], letter["text"]
    place = place_of(title, text)
    wording = wording_of(title, text, rulebook.duplicates, place.names)
    category = propose(rulebook, title, text).category
    voice = Voice(wording.subject, wording.pairs, category, _moment(letter["time"]))
    return Letter(voice, place, letter.get("cluster") or letter["id"])


def _moment(written: str) -> datetime:
    """`2019/4/2 10:06:23`, `2019-04-02T10:06:23` or a bare date."""
    parts = [int(part) for part in re.findall(r"\d+", written)]
    year, month, day, hour, minute, second = (*parts, 0, 0, 0)[:6]
    return datetime(year, month, day, hour, minute, second, tzinfo=BEIJING)


def _pair(one: Letter, other: Letter, rulebook: Rulebook) -> Pair:
    place = sameness(one.place, other.place)
    found = likeness(one.voice, other.voice, rulebook.duplicates, place=place)
    return Pair(found.score, frozenset({one.problem, other.problem}))


def _line(name: str, found: Quality) -> tuple[str, ...]:
    return name, f"{found.precision:.3f}", f"{found.recall:.3f}", f"{found.threshold:.2f}"


def main(
    letters: Annotated[Path, typer.Option(help="Labelled letters, one JSON object a line.")],
) -> None:
    """Precision and recall over pairs."""
    rulebook = Rulebook.load(COMMITTED)
    lines = letters.read_text(encoding="utf-8").splitlines()
    pairs = judged(map(json.loads, lines), rulebook)
    found = quality(pairs, rulebook.duplicates.proposed_from)
    checks = sorted(cross_checked(pairs), key=lambda each: each.recall)
    precision = sum(each.precision for each in checks) / SPLITS
    recall = sum(each.recall for each in checks) / SPLITS
    rows = [
        _line("the rulebook's threshold, all letters", found),
        ("chosen on one half, measured on the other", f"{precision:.3f}", f"{recall:.3f}", ""),
        _line("  the worst half by recall", checks[0]),
        _line("  the worst half by precision", min(checks, key=lambda each: each.precision)),
    ]
    typer.echo(table(("", "precision", "recall", "from"), rows))
    figures = {"precision": found.precision, "recall": found.recall, "pairs": len(pairs)}
    typer.echo(json.dumps(figures | {"cross_precision": precision, "cross_recall": recall}))


if __name__ == "__main__":
    typer.run(main)
