"""A worklist as a sheet, read and written in pieces: memory does not grow with its length.

Every piece has a transaction of its own; the keyset keeps what comes and goes meanwhile from
doubling a line.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col
from starlette.concurrency import run_in_threadpool

from services.routing.cases.queries import units_of
from services.routing.cases.submission import narrative_told
from services.routing.cases.tables import Assignment, Case, CaseComplaint
from services.routing.desks.domain.exporting import (
    HEADINGS,
    MOST_ROWS,
    Format,
    columns_for,
    masked_title,
)
from services.routing.desks.domain.filters import Sort, WorkFilter
from services.routing.desks.domain.policies import is_company_desk
from services.routing.desks.domain.words import CHANNELS, CLOCK_STATES
from services.routing.desks.queries import Key, key_of, worklist
from services.routing.desks.views import work_item
from services.routing.occasion import Occasion
from shared.contracts.vocabulary import Channel
from shared.sheets import XlsxWriter, csv_line, csv_lines
from shared.web.sheets import PIECE

ROWS_AT_ONCE = 1_000
SHEET = "工作列表"

Row = tuple[object, ...]


@dataclass(frozen=True)
class Export:
    """Who exports what; `on` belongs to the request, whose transaction has ended by then."""

    on: Occasion
    filters: WorkFilter
    sort: Sort

    @property
    def columns(self) -> tuple[str, ...]:
        return columns_for(company=is_company_desk(self.on.actor))

    @property
    def heading(self) -> list[str]:
        return [HEADINGS[name] for name in self.columns]


def exported(export: Export, format: Format) -> AsyncIterator[bytes]:
    """The bytes of the sheet; the act itself is on the audit log before the first of them."""
    facts = export.filters.model_dump(mode="json", exclude_defaults=True)
    details = {"format": format, "sort": export.sort, "filter": facts}
    export.on.audit("worklist.exported", "worklist", export.on.actor.id, details)
    return _csv(export) if format is Format.CSV else _xlsx(export)


async def _csv(export: Export) -> AsyncIterator[bytes]:
    yield b"".join(csv_lines(export.heading, ()))
    async for rows in _pieces(export):
        yield b"".join(map(csv_line, rows))


async def _xlsx(export: Export) -> AsyncIterator[bytes]:
    """The workbook grows on the disk; it can be sent only once it is complete."""
    book = XlsxWriter(SHEET, export.heading)
    async for rows in _pieces(export):
        await run_in_threadpool(_append, book, rows)
    with await run_in_threadpool(book.saved) as file:
        while piece := await run_in_threadpool(file.read, PIECE):
            yield piece


def _append(book: XlsxWriter, rows: Iterable[Row]) -> None:
    for row in rows:
        book.append(row)


async def _pieces(export: Export) -> AsyncIterator[Sequence[Row]]:
    after: Key | None = None
    for _ in range(0, MOST_ROWS, ROWS_AT_ONCE):
        async with export.on.runtime.database.transaction() as session:
            cases = await worklist(
                session,
                export.on.actor,
                export.filters,
                export.sort,
                after=after,
                limit=ROWS_AT_ONCE,
            )
            rows = await _rows(export, session, cases)
        yield rows
        if len(cases) < ROWS_AT_ONCE:
            return
        after = key_of(cases[-1], export.sort)


async def _rows(export: Export, session: AsyncSession, cases: Sequence[Case]) -> list[Row]:
    on = replace(export.on, session=session)
    units = await units_of(session, cases)
    titles = await _titles(on, cases) if "title" in export.columns else {}
    return [_row(on, export.columns, case, units.get(case.id, ()), titles) for case in cases]


def _row(
    on: Occasion,
    columns: Sequence[str],
    case: Case,
    units: Sequence[Assignment],
    titles: Mapping[UUID, str],
) -> Row:
    item = work_item(on, case, units)
    special = {
        "channel_name": CHANNELS[Channel(case.channel)],
        "clock_state_name": CLOCK_STATES[item.clock_state] if item.clock_state else None,
        "handler_name": item.handler.display_name if item.handler else None,
        "title": titles.get(case.id),
    }
    return tuple(special[name] if name in special else getattr(item, name) for name in columns)


async def _titles(on: Occasion, cases: Sequence[Case]) -> Mapping[UUID, str]:
    """Of the first complaint of each case, without what leads to a person."""
    hidden = {case.id for case in cases if case.confidential or case.anonymous}
    ids = [case.id for case in cases]
    first = await on.session.execute(
        select(CaseComplaint)
        .where(col(CaseComplaint.case_id).in_(ids))
        .ext(distinct_on(col(CaseComplaint.case_id)))
        .order_by(
            col(CaseComplaint.case_id),
            col(CaseComplaint.submitted_at),
            col(CaseComplaint.complaint_id),
        )
    )
    return {each.case_id: _title(on, each, each.case_id in hidden) for each in first.scalars()}


def _title(on: Occasion, complaint: CaseComplaint, hidden: bool) -> str:
    if hidden:
        return masked_title("", hidden=True)
    return masked_title(narrative_told(on, complaint).title, hidden=False)
