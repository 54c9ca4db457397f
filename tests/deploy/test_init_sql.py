"""`deploy/postgres/init.sql` on a real server: four databases, and no way from one to another."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from deploy.embedded.binaries import postgres_binaries
from deploy.embedded.keys import SERVER_PASSWORDS
from deploy.embedded.postgres import EmbeddedPostgres
from tests.house.source import CHECKOUT

SERVICES = ("intake", "routing", "survey", "notify")
PASSWORDS = {name: make() for name, make in SERVER_PASSWORDS.items()}


@pytest.fixture(scope="module")
def host(state_of_the_module: Path) -> Iterator[str]:
    server = EmbeddedPostgres(state_of_the_module, durable=False)
    server.start()
    script = CHECKOUT / "deploy" / "postgres" / "init.sql"
    psql = Path(postgres_binaries()) / "psql"
    subprocess.run(
        [psql, server.url("postgres"), "--quiet", f"--file={script}"],
        env=os.environ | PASSWORDS,
        check=True,
    )
    yield server.address.rpartition("@")[2]
    server.stop()


def _address(host: str, user: str, database: str) -> str:
    password = PASSWORDS[f"LIUDUAN_{user.upper()}_DATABASE_PASSWORD"]
    return f"postgresql://liuduan_{user}:{password}@{host}/{database}"


@pytest.mark.parametrize("user", SERVICES)
async def test_a_service_owns_its_database(host: str, user: str) -> None:
    connection = await asyncpg.connect(_address(host, user, f"liuduan_{user}"))
    await connection.execute("CREATE TABLE mine (id int)")
    await connection.execute("CREATE EXTENSION pg_trgm")
    await connection.close()


@pytest.mark.parametrize("user", SERVICES)
async def test_a_service_cannot_open_another_database(host: str, user: str) -> None:
    others = [f"liuduan_{service}" for service in SERVICES if service != user]
    for database in (*others, "postgres"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await asyncpg.connect(_address(host, user, database))
