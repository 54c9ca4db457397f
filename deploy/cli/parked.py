"""`liuduan parked`: messages that could not be handled, until a person decides."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Annotated, TypeVar
from uuid import UUID

import typer
from sqlalchemy.ext.asyncio import AsyncSession

from shared.messaging import parked
from shared.messaging.transport import SERVICES

T = TypeVar("T")

application = typer.Typer(help="Messages that could not be handled.", no_args_is_help=True)

ServiceName = Annotated[str, typer.Argument(help="intake, routing, survey or notify")]
ParkedId = Annotated[UUID, typer.Argument(help="The id that `parked list` shows.")]


@application.command(name="list")
def list_all() -> None:
    """List the open parked messages of all services."""
    found = [(name, message) for name in SERVICES for message in _do(name, parked.list_parked)]
    for service, message in found:
        print(
            f"{service:8} {message.id} {message.parked_at:%Y-%m-%d %H:%M:%S} {message.type}"
            f" {message.handler or '-'} {message.error} attempts={message.attempts}"
            f" stack={message.stack_hash}"
        )
    print(f"{len(found)} parked")


@application.command()
def show(service: ServiceName, parked_id: ParkedId) -> None:
    """Show one message with its body and why it was parked."""
    message = _do(service, lambda session: parked.show_parked(session, parked_id))
    print(json.dumps(message, default=str, indent=2, ensure_ascii=False))


@application.command()
def replay(service: ServiceName, parked_id: ParkedId) -> None:
    """Have the service's worker handle it again, from attempt one."""
    _do(service, lambda session: parked.ask_for_replay(session, parked_id))
    print("asked for; the worker takes it within a second")


@application.command()
def discard(service: ServiceName, parked_id: ParkedId) -> None:
    """Give it up for good; the row stays for the record."""
    _do(service, lambda session: parked.discard(session, parked_id))
    print("discarded")


def _do(service: str, work: Callable[[AsyncSession], Awaitable[T]]) -> T:
    from deploy.cli.world import in_transaction

    return in_transaction(service, lambda session, _: work(session))
