"""A dispatcher's desk: sheets of rules go in, sets are activated and tried."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

import httpx

from services.routing.dispatching.domain.sheet import COLUMNS
from shared.identity import Actor
from shared.sheets import csv_lines
from tests.routing.drama import Drama, staff

COUNTY = staff("zhongzhi.xianan")
CITY = staff("zhongzhi.shi")
STREET = staff("zhongzhi.wenquan")
HEADER = [column.chinese for column in COLUMNS]

Row = Mapping[str, str]


def row(name: str = "规则", lead: str = "街道综治中心", reason: str = "值班", **cells: str) -> Row:
    """`cells` by the keys of the columns."""
    return {"name": name, "lead": lead, "reason": reason} | cells


NIGHT = row("夜间", "县级综治中心", "夜间由县级中心值班", times="22:00-06:00")


def csv(*rows: Row) -> bytes:
    cells = [[each.get(column.key, "") for column in COLUMNS] for each in rows]
    return b"".join(csv_lines(HEADER, cells))


async def upload(
    drama: Drama,
    content: bytes,
    actor: Actor = COUNTY,
    *,
    division: str | None = None,
    key: str = "",
) -> httpx.Response:
    query = {"division": division} if division else {}
    async with drama.client(actor) as client:
        return await client.post(
            "/dispatch-rules/imports",
            files={"file": ("规则.csv", content)},
            params=query,
            headers={"Idempotency-Key": key or str(uuid4())},
        )


async def drafted(drama: Drama, *rows: Row, actor: Actor = COUNTY) -> UUID:
    """A set of these rules that was taken; it is a draft."""
    answer = await upload(drama, csv(*rows), actor)
    assert answer.status_code == 201, answer.text
    return UUID(answer.json()["id"])


async def activated(
    drama: Drama, *rows: Row, actor: Actor = COUNTY, since: str | None = None
) -> UUID:
    """A set of these rules that holds from now on, or from `since`."""
    set_id = await drafted(drama, *rows, actor=actor)
    body = {"effective_from": since} if since else {}
    answer = await drama.send(actor, f"/dispatch-rules/{set_id}/activation", body)
    assert answer.status_code == 200, answer.text
    return set_id


async def lead_of(drama: Drama, case_id: UUID) -> Mapping[str, Any]:
    """The unit that leads now, as everybody reads it."""
    seen = await drama.see(CITY, f"/cases/{case_id}")
    found: Mapping[str, Any] = seen["handler"]
    return found
