"""The services a command works on: those of the environment, else those of the embedded mode."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from typing import Annotated

import typer

from shared.settings import Settings, from_environment


class Service(StrEnum):
    INTAKE = "intake"
    ROUTING = "routing"
    SURVEY = "survey"
    NOTIFY = "notify"


ServiceName = Annotated[Service, typer.Argument(help="The service.", show_default=False)]
Services = Mapping[str, Settings]

DATABASES = (
    "LIUDUAN_DATABASE_URL",
    *(f"LIUDUAN_{service.name}_DATABASE_URL" for service in Service),
)


@contextmanager
def known_services() -> Iterator[Services]:
    """Settings by service.

    As soon as the environment names a database, it is all that counts: nothing is started, made or
    written down. Only without one the embedded world is used, and its database started if it rests.
    """
    if any(os.environ.get(name) for name in DATABASES):
        yield _settings(os.environ)
        return
    with _embedded_world() as environment:
        yield _settings(environment)


def _settings(environment: Mapping[str, str]) -> Services:
    return {service: from_environment(service, environment) for service in Service}


@contextmanager
def _embedded_world() -> Iterator[Mapping[str, str]]:
    from deploy.embedded.postgres import EmbeddedPostgres
    from deploy.embedded.serving import embedded_environment
    from deploy.embedded.state import state_folder

    state = state_folder()
    postgres = EmbeddedPostgres(state)
    with postgres.reached():
        yield asyncio.run(embedded_environment(postgres, state))
