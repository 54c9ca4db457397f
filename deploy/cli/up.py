"""`liuduan up`: the whole system on this machine."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from deploy.embedded.system import System


def up(
    address: Annotated[str, typer.Option(help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The one port of everything.")] = 8000,
    demo_in_the_open: Annotated[
        bool, typer.Option("--demo-in-the-open", help="Let others reach it, simulators and all.")
    ] = False,
) -> None:
    """Start everything on this machine and serve until Ctrl-C."""
    from deploy.embedded.harmless import refuse_others, refuse_real_settings
    from deploy.embedded.landing import banner
    from deploy.embedded.postgres import EmbeddedPostgres, chosen_postgres
    from deploy.embedded.serving import one_machine
    from deploy.embedded.state import state_folder
    from deploy.embedded.supervisor import supervise

    refuse_real_settings(os.environ)
    if not demo_in_the_open:
        refuse_others(address)
    state = state_folder()
    postgres = chosen_postgres(state)
    kind = "embedded PostgreSQL" if isinstance(postgres, EmbeddedPostgres) else "your PostgreSQL"

    def ready(system: System, environment: Mapping[str, str]) -> None:
        typer.echo(banner(system, environment, f"{kind}, data in {state}"))

    supervise(one_machine(state, address, port, ready), postgres)
