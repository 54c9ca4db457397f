"""`liuduan owners`: what intake knows of the people who complain."""

from __future__ import annotations

import typer

from deploy.cli.world import Service, known_services
from services.intake.owners import telling_again

application = typer.Typer(help="Owners.", no_args_is_help=True)


@application.callback()
def owners() -> None:
    """Owners."""


@application.command(name="tell-again", help=telling_again.tell_again.__doc__)
def tell_again() -> None:
    with known_services() as services:
        telling_again.tell_again(services[Service.INTAKE])
