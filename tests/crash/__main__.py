"""`python -m tests.crash --seconds 60 [--seed 7]`: the crash test by hand, with its report."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from tests.crash.report import lines, verdict
from tests.crash.run import fresh_folder, run


def main(
    seconds: Annotated[float, typer.Option(help="How long the killing lasts at least.")] = 60,
    seed: Annotated[int | None, typer.Option(help="Repeat the run with this seed.")] = None,
    logs: Annotated[Path, typer.Option(help="Where the processes write.")] = Path(".crash-logs"),
) -> None:
    report = asyncio.run(run(seconds, fresh_folder(logs.absolute()), seed))
    for line in lines(report):
        typer.echo(line)
    if problems := verdict(report):
        typer.echo("FAILED: " + "; ".join(problems))
        raise typer.Exit(1)
    typer.echo("PASSED")


typer.run(main)
