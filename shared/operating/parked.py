"""Messages that could not be handled, until a person decides."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Annotated
from uuid import UUID

import typer

from shared.messaging import parked
from shared.messaging.parked import ParkedMessage
from shared.operating.transaction import in_transaction
from shared.settings import Settings

ParkedId = Annotated[UUID, typer.Argument(help="The id that `parked list` shows.")]


def list_open(services: Iterable[Settings]) -> None:
    """List the open parked messages."""
    found = [
        (settings.service, message)
        for settings in services
        for message in in_transaction(settings, parked.list_parked)
    ]
    for service, message in found:
        typer.echo(_line(service, message))
    typer.echo(f"{len(found)} parked")


def show(settings: Settings, parked_id: UUID) -> None:
    """Show one message with its body and why it was parked."""
    message = in_transaction(settings, lambda session: parked.show_parked(session, parked_id))
    typer.echo(json.dumps(message, default=str, indent=2, ensure_ascii=False))


def replay(settings: Settings, parked_id: UUID) -> None:
    """Have the service's worker handle it again, from attempt one."""
    in_transaction(settings, lambda session: parked.ask_for_replay(session, parked_id))
    typer.echo("asked for; the worker takes it within a second")


def discard(settings: Settings, parked_id: UUID) -> None:
    """Give it up for good; the row stays for the record."""
    in_transaction(settings, lambda session: parked.discard(session, parked_id))
    typer.echo("discarded")


def _line(service: str, message: ParkedMessage) -> str:
    return (
        f"{service:8} {message.id} {message.parked_at:%Y-%m-%d %H:%M:%S} {message.type}"
        f" {message.handler or '-'} {message.error} attempts={message.attempts}"
        f" stack={message.stack_hash}"
    )
