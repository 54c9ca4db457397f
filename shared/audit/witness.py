"""Checkpoints kept outside the database: one JSON line each, in a file that only grows.

Put the folder on another disk or host. Whoever masters the database can shorten the log or restore
an older one together with its checkpoints; these lines then say that there was more.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from shared.audit.checkpoints import BadCheckpoint, Checkpoint, CheckpointSigner, checkpoint
from shared.database import Database


async def witness(
    database: Database, signer: CheckpointSigner, *, at: datetime, folder: Path | None
) -> Checkpoint | None:
    """Signs the end of the chain, commits, and then exports it; call it once a minute."""
    async with database.transaction() as session:
        signed = await checkpoint(session, signer, at=at)
    if signed is not None and folder is not None:
        await asyncio.to_thread(export, signed, folder)
    return signed


def export(signed: Checkpoint, folder: Path) -> None:
    """Appends to `<folder>/<log>.jsonl` and waits until it is on the disk."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{signed.log}.jsonl"
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o640)
    try:
        os.write(file, f"{signed.to_line()}\n".encode())
        os.fsync(file)
    finally:
        os.close(file)


def read_witness(path: Path) -> Iterator[Checkpoint]:
    """The checkpoints of one file. Raises BadCheckpoint with the number of the line."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                yield Checkpoint.from_line(line)
            except BadCheckpoint:
                raise BadCheckpoint(f"{path.name}, line {number}: no checkpoint") from None
