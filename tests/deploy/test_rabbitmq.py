"""The private RabbitMQ: it comes back after a crash, and it never outlives its parent."""

from __future__ import annotations

from pathlib import Path

import aio_pika
import pytest

from deploy.embedded.rabbitmq import EmbeddedRabbitMQ
from tests.deploy import programs
from tests.deploy.processes import ends

pytestmark = [pytest.mark.rabbitmq, pytest.mark.crash]


async def _exchange(node: EmbeddedRabbitMQ, *, passive: bool) -> str:
    async with await aio_pika.connect(node.url) as connection:
        channel = await connection.channel()
        declared = await channel.declare_exchange("kept", durable=True, passive=passive)
        return declared.name


async def test_killed_with_everything_it_starts_again_on_its_data(tmp_path: Path) -> None:
    node = EmbeddedRabbitMQ(tmp_path)
    node.start()
    await _exchange(node, passive=False)
    node.stop()  # RabbitMQ 3.10 forgets what was declared in the moment before a kill
    node.start()
    first = node.pids
    node.kill()
    assert all(ends(pid) for pid in first)
    node.start()
    assert not set(first) & set(node.pids)
    assert await _exchange(node, passive=True) == "kept"
    last = node.pids
    node.stop()
    assert all(ends(pid) for pid in last)


def test_it_ends_with_its_parent(tmp_path: Path) -> None:
    parent = programs.started(programs.broker, tmp_path)
    with parent:
        pids = programs.told(parent)
        parent.kill()
        assert len(pids) == 3
        assert all(ends(pid) for pid in pids)
