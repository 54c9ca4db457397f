"""Small programs that the tests start as real processes, to kill them as real processes die."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from deploy.embedded.postgres import EmbeddedPostgres
from deploy.embedded.rabbitmq import EmbeddedRabbitMQ
from deploy.embedded.servers import PostgresServer
from deploy.embedded.supervisor import supervise

CHECKOUT = Path(__file__).resolve().parents[2]


def started(program: Callable[[Path], None], folder: Path) -> subprocess.Popen[str]:
    """A process that runs `program`; it tells on its output when it is up."""
    return subprocess.Popen(
        [sys.executable, "-m", __name__, program.__name__, str(folder)],
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        text=True,
    )


def told(process: subprocess.Popen[str]) -> list[int]:
    """The process ids on the next line of its output."""
    assert process.stdout is not None
    return [int(word) for word in process.stdout.readline().split()]


def system(folder: Path) -> None:
    """A supervised system that has nothing to do."""
    postgres = EmbeddedPostgres(folder, durable=False)

    async def main(server: PostgresServer, stopping: asyncio.Event) -> None:
        _tell(postgres.pid)
        await stopping.wait()
        _tell(postgres.pid)

    supervise(main, postgres)


def broker(folder: Path) -> None:
    """A parent that starts RabbitMQ and waits to be killed."""
    node = EmbeddedRabbitMQ(folder)
    node.start()
    _tell(*node.pids)
    sys.stdin.read()


def _tell(*pids: int) -> None:
    sys.stdout.write(" ".join(map(str, pids)) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    {"system": system, "broker": broker}[sys.argv[1]](Path(sys.argv[2]))
