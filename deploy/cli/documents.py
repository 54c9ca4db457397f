"""`liuduan documents`: the pages that are generated from the code."""

from __future__ import annotations

import sys

import typer

application = typer.Typer(help="Generated documents.", no_args_is_help=True)


@application.command()
def generate() -> None:
    """Write every generated document anew."""
    from deploy.documents.generating import write

    written = write()
    for path in written:
        print(f"wrote {path.name}")
    print("everything is up to date" if not written else f"{len(written)} written")


@application.command()
def check() -> None:
    """Fail when a document says something else than the code."""
    from deploy.documents.generating import stale

    late = stale()
    if late:
        sys.exit("liuduan: out of date: " + ", ".join(sorted(path.name for path in late)))
    print("every generated document is up to date")
