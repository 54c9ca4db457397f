"""A process that is killed while it finishes a file loses nothing and leaves nothing (SIGKILL)."""

from __future__ import annotations

import asyncio
import json
import signal
import sys

import pytest

from services.intake.attachments.cleaning import clean_once
from tests.house.source import CHECKOUT
from tests.intake.attachments.uploads import (
    begin,
    content_of,
    finish,
    large_jpeg,
    part,
    put,
    stored,
)
from tests.intake.people import ANNA, owner
from tests.stage import Stage


@pytest.mark.parametrize(
    ("when", "finished"), [("writing", False), ("written", False), ("afterwards", True)]
)
async def test_whoever_asks_again_gets_the_file(stage: Stage, when: str, finished: bool) -> None:
    content = large_jpeg()
    async with stage.client(owner(ANNA)) as anna:
        begun = await begin(anna, content)
        for number in (1, 2, 3):
            await put(anna, begun["id"], number, part(content, number))
        assert await _killed(stage, when, begun["id"]) == -signal.SIGKILL
        assert await stage.count("attachment", "state = 'READY'") == finished
        await clean_once(stage.host.runtime)
        answer = await finish(anna, begun["id"])
        assert (answer.status_code, answer.json()["state"]) == (200, "READY")
        assert (await content_of(anna, begun["id"])).startswith(b"\xff\xd8\xff")
    assert len(stored(stage)) == 1
    assert await stage.count("audit_entry", "action = 'attachment.finished'") == 1


async def _killed(stage: Stage, when: str, attachment: str) -> int | None:
    told = json.dumps(dict(stage.host.runtime.settings.environment)).encode()
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.intake.attachments.killed", when, attachment, str(ANNA.id)),
        stdin=asyncio.subprocess.PIPE,
        cwd=CHECKOUT,
    )
    await child.communicate(told)
    return child.returncode
