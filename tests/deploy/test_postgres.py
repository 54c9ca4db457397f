"""The embedded PostgreSQL keeps what it was given, whatever happens to it (P1, P11)."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from deploy.embedded.failures import AlreadyRunning, OtherVersion
from deploy.embedded.postgres import EmbeddedPostgres, chosen_postgres
from deploy.embedded.servers import PostgresServer
from tests.deploy.processes import ends


@pytest.fixture
def server(state: Path) -> Iterator[EmbeddedPostgres]:
    server = EmbeddedPostgres(state, durable=False)
    server.start()
    yield server
    server.stop()


async def _write(server: EmbeddedPostgres, word: str) -> None:
    connection = await asyncpg.connect(server.url("postgres"))
    await connection.execute("CREATE TABLE IF NOT EXISTS words (word text)")
    await connection.execute("INSERT INTO words VALUES ($1)", word)
    await connection.close()


async def _words(server: EmbeddedPostgres) -> list[str]:
    connection = await asyncpg.connect(server.url("postgres"))
    words = [row["word"] for row in await connection.fetch("SELECT word FROM words")]
    await connection.close()
    return words


async def test_a_second_start_finds_data_and_address_of_the_first(state: Path) -> None:
    server = EmbeddedPostgres(state)
    server.start()
    await _write(server, "kept")
    address = server.address
    server.stop()
    again = EmbeddedPostgres(state)
    again.start()
    assert again.address == address
    assert await _words(again) == ["kept"]
    again.stop()


async def test_a_wrong_password_is_refused(server: EmbeddedPostgres) -> None:
    wrong = server.url("postgres").replace("postgresql://liuduan:", "postgresql://liuduan:x")
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(wrong)


def test_only_the_owner_can_read_the_password(server: EmbeddedPostgres, state: Path) -> None:
    assert (state / "postgres" / "password").stat().st_mode & 0o077 == 0


@pytest.mark.crash
async def test_a_killed_server_comes_back_with_its_data(state: Path) -> None:
    server = EmbeddedPostgres(state)
    server.start()
    await _write(server, "before the crash")
    first = server.pid
    os.kill(first, signal.SIGKILL)
    assert ends(first)
    server.revive()
    assert server.pid != first
    assert await _words(server) == ["before the crash"]
    server.stop()


def test_a_living_server_is_left_alone(server: EmbeddedPostgres) -> None:
    first = server.pid
    server.revive()
    assert server.pid == first


def test_a_note_whose_number_belongs_to_another_process_is_forgotten(state: Path) -> None:
    server = EmbeddedPostgres(state, durable=False)
    server.start()
    note = state / "postgres" / "data" / "postmaster.pid"
    lines = note.read_text().splitlines()
    server.stop()
    note.write_text("\n".join([str(os.getppid()), *lines[1:]]) + "\n")
    server.start()
    assert server.pid != os.getppid()
    server.stop()


def test_two_systems_cannot_share_a_folder(server: EmbeddedPostgres, state: Path) -> None:
    with pytest.raises(AlreadyRunning, match="LIUDUAN_STATE"):
        EmbeddedPostgres(state, durable=False).start()


def test_data_of_another_version_is_refused_and_not_touched(state: Path) -> None:
    server = EmbeddedPostgres(state, durable=False)
    server.start()
    server.stop()
    version = state / "postgres" / "data" / "PG_VERSION"
    version.write_text("9\n")
    with pytest.raises(OtherVersion, match="PostgreSQL 9"):
        server.start()
    server.stop()
    assert version.read_text() == "9\n"


def test_a_half_made_cluster_is_made_again(state: Path) -> None:
    draft = state / "postgres" / "data.new"
    draft.mkdir(parents=True)
    (draft / "PG_VERSION").write_text("")
    server = EmbeddedPostgres(state, durable=False)
    server.start()
    server.stop()
    assert not draft.exists()


def test_a_server_named_by_the_environment_is_used_and_nothing_is_started(
    state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIUDUAN_DATABASE_URL", "postgresql://somebody@db.example:5432/")
    chosen = chosen_postgres(state)
    assert type(chosen) is PostgresServer
    assert chosen.url("liuduan_intake") == "postgresql://somebody@db.example:5432/liuduan_intake"
    monkeypatch.delenv("LIUDUAN_DATABASE_URL")
    assert isinstance(chosen_postgres(state), EmbeddedPostgres)


def test_a_name_that_is_not_a_plain_word_never_reaches_the_server() -> None:
    with pytest.raises(ValueError, match="not a database name"):
        PostgresServer("postgresql://db.example").url('x"; DROP DATABASE y')
