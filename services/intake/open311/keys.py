"""API keys on the command line: made, listed, revoked."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import typer

from services.intake.open311 import clients
from shared.clock import BEIJING, SystemClock
from shared.operating.transaction import in_transaction
from shared.settings import Settings, from_environment

Name = Annotated[str, typer.Argument(help="Whose system it is.", show_default=False)]
Hourly = Annotated[
    int | None, typer.Option(min=1, help="Complaints an hour; default: the rulebook's.")
]
ClientId = Annotated[UUID, typer.Argument(help="The id that `list` shows.", show_default=False)]


def create(settings: Settings, name: str, hourly: int | None) -> None:
    """Make a key for a system; it is shown this once."""
    now = SystemClock().now()
    client, key = in_transaction(
        settings, lambda session: clients.create(session, name, hourly=hourly, at=now)
    )
    typer.echo(f"{client.id} {client.name}\napi_key {key}")


def list_all(settings: Settings) -> None:
    """List the systems that have or had a key."""
    for client in in_transaction(settings, clients.every):
        made = f"{client.created_at.astimezone(BEIJING):%Y-%m-%d}"
        state = "revoked" if client.revoked_at else "active"
        typer.echo(f"{client.id} {state:8} {made} {client.hourly or '-':>6} {client.name}")


def revoke(settings: Settings, client_id: UUID) -> None:
    """Take a key back; what was filed with it stays."""
    now = SystemClock().now()
    in_transaction(settings, lambda session: clients.revoke(session, client_id, at=now))
    typer.echo("revoked")


def words(service: str) -> typer.Typer:
    """The same in the container of the service itself."""
    application = typer.Typer(help="API keys of systems that speak Open311.", no_args_is_help=True)

    @application.command(name="create", help=create.__doc__)
    def make(name: Name, hourly: Hourly = None) -> None:
        create(from_environment(service), name, hourly)

    @application.command(name="list", help=list_all.__doc__)
    def show() -> None:
        list_all(from_environment(service))

    @application.command(name="revoke", help=revoke.__doc__)
    def take_back(client_id: ClientId) -> None:
        revoke(from_environment(service), client_id)

    return application
