"""One process owns everything: however it ends, nothing stays behind (P1)."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from deploy.embedded.postgres import EmbeddedPostgres
from tests.deploy import programs
from tests.deploy.processes import ends


@pytest.fixture
def supervised(state: Path) -> Iterator[subprocess.Popen[str]]:
    process = programs.started(programs.system, state)
    with process:
        yield process
        process.kill()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_asked_to_stop_it_lets_the_work_finish_before_the_database_goes(
    supervised: subprocess.Popen[str], number: signal.Signals
) -> None:
    [database] = programs.told(supervised)
    supervised.send_signal(number)
    assert programs.told(supervised) == [database], "told by the work, after the signal"
    assert supervised.wait() == 0
    assert ends(database)


@pytest.mark.crash
def test_killed_it_leaves_no_database_behind_and_starts_again(
    supervised: subprocess.Popen[str], state: Path
) -> None:
    [database] = programs.told(supervised)
    supervised.kill()
    supervised.wait()
    assert ends(database)
    server = EmbeddedPostgres(state, durable=False)
    server.start()
    server.stop()


@pytest.mark.crash
def test_killed_together_with_its_database_it_starts_again(
    supervised: subprocess.Popen[str], state: Path
) -> None:
    [database] = programs.told(supervised)
    supervised.kill()
    supervised.wait()
    with suppress(ProcessLookupError):
        os.kill(database, signal.SIGKILL)
    server = EmbeddedPostgres(state, durable=False)
    server.start()
    assert server.pid != database
    server.stop()
