"""`liuduan migrations`: the databases' shape."""

from __future__ import annotations

from typing import Annotated

import typer

application = typer.Typer(help="The databases' shape.", no_args_is_help=True)

ServiceName = Annotated[str, typer.Argument(help="intake, routing, survey or notify")]


@application.command()
def upgrade() -> None:
    """Bring the four databases to their newest revision."""
    from deploy.cli.world import migrated

    for service in migrated():
        print(f"{service} is up to date")


@application.command()
def revise(
    service: ServiceName, message: Annotated[str, typer.Argument(help="What changed.")]
) -> None:
    """Write a revision from the difference between the tables and the database."""
    from deploy.cli.world import revised

    revised(service, message)
