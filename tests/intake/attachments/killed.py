"""Finishes an upload in a process of its own, which kills itself at a named moment.

python -m tests.intake.attachments.killed WHEN ATTACHMENT UPLOADER < environment as JSON
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import Iterable, Iterator
from uuid import UUID

from services.intake.app import service
from services.intake.attachments.commands.completing import complete
from services.intake.attachments.parts import Upload
from services.intake.attachments.store import FileStore
from shared.clock import SimulatedClock
from shared.hosting import Host
from shared.identity import Actor, End, Role
from shared.messaging.in_process import InProcessTransport
from shared.settings import from_environment
from tests.stage import START


def end() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def torn(content: Iterable[bytes]) -> Iterator[bytes]:
    for number, some in enumerate(content):
        yield some
        if number == 1:
            end()


WRITE = FileStore.write


def while_written(store: FileStore, path: str, content: Iterable[bytes]) -> None:
    WRITE(store, path, torn(content))


def once_written(store: FileStore, path: str, content: Iterable[bytes]) -> None:
    WRITE(store, path, content)
    end()


def arrange(when: str) -> None:
    """Where the process ends."""
    if when == "afterwards":
        Upload.remove = lambda _: end()  # type: ignore[method-assign]
        return
    patched = {"writing": while_written, "written": once_written}[when]
    FileStore.write = patched  # type: ignore[method-assign]


async def main(when: str, attachment: UUID, uploader: UUID) -> None:
    settings = from_environment("intake", json.load(sys.stdin))
    host = await Host.open(service, settings, SimulatedClock(START), InProcessTransport())
    arrange(when)
    actor = Actor(id=uploader, end=End.OWNER, roles=frozenset({Role.OWNER}))
    await complete(host.runtime, actor, attachment)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], UUID(sys.argv[2]), UUID(sys.argv[3])))
