"""`liuduan demo`: the main stories, or a whole file of letters, on a world of its own."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from deploy.demo.counting import Tally

Letters = Annotated[
    Path | None,
    typer.Option(exists=True, dir_okay=False, help="A file of {title, text} lines to be filed."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object as the last line.")]


def demo(letters: Letters = None, as_json: AsJson = False) -> None:
    """Play the stories W1 to W4 on the terminal, or file the letters of a file."""
    from deploy.cli.demo_letters import show_letters
    from deploy.cli.demo_stories import show_stories
    from deploy.demo.ephemeral import ThrowAway

    show = show_stories if letters is None else lambda *place: show_letters(letters, *place)
    with ThrowAway() as (postgres, state):
        tally: Tally = asyncio.run(show(postgres, state))
    if as_json:
        print(json.dumps(tally.as_json(), ensure_ascii=False))
