"""Simulators and demo passwords never meet real data or other people."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest
from typer.testing import CliRunner

from deploy.cli import application
from deploy.demo.town import demo_town
from deploy.embedded.failures import EmbeddedFailure, NotOurs, OpenToOthers, RealSettings
from deploy.embedded.harmless import REAL, refuse_others
from deploy.embedded.servers import PostgresServer
from deploy.simulators import SimulatorRefused
from shared.clock import SystemClock
from tests.environment import environment
from tests.servers import Databases

ORIGIN = {"LIUDUAN_PUBLIC_URL": "http://127.0.0.1:8000"}


@pytest.fixture
def foreign(postgres: Databases) -> PostgresServer:
    """The server of the run, as one that somebody else runs."""
    return PostgresServer(postgres.server.address)


@pytest.fixture
async def database(foreign: PostgresServer) -> AsyncIterator[str]:
    name = f"test_{uuid4().hex}"
    yield name
    await foreign.drop_database(name)


def _up(monkeypatch: pytest.MonkeyPatch, state: Path, *arguments: str) -> BaseException | None:
    monkeypatch.setenv("LIUDUAN_STATE", str(state))
    return CliRunner().invoke(application, ["up", *arguments]).exception


@pytest.mark.parametrize("name", REAL)
def test_real_settings_keep_the_embedded_mode_shut(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    monkeypatch.setenv(name, "given")
    refused = _up(monkeypatch, tmp_path / "state")
    assert isinstance(refused, RealSettings)
    assert name in str(refused)
    assert not (tmp_path / "state").exists()


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "192.0.2.7", "hub.example.org"])
def test_others_are_not_let_in_unasked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, address: str
) -> None:
    refused = _up(monkeypatch, tmp_path / "state", "--address", address)
    assert isinstance(refused, OpenToOthers)
    assert "--demo-in-the-open" in str(refused)


def test_asked_for_it_goes_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As far as the next refusal, so that no system is started here."""

    def reached(_: Path) -> PostgresServer:
        raise EmbeddedFailure("reached")

    monkeypatch.setattr("deploy.embedded.postgres.chosen_postgres", reached)
    arguments = ("--address", "0.0.0.0", "--demo-in-the-open")
    assert str(_up(monkeypatch, tmp_path / "state", *arguments)) == "reached"


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.2", "::1", "localhost"])
def test_this_machine_may(address: str) -> None:
    refuse_others(address)


async def test_an_empty_database_is_marked_and_stays_ours(
    foreign: PostgresServer, database: str
) -> None:
    await foreign.claim_database(database)
    connection = await asyncpg.connect(foreign.url(database))
    await connection.execute("CREATE TABLE complaint (id int)")
    await connection.close()
    await foreign.claim_database(database)


async def test_a_database_with_other_data_is_left_alone(
    foreign: PostgresServer, database: str
) -> None:
    await foreign.create_database(database)
    connection = await asyncpg.connect(foreign.url(database))
    await connection.execute("CREATE TABLE complaint (id int)")
    await connection.close()
    with pytest.raises(NotOurs, match=database):
        await foreign.claim_database(database)


def test_the_town_stands_in_the_embedded_mode() -> None:
    assert demo_town(environment(**ORIGIN), SystemClock()).mounts()


@pytest.mark.parametrize("value", ["", "0", "yes"])
def test_the_town_is_not_built_anywhere_else(value: str) -> None:
    with pytest.raises(SimulatorRefused):
        demo_town(environment(**ORIGIN, LIUDUAN_EMBEDDED=value), SystemClock())
