"""`liuduan migrations`: the databases' shape."""

from __future__ import annotations

from typing import Annotated

import typer

from deploy.cli.world import ServiceName, known_services

application = typer.Typer(help="The databases' shape.", no_args_is_help=True)


@application.command()
def upgrade() -> None:
    """Bring the four databases to their newest revision."""
    from deploy.embedded.system import DEFINITIONS
    from shared import migrating

    with known_services() as services:
        for definition in DEFINITIONS:
            migrating.upgrade(definition.migrations, services[definition.name].database_url)
            print(f"{definition.name} is up to date")


@application.command()
def revise(
    service: ServiceName, message: Annotated[str, typer.Argument(help="What changed.")]
) -> None:
    """Write a revision from the difference between the tables and the database."""
    from deploy.embedded.system import DEFINITIONS
    from shared import migrating

    definition = next(each for each in DEFINITIONS if each.name == service)
    with known_services() as services:
        url = services[service].database_url
        migrating.upgrade(definition.migrations, url)
        migrating.revise(definition.migrations, url, message)
