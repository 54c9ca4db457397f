"""`liuduan triage`: teach the weights, try a change on past complaints, export corrections."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from shared.clock import BEIJING

application = typer.Typer(help="What proposes category and grade.", no_args_is_help=True)

LETTERS = "Labelled letters, one JSON object a line; may be given several times."
Letters = Annotated[list[Path], typer.Option(exists=True, dir_okay=False, help=LETTERS)]
Since = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="From this day on, in Beijing.")
]


@application.command()
def train(
    letters: Letters,
    out: Annotated[
        Path | None, typer.Option(help="Default: today's date, beside the newest rulebook.")
    ] = None,
) -> None:
    """Teach weights by labelled letters, and say how well they do on letters they did not see."""
    from deploy.cli.triage_training import trained

    with _plainly():
        trained(letters, out)


@application.command(name="try")
def try_out(
    rulebook: Annotated[
        str, typer.Option(help="The candidate: a folder, or a version on the shelf.")
    ] = "",
    model: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="Candidate weights.")
    ] = None,
    letters: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="Lines of {title, text}.")
    ] = None,
    since: Since = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object at the end.")] = False,
) -> None:
    """Show what a changed rulebook or changed weights would do to past complaints.

    Reads a file, or without one the complaints of routing's database. Nothing is changed.
    """
    from deploy.cli.triage_trying import tried

    with _plainly():
        figures = tried(rulebook, model, letters, _day(since))
    if as_json:
        print(json.dumps(figures, ensure_ascii=False))


@application.command()
def export(
    out: Annotated[Path, typer.Option(dir_okay=False, help="The file to write.")],
    reason: Annotated[str, typer.Option(help="What for; kept in the audit log.")],
    since: Since = None,
    confirmed: Annotated[
        bool, typer.Option("--confirmed", help="Closed cases that nobody corrected as well.")
    ] = False,
) -> None:
    """Write the officials' corrections as labelled letters, to train by.

    Phone, id, card and plate numbers are masked; confidential complaints are left out.
    """
    from deploy.cli.world import Service, known_services
    from deploy.triage.exporting import export_corrections

    with known_services() as services:
        written = export_corrections(
            services[Service.ROUTING], out, _day(since), reason=reason, confirmed=confirmed
        )
    print(f"{written} letters in {out}")


def _day(since: datetime | None) -> datetime | None:
    return since and since.replace(tzinfo=BEIJING)


@contextmanager
def _plainly() -> Iterator[None]:
    """What cannot be used is told in one line."""
    from deploy.triage.letters import NotALetter, TooFewLetters
    from shared.rulebook import NoRulebook, RulebookError

    try:
        yield
    except (NotALetter, TooFewLetters, NoRulebook, RulebookError) as error:
        sys.exit(f"liuduan: {error}")
    except ModuleNotFoundError as error:
        sys.exit(f"liuduan: {error.name} is not installed; training needs the development packages")
