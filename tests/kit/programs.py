"""The samples of the integration pages as what they are: programs of somebody else."""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path

from bench.processes import running
from deploy.embedded.processes import free_port
from tests.waiting import until

SAMPLES = Path(__file__).parents[2] / "docs" / "integration" / "samples"
COMMANDS: Mapping[str, Sequence[str]] = {"python": (sys.executable,), "node": ("node",)}
ENDING: Mapping[str, str] = {"python": "py", "node": "mjs"}


def command(language: str, name: str, *arguments: str) -> list[str]:
    program = SAMPLES / language / f"{name}.{ENDING[language]}"
    return [*COMMANDS[language], str(program), *arguments]


@dataclass
class Receiver:
    """The receiver of one language; what it stores lies in `folder` and outlives it."""

    language: str
    folder: Path
    settings: dict[str, str]
    program: str = "receiver"
    through: Sequence[str] = ()  # what the program is started through
    port: int = field(default_factory=free_port)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    @asynccontextmanager
    async def running(self) -> AsyncIterator[asyncio.subprocess.Process]:
        """From its first answer until the end of the block, which kills it."""
        log = self.folder / "receiver.log"
        environment = {"PATH": os.environ["PATH"], "PORT": str(self.port), "INBOX": str(self.inbox)}
        program = command(self.language, self.program)
        if self.through:
            program = [*self.through, *program[len(COMMANDS[self.language]) :]]
        async with running(program, environment | self.settings, log) as process:
            await until(lambda: listens(self.port, process, log))
            yield process
            process.kill()
            await process.wait()

    @property
    def inbox(self) -> Path:
        return self.folder / {"python": "inbox.db", "node": "inbox.jsonl"}[self.language]

    def stored(self) -> dict[str, str | None]:
        """What became of each delivery, by webhook-id, in the order of their arrival."""
        if not self.inbox.exists():
            return {}
        if self.language == "node":
            lines = [json.loads(line) for line in self.inbox.read_text().splitlines()]
            return {line["id"]: line.get("done") for line in lines}
        with closing(sqlite3.connect(self.inbox)) as inbox:
            return dict(inbox.execute("SELECT webhook_id, done FROM delivery ORDER BY rowid"))

    def times(self) -> dict[str, int]:
        """How often each delivery came, as the Python receiver counts."""
        with closing(sqlite3.connect(self.inbox)) as inbox:
            return dict(inbox.execute("SELECT webhook_id, times FROM delivery"))


async def listens(port: int, process: asyncio.subprocess.Process, log: Path) -> bool:
    assert process.returncode is None, f"it ended; see {log}"
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except ConnectionRefusedError:
        return False
    writer.close()
    return True
