"""Fetches orders from the hotline, one page after the other; a bad one does not stop the others."""

from __future__ import annotations

import asyncio
import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

from pydantic import ValidationError
from sqlalchemy import case, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from structlog import get_logger

from services.intake.channels.hotline.importing import import_order
from services.intake.channels.hotline.schemas import HotlineOrder
from services.intake.channels.hotline.sessions import acting_hotline
from services.intake.channels.hotline.wire import HotlinePull, HotlineUnclear, PulledPage
from services.intake.channels.tables import HotlineCursor, RefusedOrder
from shared.errors import DomainError, Unavailable
from shared.ids import new_id
from shared.runtime import Runtime

LEASE = timedelta(minutes=5)
POLL = 2.0  # seconds
MOST_PAGES = 50
SHORT = 300  # characters of what is wrong

logger = get_logger(__name__)


class OrderPuller:
    """`account` is whose orders they are; without a `source` there is nothing to fetch."""

    def __init__(self, runtime: Runtime, account: str, source: HotlinePull | None) -> None:
        self._runtime = runtime
        self._account = account
        self._actor = acting_hotline(account)
        self._source = source
        self._busy = asyncio.Lock()

    async def run(self) -> None:
        """Fetch until cancelled, as often as the rulebook says."""
        while True:
            await self.pump()
            await asyncio.sleep(POLL)

    async def pump(self) -> int:
        """Fetch if it is time; returns how many orders came."""
        if self._source is None:
            return 0
        async with self._busy:
            if not await self._begin():
                return 0
            try:
                return await self._fetch(self._source)
            finally:
                await self._end()

    async def _fetch(self, source: HotlinePull) -> int:
        came = 0
        for _ in range(MOST_PAGES):
            before = await self._cursor()
            page = await self._page(source, before)
            if page is None or not page.orders:
                break
            await self._take_page(page)
            came += len(page.orders)
            if page.following == before:
                break
            await self._remember(page.following)
        return came

    async def _page(self, source: HotlinePull, after: str | None) -> PulledPage | None:
        limit = self._runtime.rulebooks.in_force_at(self._now()).doors.hotline_pull_at_most
        try:
            return await source.page(after, limit)
        except HotlineUnclear as failure:
            logger.warning("hotline_unclear", error=str(failure))
            return None

    async def _take_page(self, page: PulledPage) -> None:
        """Of two wordings of an order the last: listed again, they would correct each other."""
        read = [_read(given) for given in page.orders]
        last = {
            order.order_number: place
            for place, order in enumerate(read)
            if isinstance(order, HotlineOrder)
        }
        for place, (given, order) in enumerate(zip(page.orders, read, strict=True)):
            if isinstance(order, ValidationError):
                fields = [".".join(map(str, each["loc"])) or "(body)" for each in order.errors()]
                await self._keep(given, "INVALID_FIELDS", "、".join(dict.fromkeys(fields)))
            elif last[order.order_number] == place:
                await self._take(given, order)

    async def _take(self, given: Any, order: HotlineOrder) -> None:
        """Raises what is no fault of the order: it is fetched again then."""
        try:
            await import_order(self._runtime, self._actor, order)
        except Unavailable:
            raise
        except DomainError as error:
            await self._keep(given, error.code, error.chinese)
        else:
            await self._settle(order.order_number)

    async def _keep(self, given: Any, code: str, detail: str) -> None:
        """For a person to look at; known again by its words."""
        id, now, detail = new_id(), self._now(), _storable(detail)
        body = json.dumps(given, ensure_ascii=False, sort_keys=True)
        row = {
            "id": id,
            "fingerprint": hashlib.sha256(body.encode(errors="replace")).hexdigest(),
            "order_number": _number_of(given),
            "code": code,
            "detail": detail,
            "body": self._runtime.cipher.encrypt(
                json.dumps(given), table="refused_order", row_id=id, column="body"
            ),
            "times": 1,
            "first_at": now,
            "last_at": now,
        }
        statement = insert(RefusedOrder).values(row)
        again = {
            "times": RefusedOrder.times + 1,
            "last_at": now,
            "code": code,
            "detail": detail,
            "settled_at": None,
        }
        statement = statement.on_conflict_do_update(index_elements=["fingerprint"], set_=again)
        async with self._runtime.database.transaction() as session:
            await session.execute(statement)

    async def _settle(self, number: str) -> None:
        """The hotline has put it right."""
        async with self._runtime.database.transaction() as session:
            await session.execute(
                update(RefusedOrder)
                .where(
                    col(RefusedOrder.order_number) == number,
                    col(RefusedOrder.settled_at).is_(None),
                )
                .values(settled_at=self._now())
            )

    async def _begin(self) -> bool:
        """Whether it is time and nobody else is at it; a lease is taken."""
        now = self._now()
        free = case(
            (col(HotlineCursor.claimed_until).is_(None), True),
            else_=col(HotlineCursor.claimed_until) < now,
        )
        first = insert(HotlineCursor).values(account=self._account, next_at=now)
        async with self._runtime.database.transaction() as session:
            await session.execute(first.on_conflict_do_nothing())
            taken = await session.execute(
                update(HotlineCursor)
                .where(
                    col(HotlineCursor.account) == self._account,
                    col(HotlineCursor.next_at) <= now,
                    free,
                )
                .values(claimed_until=now + LEASE)
                .returning(col(HotlineCursor.account))
            )
            return taken.scalar_one_or_none() is not None

    async def _end(self) -> None:
        now = self._now()
        pause = self._runtime.rulebooks.in_force_at(now).doors.hotline_pull
        await self._set(claimed_until=None, next_at=now + pause)

    async def _remember(self, cursor: str | None) -> None:
        await self._set(cursor=cursor)

    async def _set(self, **values: Any) -> None:
        async with self._runtime.database.transaction() as session:
            await session.execute(
                update(HotlineCursor)
                .where(col(HotlineCursor.account) == self._account)
                .values(**values)
            )

    async def _cursor(self) -> str | None:
        async with self._runtime.database.transaction() as session:
            return (await session.get_one(HotlineCursor, self._account)).cursor

    def _now(self) -> datetime:
        return self._runtime.clock.now()


def _read(given: Any) -> HotlineOrder | ValidationError:
    try:
        return HotlineOrder.model_validate(given)
    except ValidationError as error:
        return error


def _storable(text: str) -> str:
    """Names of fields are the hotline's own, and may be anything."""
    return text[:SHORT].encode(errors="replace").decode().replace("\x00", "")


def _number_of(given: Any) -> str | None:
    found = given.get("order_number") if isinstance(given, dict) else None
    return _storable(found)[:64] if isinstance(found, str) else None
