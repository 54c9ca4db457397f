"""The ledger as a sheet, read and written in pieces: memory does not grow with its length.

Every piece has a transaction of its own; the keyset keeps what comes meanwhile from doubling a
line.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.concurrency import run_in_threadpool

from services.intake.ledger.composing import composed
from services.intake.ledger.domain.filters import LedgerFilter
from services.intake.ledger.domain.lines import Cell, columns
from services.intake.ledger.queries import Key, entries
from shared import audit
from shared.identity import Actor
from shared.rulebook import Rulebook
from shared.runtime import Runtime
from shared.sheets import XlsxWriter, csv_line, csv_lines
from shared.web.sheets import PIECE

LINES_AT_ONCE = 500
SHEET = "诉求响应台账"

Row = Sequence[object]


class Format(StrEnum):
    XLSX = "xlsx"
    CSV = "csv"


@dataclass(frozen=True)
class Export:
    """Who exports what, by the rules in force when it was asked for."""

    runtime: Runtime
    actor: Actor
    filters: LedgerFilter
    rulebook: Rulebook

    @property
    def columns(self) -> Mapping[str, Cell]:
        return columns(self.rulebook)


def exported(export: Export, session: AsyncSession, format: Format) -> AsyncIterator[bytes]:
    """The bytes of the sheet; the act itself is on the audit log before the first of them."""
    audit.append(
        session,
        actor=export.actor,
        action="ledger.exported",
        subject_type="ledger",
        subject_id=export.actor.id,
        at=export.runtime.clock.now(),
        details={
            "format": format,
            "filter": export.filters.model_dump(mode="json", exclude_defaults=True),
        },
    )
    return _csv(export) if format is Format.CSV else _xlsx(export)


async def _csv(export: Export) -> AsyncIterator[bytes]:
    yield b"".join(csv_lines(list(export.columns), ()))
    async for rows in _pieces(export):
        yield b"".join(map(csv_line, rows))


async def _xlsx(export: Export) -> AsyncIterator[bytes]:
    """The workbook grows on the disk; it can be sent only once it is complete."""
    book = XlsxWriter(SHEET, list(export.columns))
    async for rows in _pieces(export):
        await run_in_threadpool(_append, book, rows)
    with await run_in_threadpool(book.saved) as file:
        while piece := await run_in_threadpool(file.read, PIECE):
            yield piece


def _append(book: XlsxWriter, rows: Iterable[Row]) -> None:
    for row in rows:
        book.append(row)


async def _pieces(export: Export) -> AsyncIterator[Sequence[Row]]:
    cells = list(export.columns.values())
    after: Key | None = None
    for _ in range(0, export.rulebook.following.ledger_lines_at_most, LINES_AT_ONCE):
        async with export.runtime.database.transaction() as session:
            found = await entries(
                session, export.actor, export.filters, after=after, limit=LINES_AT_ONCE
            )
            lines = await composed(session, export.rulebook, found)
        yield [[cell(line) for cell in cells] for line in lines]
        if len(found) < LINES_AT_ONCE:
            return
        last = found[-1][0]
        after = last.submitted_at, last.id
