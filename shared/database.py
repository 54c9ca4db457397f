"""One PostgreSQL database per service: transactions, table classes, and the pool of the hot paths.

Only `Database.transaction` commits. Mechanisms that add rows to every transaction (outbox, audit)
register a writer with `before_commit` and are woken with `after_commit`.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any, cast

import asyncpg
from sqlalchemy import DateTime, MetaData, event
from sqlalchemy.exc import DBAPIError, InterfaceError, InvalidatePoolError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from shared.bell import Bell

CONNECTION = {
    # compiling a plan takes longer than any statement of ours runs
    "jit": "off",
}
FAST_CONNECTION = {
    # a process that was stopped in the middle must not keep its rows from the others
    "idle_in_transaction_session_timeout": "15s",
    # a plan made while a table was empty is kept for ever: it must not read the table from end to
    # end once it is full; every statement of a hot path finds its rows by an index
    "enable_seqscan": "off",
}

# the second key keeps these names apart from advisory locks that somebody else takes
EXCLUSIVE = "SELECT pg_advisory_lock(hashtext('exclusive'), hashtext($1))"
EXCLUSIVE_NOW = "SELECT pg_try_advisory_lock(hashtext('exclusive'), hashtext($1))"
EXCLUSIVE_PATIENCE = 60.0  # seconds

Writer = Callable[[AsyncSession], Awaitable[None]]

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def new_table_base() -> type[SQLModel]:
    """A base class with a registry of its own, so that four services can live in one process."""

    class Table(SQLModel, registry=registry(metadata=MetaData(naming_convention=NAMING))):
        pass

    return Table


def moment(*, nullable: bool = False, **options: Any) -> Any:
    """A column for an instant; stored with its offset (`timestamptz`)."""
    if nullable:
        options.setdefault("default", None)
    return Field(sa_type=cast("Any", DateTime(timezone=True)), nullable=nullable, **options)


class Database:
    """`url` is `postgresql://user:password@host:port/name`."""

    def __init__(self, url: str, *, application: str = "liuduan", pool_size: int = 8) -> None:
        self._dsn = url.replace("postgresql+asyncpg://", "postgresql://", 1)
        self._application = application
        self._pool: asyncpg.Pool | None = None
        self._pool_lock = asyncio.Lock()
        self.engine: AsyncEngine = create_async_engine(
            self._dsn.replace("postgresql://", "postgresql+asyncpg://", 1),
            pool_size=pool_size,
            max_overflow=0,
            pool_timeout=2,
            hide_parameters=True,
            connect_args={"server_settings": CONNECTION | {"application_name": application}},
        )
        event.listen(self.engine.sync_engine, "checkout", _refuse_broken)
        self._sessions = async_sessionmaker(self.engine, expire_on_commit=False)
        self._bell = Bell(self._dsn)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """One unit of work: committed when the block ends, rolled back when it raises."""
        async with self._sessions() as session:
            session.info["database"] = self
            yield session
            await session.flush()
            for writer in _writers(session).values():
                await writer(session)
            await session.commit()
            for callback in session.info.get("after_commit", ()):
                callback()

    async def pool(self) -> asyncpg.Pool:
        """Plain driver connections, for the few statements that are measured as hot."""
        async with self._pool_lock:
            if self._pool is None:
                self._pool = await asyncpg.create_pool(
                    self._dsn,
                    min_size=1,
                    max_size=4,
                    reset=_nothing_to_reset,
                    server_settings=FAST_CONNECTION
                    | {"application_name": f"{self._application}-fast"},
                )
        return self._pool

    def ring(self, channel: str) -> None:
        """Wake whoever listens on `channel`, in any process; soon, and at no cost to the caller."""
        self._bell.ring(channel)

    async def listen(self, channel: str, callback: Callable[[], None]) -> asyncpg.Connection:
        """A connection of its own that calls back on every notification; the caller closes it."""
        connection = await asyncpg.connect(self._dsn)
        await connection.add_listener(channel, lambda *_: callback())
        return connection

    @asynccontextmanager
    async def exclusive(
        self, name: str, *, patience: float = EXCLUSIVE_PATIENCE
    ) -> AsyncIterator[None]:
        """Held by one process at a time, on a connection of its own and with no transaction open.

        Raises TimeoutError when others hold it for `patience` seconds, with 0 at once.
        """
        connection = await asyncpg.connect(self._dsn)
        try:
            if patience:
                await connection.execute(EXCLUSIVE, name, timeout=patience)
            elif not await connection.fetchval(EXCLUSIVE_NOW, name):
                raise TimeoutError
            yield
        finally:
            with suppress(TimeoutError):
                await connection.close(timeout=1)  # which lets go of the lock

    async def dispose(self) -> None:
        await self._bell.close()
        if self._pool is not None:
            await self._pool.close()
            self._pool = None
        await self.engine.dispose()


@asynccontextmanager
async def attempt(session: AsyncSession) -> AsyncIterator[None]:
    """A part of the transaction that is undone alone when it raises: its rows, and what the
    mechanisms have gathered in it.
    """
    before = {key: len(rows) for key, rows in _gathered(session).items()}
    try:
        async with session.begin_nested():
            yield
    except BaseException:  # house: edge — whatever it was, it goes on its way
        for key, rows in _gathered(session).items():
            del rows[before.get(key, 0) :]
        raise


def before_commit(session: AsyncSession, key: str, writer: Writer) -> None:
    """Run `writer` once, just before this transaction commits; a known `key` keeps its first."""
    _writers(session).setdefault(key, writer)


def after_commit(session: AsyncSession, callback: Callable[[], None]) -> None:
    """Run `callback` once this transaction is durable. It must not raise and must not wait."""
    callbacks: list[Callable[[], None]] = session.info.setdefault("after_commit", [])
    if callback not in callbacks:
        callbacks.append(callback)


def database_of(session: AsyncSession) -> Database:
    """The database that opened this transaction."""
    return cast("Database", session.info["database"])


def database_is_away(failure: BaseException) -> bool:
    """Did the connection fail, rather than the statement? Such work is waited out, not counted."""
    if isinstance(failure, DBAPIError):
        return bool(failure.connection_invalidated) or isinstance(failure, InterfaceError)
    return isinstance(
        failure,
        ConnectionError
        | socket.gaierror
        | PoolTimeoutError
        | asyncpg.InterfaceError
        | asyncpg.PostgresConnectionError
        | asyncpg.OperatorInterventionError,
    )


def _refuse_broken(connection: Any, *_: object) -> None:
    """The driver knows when the server has hung up; a ping for every transaction costs four trips.

    Raises InvalidatePoolError, upon which the pool lets go of the old ones and connects anew.
    """
    if connection.driver_connection.is_closed():
        raise InvalidatePoolError


async def _nothing_to_reset(_: asyncpg.Connection) -> None:
    """Nobody changes a pooled connection's settings; asking the server to reset costs a trip."""


def _writers(session: AsyncSession) -> dict[str, Writer]:
    return cast("dict[str, Writer]", session.info.setdefault("before_commit", {}))


def pending(session: AsyncSession, key: str) -> list[Any]:
    """Rows that a mechanism has gathered in this transaction and will write before it commits."""
    return _gathered(session).setdefault(key, [])


def _gathered(session: AsyncSession) -> dict[str, list[Any]]:
    return cast("dict[str, list[Any]]", session.info.setdefault("gathered", {}))
