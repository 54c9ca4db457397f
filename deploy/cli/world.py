"""The services a command works on: those of the environment, else those of the embedded mode."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from shared.messaging.transport import SERVICES
from shared.settings import Settings, from_environment

ADDRESSES = ("LIUDUAN_DATABASE_URL", *(f"LIUDUAN_{each.upper()}_DATABASE_URL" for each in SERVICES))


@contextmanager
def known_services() -> Iterator[dict[str, Settings]]:
    """Settings by service. A database that the environment names is the only thing used then:
    nothing is started, made or written down."""
    if any(os.environ.get(name) for name in ADDRESSES):
        yield _settings(os.environ)
        return
    with _embedded_world() as environment:
        yield _settings(environment)


def _settings(environment: Mapping[str, str]) -> dict[str, Settings]:
    return {service: from_environment(service, environment) for service in SERVICES}


@contextmanager
def _embedded_world() -> Iterator[Mapping[str, str]]:
    """Starts the embedded database if it rests."""
    from deploy.embedded.serving import embedded_environment
    from deploy.embedded.state import state_folder

    state = state_folder()
    with _embedded_postgres(state) as postgres:
        yield asyncio.run(embedded_environment(postgres, state))
