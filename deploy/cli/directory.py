"""`liuduan directory`: what routing knows of organisations, people and estates."""

from __future__ import annotations

import typer

from deploy.cli.world import Service, known_services
from services.routing.directory import telling_again

application = typer.Typer(help="Organisations, people and estates.", no_args_is_help=True)


@application.callback()
def directory() -> None:
    """Organisations, people and estates."""


@application.command(name="tell-again", help=telling_again.tell_again.__doc__)
def tell_again() -> None:
    with known_services() as services:
        telling_again.tell_again(services[Service.ROUTING])
