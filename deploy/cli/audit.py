"""`liuduan audit`: whether the logs are whole."""

from __future__ import annotations

import typer

from deploy.cli.world import known_services
from shared.operating import audit
from shared.operating.audit import Witness

application = typer.Typer(help="The audit logs.", no_args_is_help=True)


@application.callback()
def audit_logs() -> None:
    """The audit logs."""


@application.command(help=audit.verify.__doc__)
def verify(witness: Witness = None) -> None:
    with known_services() as services:
        audit.verify(services.values(), witness)
