"""`parked …` and `audit …` of one service's command line."""

from __future__ import annotations

import typer

from shared.operating import audit, parked
from shared.operating.audit import Witness
from shared.operating.parked import ParkedId
from shared.settings import from_environment


def parked_words(service: str) -> typer.Typer:
    application = typer.Typer(help="Messages that could not be handled.", no_args_is_help=True)

    @application.command(name="list", help=parked.list_open.__doc__)
    def list_open() -> None:
        parked.list_open([from_environment(service)])

    @application.command(help=parked.show.__doc__)
    def show(parked_id: ParkedId) -> None:
        parked.show(from_environment(service), parked_id)

    @application.command(help=parked.replay.__doc__)
    def replay(parked_id: ParkedId) -> None:
        parked.replay(from_environment(service), parked_id)

    @application.command(help=parked.discard.__doc__)
    def discard(parked_id: ParkedId) -> None:
        parked.discard(from_environment(service), parked_id)

    return application


def audit_words(service: str) -> typer.Typer:
    application = typer.Typer(help="The audit log.", no_args_is_help=True)

    @application.callback()
    def audit_log() -> None:
        """The audit log."""

    @application.command(help=audit.verify.__doc__)
    def verify(witness: Witness = None) -> None:
        audit.verify([from_environment(service)], witness)

    return application
