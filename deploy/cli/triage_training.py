"""`liuduan triage train` on the terminal: progress, the figures, the file."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from deploy.triage.books import newest_shelf
from deploy.triage.letters import read_labelled
from deploy.triage.weights_file import write_weights
from shared.clock import SystemClock
from shared.rulebook import Rulebook, Weights
from shared.rulebook.weights import TrainingRecord


def trained(paths: Sequence[Path], out: Path | None) -> None:
    console = Console()
    now = SystemClock().now()
    shelf, folder = newest_shelf(now)
    out = out or folder / "weights" / f"triage-{now:%Y-%m-%d}.json"
    if out.exists():
        sys.exit(f"liuduan: {out} exists; weights that a rulebook names are never changed")
    weights, figures = _taught(console, shelf.in_force_at(now), paths, now, out.stem)
    write_weights(weights, out)
    console.print("on letters not seen while training:")
    for name, figure in figures.items():
        console.print(f"  {name:18} {figure:.1%}")
    console.print(f"{len(weights.title) + len(weights.text)} signs in {out}")
    console.print(
        f'to put it into effect: try it, then name it: triage.model = "{weights.version}"'
    )


def _taught(
    console: Console, rulebook: Rulebook, paths: Sequence[Path], now: datetime, version: str
) -> tuple[Weights, dict[str, float]]:
    from deploy.triage.folds import cross_validated
    from deploy.triage.measuring import quality
    from deploy.triage.parameters import Parameters
    from deploy.triage.training import train
    from deploy.triage.vocabulary import read

    parameters = Parameters()
    letters = read_labelled(paths)
    reads = read(rulebook, letters, parameters.longest)
    console.print(f"{len(letters)} letters, rulebook {rulebook.version}")
    columns = (TextColumn("fold"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("", total=parameters.folds)
        proposals = cross_validated(rulebook, reads, parameters, lambda: progress.advance(task))
    figures = quality(list(zip(letters, proposals, strict=True))).figures()
    record = TrainingRecord(
        trained_at=now, letters=len(letters), parameters=asdict(parameters), evaluation=figures
    )
    weights = train(rulebook, reads, parameters, version)
    return weights.model_copy(update={"training": record}), figures
