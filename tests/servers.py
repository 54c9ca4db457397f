"""The servers of a test run: PostgreSQL on first use, RabbitMQ beside the tests when wanted."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from uuid import uuid4

from sqlalchemy import MetaData
from sqlalchemy.ext.asyncio import create_async_engine

from deploy.embedded import rabbitmq
from deploy.embedded.postgres import EmbeddedPostgres
from deploy.embedded.rabbitmq import EmbeddedRabbitMQ

Schema = MetaData | Callable[[str], Awaitable[None]]

DROP_AT_ONCE = 20


class Databases:
    """Fresh databases, each a copy of a template that is made once per schema."""

    def __init__(self, server: EmbeddedPostgres) -> None:
        self.server = server
        self._templates: dict[int, tuple[Schema, str]] = {}
        self._used: list[str] = []
        self._finished: list[str] = []

    async def fresh_database(self, schema: Schema | None = None) -> str:
        """The address of a new database with the tables of `schema`.

        `schema` is a MetaData, or an async function that migrates the database of a given address.
        Pass the same object each time: the template belongs to it.
        """
        await self._drop_finished()
        template = await self._template(schema) if schema is not None else "template0"
        name = await self._create(template)
        self._used.append(name)
        return self.server.url(name)

    def mark(self) -> int:
        return len(self._used)

    def finish_since(self, mark: int) -> None:
        """What was made after `mark` is no longer needed."""
        self._finished.extend(self._used[mark:])
        del self._used[mark:]

    async def _template(self, schema: Schema) -> str:
        if id(schema) not in self._templates:
            name = await self._create("template0")
            await _build(schema, self.server.url(name))
            self._templates[id(schema)] = schema, name
        return self._templates[id(schema)][1]

    async def _create(self, template: str) -> str:
        name = f"test_{uuid4().hex}"
        await self.server.create_database(name, template)
        return name

    async def _drop_finished(self) -> None:
        if len(self._finished) < DROP_AT_ONCE:
            return
        for name in self._finished:
            await self.server.drop_database(name)
        self._finished.clear()


class Servers:
    """What this run has started; everything lies in one folder of the system's temporary place."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="liuduan-tests-"))
        self._folder.chmod(0o711)
        self._postgres: EmbeddedPostgres | None = None
        self._rabbitmq: EmbeddedRabbitMQ | None = None

    def postgres(self) -> EmbeddedPostgres:
        if self._postgres is None:
            self._postgres = EmbeddedPostgres(self._folder, durable=False)
            self._postgres.start()
        return self._postgres

    def launch_rabbitmq(self) -> None:
        """Begin to start it while other tests run; `amqp_url` waits for the rest."""
        if self._rabbitmq is None and not _external_amqp():
            self._rabbitmq = EmbeddedRabbitMQ(self._folder / "rabbitmq")
            self._rabbitmq.launch()

    def amqp_url(self) -> str:
        if url := _external_amqp():
            return url
        self.launch_rabbitmq()
        assert self._rabbitmq is not None
        self._rabbitmq.wait_until_ready()
        return self._rabbitmq.url

    def stop(self) -> None:
        for server in (self._rabbitmq, self._postgres):
            if server is not None:
                server.stop()
        shutil.rmtree(self._folder, ignore_errors=True)


def rabbitmq_available() -> bool:
    return bool(_external_amqp()) or rabbitmq.is_installed()


def node_available() -> bool:
    return shutil.which("node") is not None


def letters_folder() -> Path | None:
    """The public letters that are read from outside the project, where somebody has them."""
    named = os.environ.get("LIUDUAN_LETTERS")
    folder = Path(named) if named else Path(__file__).parents[2] / "shared" / "data"
    return folder if (folder / "letters-labelled.jsonl").is_file() else None


def _external_amqp() -> str:
    return os.environ.get("LIUDUAN_TEST_AMQP_URL", "")


async def _build(schema: Schema, url: str) -> None:
    if not isinstance(schema, MetaData):
        await schema(url)
        return
    engine = create_async_engine(url.replace("postgresql://", "postgresql+asyncpg://", 1))
    async with engine.begin() as connection:
        await connection.run_sync(schema.create_all)
    await engine.dispose()
