"""The bootstrap of the tests themselves: every test gets a database and a name of its own."""

from __future__ import annotations

import aio_pika
import asyncpg
import pytest
from sqlalchemy import Column, Integer, MetaData, Table

from tests.servers import Databases

METADATA = MetaData()
Table("numbers", METADATA, Column("value", Integer, primary_key=True))


@pytest.mark.parametrize("visit", ["first", "second"])
async def test_a_fresh_database_has_the_tables_and_no_rows(postgres: Databases, visit: str) -> None:
    connection = await asyncpg.connect(await postgres.fresh_database(METADATA))
    try:
        assert await connection.fetchval("SELECT count(*) FROM numbers") == 0, visit
        await connection.execute("INSERT INTO numbers VALUES (1)")
    finally:
        await connection.close()


async def test_a_function_may_build_the_template_and_does_it_once(postgres: Databases) -> None:
    built: list[str] = []

    async def migrate(url: str) -> None:
        built.append(url)
        connection = await asyncpg.connect(url)
        await connection.execute("CREATE TABLE words (word text)")
        await connection.close()

    first, second = [await postgres.fresh_database(migrate) for _ in range(2)]
    assert len(built) == 1
    assert len({first, second, *built}) == 3


@pytest.mark.rabbitmq
async def test_the_broker_of_the_run_takes_a_quorum_queue(amqp_url: str, namespace: str) -> None:
    async with await aio_pika.connect(amqp_url) as connection:
        channel = await connection.channel()
        queue = await channel.declare_queue(
            namespace, durable=True, arguments={"x-queue-type": "quorum"}
        )
        await channel.default_exchange.publish(aio_pika.Message(b"body"), namespace)
        message = await queue.get(timeout=30)
        assert message.body == b"body"
        await message.ack()
        await queue.delete(if_unused=False, if_empty=False)
