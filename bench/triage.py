"""`python -m bench.triage --letters FILE [--cv]`: how good the proposals of triage are.

Without `--cv` the rules and the weights that are shipped are measured on FILE; with it, weights are
trained on nine tenths of FILE and measured on the last tenth, ten times, clusters kept together.
The last line is one JSON object.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import process_time
from typing import Annotated

import typer

from bench.machine import describe
from bench.output import table
from deploy.triage.letters import Letter, read_labelled
from deploy.triage.measuring import Hits, Quality, quality
from services.routing.triage.proposal import Proposal
from services.routing.triage.propose import propose
from shared.rulebook import Grade, Rulebook, load_shelf
from shared.settings import RULEBOOKS

CONFUSIONS = 15  # rows of the table


def command(
    letters: Annotated[Path, typer.Option(exists=True, help="Labelled letters, a JSON per line.")],
    cv: Annotated[
        bool, typer.Option("--cv", help="Train anew and measure on unseen parts.")
    ] = False,
    rulebook: Annotated[str, typer.Option(help="A version; default: the newest.")] = "",
) -> None:
    for line in describe():
        typer.echo(line)
    shelf = load_shelf(RULEBOOKS)
    book = shelf.named(rulebook or shelf.versions[-1])
    labelled = read_labelled([letters])
    proposals, taken = _proposed(book, labelled)
    if cv:
        proposals = _cross_validated(book, labelled)
    measured = quality(list(zip(labelled, proposals, strict=True)))
    typer.echo(f"\n{_told(book, labelled, measured, proposals, cv=cv)}\n")
    figures = measured.figures() | {
        "letters": len(labelled),
        "median_ms": round(median(taken) * 1000, 2),
    }
    typer.echo(json.dumps(figures))


def _proposed(book: Rulebook, letters: Sequence[Letter]) -> tuple[list[Proposal], list[float]]:
    """And the seconds of a processor that each took: what a proposal adds to filing a complaint."""
    proposals, taken = [], []
    for letter in letters:
        started = process_time()
        proposals.append(propose(book, letter.title, letter.text))
        taken.append(process_time() - started)
    return proposals, taken


def _cross_validated(book: Rulebook, letters: Sequence[Letter]) -> list[Proposal]:
    """Needs the development packages, measuring what is shipped does not."""
    from deploy.triage.folds import cross_validated
    from deploy.triage.parameters import Parameters
    from deploy.triage.vocabulary import read

    parameters = Parameters()
    return cross_validated(book, read(book, letters, parameters.longest), parameters)


def _told(
    book: Rulebook,
    letters: Sequence[Letter],
    measured: Quality,
    proposals: Sequence[Proposal],
    *,
    cv: bool,
) -> str:
    way = "trained anew, each letter unseen" if cv else f"weights {book.weights.version or 'none'}"
    head = f"{len(letters)} letters, rulebook {book.version}, {way}"
    return "\n\n".join(
        [
            head,
            _shares(measured),
            _grades(measured),
            _confusions(measured),
            _trust(letters, proposals),
        ]
    )


def _shares(measured: Quality) -> str:
    rows = [
        ("category, first", f"{measured.top1:.1%}", "", ""),
        ("category, among three", f"{measured.top3:.1%}", "", ""),
        ("grade", f"{measured.grade:.1%}", "", ""),
        ("police", "", *_hits(measured.police)),
        ("emergency", "", *_hits(measured.emergency)),
    ]
    return table(("", "right", "precision", "recall"), rows)


def _hits(hits: Hits) -> tuple[str, str]:
    return (
        f"{hits.precision:.1%} ({hits.right}/{hits.said})",
        f"{hits.recall:.1%} ({hits.right}/{hits.labelled})",
    )


def _grades(measured: Quality) -> str:
    said = (*Grade, "—")
    rows = [
        (f"labelled {grade}", *(str(measured.grades[grade, each]) for each in said))
        for grade in Grade
    ]
    return table(("grade", *(f"said {each}" for each in said)), rows)


def _confusions(measured: Quality) -> str:
    rows = [
        (labelled, said, str(number))
        for (labelled, said), number in sorted(
            measured.confusion.items(), key=lambda item: (-item[1], item[0])
        )[:CONFUSIONS]
    ]
    return table(("category, labelled", "said", "letters"), rows)


def _trust(letters: Sequence[Letter], proposals: Sequence[Proposal]) -> str:
    """Whether a confidence means what it says."""
    rows = []
    for low in (0.0, 0.5, 0.7, 0.9):
        high = {0.0: 0.5, 0.5: 0.7, 0.7: 0.9}.get(low, 1.01)
        inside = [
            proposal.category in letter.accepted
            for letter, proposal in zip(letters, proposals, strict=True)
            if low <= proposal.confidence < high
        ]
        share = f"{sum(inside) / len(inside):.0%}" if inside else "—"
        rows.append((f"{low:.1f} to {min(high, 1):.1f}", str(len(inside)), share))
    return table(("confidence", "letters", "right"), rows)


if __name__ == "__main__":
    typer.run(command)
