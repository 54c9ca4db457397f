"""T24, P22: ten of the largest files at the same time."""

from __future__ import annotations

import asyncio
import json
import os
import sys

import pytest

from tests.house.source import CHECKOUT
from tests.intake.attachments.uploads import stored
from tests.intake.people import ANNA
from tests.stage import Stage

MOST = 200 * 1024 * 1024


@pytest.mark.parametrize("kind", ["IMAGE", "AUDIO"])
async def test_ten_at_once_cost_less_than_200_megabytes(stage: Stage, kind: str) -> None:
    """Beyond what the service takes with nothing to do; measured in a process of its own."""
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.intake.attachments.crowd", kind, str(ANNA.id)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=CHECKOUT,
    )
    told = json.dumps(dict(stage.host.runtime.settings.environment)).encode()
    said = (await child.communicate(told))[0].decode()
    assert child.returncode == 0, said
    unit = 1 if os.uname().sysname == "Darwin" else 1024
    assert int(said.rsplit("grown ", 1)[1]) * unit < MOST
    assert len(stored(stage)) == 11
