"""`liuduan parked`: messages that could not be handled, in whichever service."""

from __future__ import annotations

import typer

from deploy.cli.world import ServiceName, known_services
from shared.operating import parked
from shared.operating.parked import ParkedId

application = typer.Typer(help="Messages that could not be handled.", no_args_is_help=True)


@application.command(name="list", help=parked.list_open.__doc__)
def list_open() -> None:
    with known_services() as services:
        parked.list_open(services.values())


@application.command(help=parked.show.__doc__)
def show(service: ServiceName, parked_id: ParkedId) -> None:
    with known_services() as services:
        parked.show(services[service], parked_id)


@application.command(help=parked.replay.__doc__)
def replay(service: ServiceName, parked_id: ParkedId) -> None:
    with known_services() as services:
        parked.replay(services[service], parked_id)


@application.command(help=parked.discard.__doc__)
def discard(service: ServiceName, parked_id: ParkedId) -> None:
    with known_services() as services:
        parked.discard(services[service], parked_id)
