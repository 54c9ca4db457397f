"""`python -m services.<name> api|worker|migrate|seed`: one process of one service.

`parked …` and `audit …` are for its operator, in the same container and with the same settings.
"""

from __future__ import annotations

import sys
from collections.abc import Coroutine, Mapping
from types import MappingProxyType
from typing import Annotated, Any

import typer
import uvloop

from shared.clock import SystemClock
from shared.composition import choose_transport
from shared.definition import Definition
from shared.errors import DomainError
from shared.hosting import Host, run_api, run_worker
from shared.logs import configure_logs
from shared.migrating import upgrade
from shared.operating.words import audit_words, parked_words
from shared.settings import SettingMissing, from_environment

NO_MORE: Mapping[str, typer.Typer] = MappingProxyType({})


def main(definition: Definition, words: Mapping[str, typer.Typer] = NO_MORE) -> None:
    """`words` are the service's own."""
    application = commands(definition)
    for name, word in words.items():
        application.add_typer(word, name=name)
    try:
        application()
    except (SettingMissing, DomainError) as failure:
        sys.exit(f"{definition.name}: {failure}")


def commands(definition: Definition) -> typer.Typer:
    application = typer.Typer(
        help=definition.front.title, no_args_is_help=True, add_completion=False
    )

    @application.command()
    def api(
        address: Annotated[str, typer.Option(help="Where to listen.")] = "127.0.0.1",
        port: Annotated[int, typer.Option(help="The port to listen on.")] = 8000,
    ) -> None:
        """Answer requests until SIGTERM."""
        _with_host(definition, lambda host: run_api(host, address=address, port=port))

    @application.command()
    def worker(
        address: Annotated[str, typer.Option(help="Where to be watched.")] = "127.0.0.1",
        port: Annotated[
            int | None, typer.Option(help="Answer /health and /metrics there; default: nowhere.")
        ] = None,
    ) -> None:
        """Relay, consume, sweep and keep house until SIGTERM."""
        # without a broker its events would reach nobody
        from_environment(definition.name).text("AMQP_URL")
        _with_host(definition, lambda host: run_worker(host, address=address, port=port))

    @application.command()
    def migrate() -> None:
        """Bring the database to the newest revision."""
        upgrade(definition.migrations, from_environment(definition.name).database_url)

    @application.command()
    def seed() -> None:
        """Bring what every installation has, or in the embedded mode the demo world; repeatable."""
        _with_host(definition, lambda host: _seed(definition, host))

    application.add_typer(parked_words(definition.name), name="parked")
    application.add_typer(audit_words(definition.name), name="audit")
    return application


def _with_host(definition: Definition, work: Any) -> None:
    async def run() -> None:
        settings = from_environment(definition.name)
        configure_logs(settings)
        transport = choose_transport(settings)
        host = await Host.open(definition, settings, SystemClock(), transport)
        job: Coroutine[Any, Any, None] = work(host)
        try:
            await job
        finally:
            await transport.close()

    uvloop.run(run())


async def _seed(definition: Definition, host: Host) -> None:
    try:
        await definition.seed(host.runtime)
    finally:
        await host.stop()
