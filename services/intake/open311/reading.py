"""GET requests, a request, and a token."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from services.intake.open311.calling import Call
from services.intake.open311.domain.fields import Fields
from services.intake.open311.domain.moments import period
from services.intake.open311.domain.refusals import Refused, RequestUnknown, TokenUnknown
from services.intake.open311.domain.status import RequestStatus
from services.intake.open311.listing import Wanted, by_numbers, found, number_of
from services.intake.open311.showing import shown

Rows = list[dict[str, Any]]

MOST_DIGITS = 3  # of a page or its size: a list goes no deeper than that


async def requests(call: Call) -> Rows:
    """Ids override all other arguments; else what was requested within the period, newest first."""
    numbers = call.fields.many("service_request_id")
    if numbers:
        return await _by_numbers(call, numbers[: call.rulebook.open311.results_at_most])
    wanted = _wanted(call)
    async with call.runtime.database.transaction() as session:
        client = await call.client_if_any(session)
        rows = await found(session, call.rulebook, client, wanted)
        return await shown(session, call, client, rows)


async def request(call: Call, number: str) -> Rows:
    """Raises RequestUnknown."""
    rows = await _by_numbers(call, [number])
    if not rows:
        raise RequestUnknown
    return rows


async def token(call: Call, token: str) -> Rows:
    """Raises TokenUnknown."""
    try:
        complaint_id = UUID(token)
    except ValueError:
        raise TokenUnknown from None
    async with call.runtime.database.transaction() as session:
        number = await number_of(session, complaint_id)
    if number is None:
        raise TokenUnknown
    return [{"service_request_id": number, "token": token}]


async def _by_numbers(call: Call, numbers: Sequence[str]) -> Rows:
    async with call.runtime.database.transaction() as session:
        client = await call.client_if_any(session)
        rows = await by_numbers(session, call.rulebook, client, numbers)
        return await shown(session, call, client, rows)


def _wanted(call: Call) -> Wanted:
    """Raises Refused."""
    fields, facade = call.fields, call.rulebook.open311
    most = facade.results_at_most
    size = min(_whole(fields, "page_size", most), most)
    return Wanted(
        period=period(
            fields.one("start_date"), fields.one("end_date"), call.now, facade.longest_span
        ),
        services=fields.many("service_code"),
        states=_states(fields),
        offset=(_whole(fields, "page", 1) - 1) * size,
        limit=size,
    )


def _states(fields: Fields) -> list[RequestStatus]:
    try:
        return [RequestStatus(each.lower()) for each in fields.many("status")]
    except ValueError:
        raise Refused("status 只能是 open 或 closed。 status is open or closed.") from None


def _whole(fields: Fields, name: str, usual: int) -> int:
    said = fields.one(name)
    if said is None:
        return usual
    if not (len(said) <= MOST_DIGITS and said.isascii() and said.isdigit() and int(said) > 0):
        raise Refused(f"{name} 须为正整数。 {name} must be a positive integer.")
    return int(said)
