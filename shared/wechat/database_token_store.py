"""The access token in the service's database, so that all its processes use the same one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime

import asyncpg
from sqlalchemy import Row, text

from shared.database import EXCLUSIVE_PATIENCE, Database
from shared.privacy import FieldCipher
from shared.wechat.errors import STABLE_TOKEN, Unreachable
from shared.wechat.token_store import StoredToken
from shared.wechat.token_table import NAME

READ = text(f"SELECT value, expires_at, version, forced_at FROM {NAME} WHERE appid = :appid")
REPLACE = text(f"""
    INSERT INTO {NAME} AS held (appid, value, expires_at, version, forced_at)
    VALUES (:appid, :value, :expires_at, :version, :forced_at)
    ON CONFLICT (appid) DO UPDATE
    SET value = excluded.value, expires_at = excluded.expires_at,
        version = excluded.version, forced_at = excluded.forced_at
    WHERE held.version = excluded.version - 1
""")


class DatabaseTokenStore:
    """The token of one appid, as ciphertext (wechat.md 2, rule 1).

    While it is fetched, a lock of the database keeps other processes away. The lock belongs to a
    connection outside the pool: no transaction is open meanwhile, and a process that dies lets go.
    """

    def __init__(self, database: Database, cipher: FieldCipher, appid: str) -> None:
        self._database = database
        self._cipher = cipher
        self._appid = appid

    async def read(self) -> StoredToken | None:
        async with self._database.transaction() as session:
            row = (await session.execute(READ, {"appid": self._appid})).one_or_none()
        return None if row is None else self._opened(row)

    async def replace(self, fresh: StoredToken) -> StoredToken:
        async with self._database.transaction() as session:
            await session.execute(
                REPLACE,
                {
                    "appid": self._appid,
                    "value": self._cipher.encrypt(fresh.value, **self._place),
                    "expires_at": fresh.expires_at,
                    "version": fresh.version,
                    "forced_at": fresh.forced_at,
                },
            )
        return await self.read() or fresh

    @asynccontextmanager
    async def refreshing(self, *, wait: bool = True) -> AsyncIterator[None]:
        patience = EXCLUSIVE_PATIENCE if wait else 0
        async with AsyncExitStack() as held:
            try:
                await held.enter_async_context(
                    self._database.exclusive(self._name, patience=patience)
                )
            except (TimeoutError, OSError, asyncpg.PostgresError) as failure:
                raise Unreachable(STABLE_TOKEN, type(failure).__name__) from None
            yield

    @property
    def _name(self) -> str:
        return f"{NAME}:{self._appid}"

    @property
    def _place(self) -> dict[str, str]:
        return {"table": NAME, "row_id": self._appid, "column": "value"}

    def _opened(self, row: Row[str, datetime, int, datetime | None]) -> StoredToken:
        value, expires_at, version, forced_at = row
        return StoredToken(
            self._cipher.decrypt(value, **self._place), expires_at, version, forced_at
        )
