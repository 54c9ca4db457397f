"""A log to write, seal and tamper with; shared by the tests of the audit log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import MetaData, text
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from shared.audit import (
    Checkpoint,
    CheckpointSigner,
    Report,
    add_tables,
    append,
    install_guards,
    seal_all,
    verify,
    witness,
)
from shared.database import Database
from shared.identity import Actor, End, Role, TrustedKey, TrustedKeys, new_signing_key, signing_key

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
METADATA = MetaData()
add_tables(METADATA)
PEM = new_signing_key()
TRUSTED = TrustedKeys([TrustedKey("audit-1", "routing", signing_key(PEM).public_key())])
SIGNER = CheckpointSigner(PEM, "audit-1", "routing")
DISPATCHER = Actor(id=uuid4(), end=End.CENTRE, roles=frozenset({Role.DISPATCHER}))


async def migrate(url: str) -> None:
    engine = create_async_engine(url.replace("postgresql://", "postgresql+asyncpg://", 1))
    async with engine.begin() as connection:
        await connection.run_sync(METADATA.create_all)
        await connection.run_sync(install_guards)
    await engine.dispose()


class Log:
    """The log of one service and the folder in which its checkpoints are witnessed."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database = database
        self.folder = folder
        self.now = NINE

    async def write(self, count: int) -> None:
        """`count` deeds, a second apart, in one transaction."""
        async with self.database.transaction() as session:
            for _ in range(count):
                self.now += timedelta(seconds=1)
                record(session, self.now)

    async def seal(self, batch: int = 500) -> int:
        return await seal_all(self.database, batch=batch)

    async def sign(self) -> Checkpoint | None:
        return await witness(self.database, SIGNER, at=self.now, folder=self.folder)

    async def verify(self, external: Sequence[Checkpoint] = ()) -> Report:
        async with self.database.transaction() as session:
            return await verify(session, TRUSTED, external)

    async def as_superuser(self, *statements: str, **values: Any) -> None:
        """What an intruder with all rights does: the guards do not run."""
        async with self.database.transaction() as session:
            await session.execute(text("SET LOCAL session_replication_role = replica"))
            for statement in statements:
                await session.execute(text(statement), values)


def record(session: AsyncSession, at: datetime, reason: str | None = None) -> None:
    append(
        session,
        actor=DISPATCHER,
        action="case.dispatched",
        subject_type="case",
        subject_id=uuid4(),
        at=at,
        details={"to": "消防", "grade": 2},
        reason=reason,
    )
