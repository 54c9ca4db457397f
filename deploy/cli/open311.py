"""`liuduan open311`: keys for systems that speak Open311."""

from __future__ import annotations

import typer

from deploy.cli.world import Service, known_services
from services.intake.open311 import keys

application = typer.Typer(help="Systems that speak Open311.", no_args_is_help=True)
key = typer.Typer(help="Their API keys.", no_args_is_help=True)
application.add_typer(key, name="key")


@application.callback()
def open311() -> None:
    """Systems that speak Open311."""


@key.command(help=keys.create.__doc__)
def create(name: keys.Name, hourly: keys.Hourly = None) -> None:
    with known_services() as services:
        keys.create(services[Service.INTAKE], name, hourly)


@key.command(name="list", help=keys.list_all.__doc__)
def list_all() -> None:
    with known_services() as services:
        keys.list_all(services[Service.INTAKE])


@key.command(help=keys.revoke.__doc__)
def revoke(client_id: keys.ClientId) -> None:
    with known_services() as services:
        keys.revoke(services[Service.INTAKE], client_id)
