"""T1 and T4: processes and the broker die by SIGKILL under load; every 201 is kept."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from deploy.embedded.rabbitmq import is_installed
from tests.crash.report import lines, verdict
from tests.crash.run import run

SECONDS = float(os.environ.get("LIUDUAN_CRASH_SECONDS", "20"))


@pytest.mark.crash
@pytest.mark.rabbitmq
@pytest.mark.timeout(900)
@pytest.mark.skipif(not is_installed(), reason="a broker at an address cannot be killed")
async def test_every_promise_survives_random_kills(tmp_path: Path) -> None:
    """X36: lost 0, ghosts 0, doubled effects 0, audit chains whole, nothing parked."""
    report = await run(SECONDS, tmp_path)
    assert not verdict(report), "\n".join(lines(report))
