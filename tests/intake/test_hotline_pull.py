"""Orders that are fetched: page after page, and a bad one does not stop the others (B03)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx
import pytest

from deploy.simulators.faults import Fault
from services.intake.channels.hotline.pulling import OrderPuller
from services.intake.channels.hotline.wire import (
    HotlineUnclear,
    HotlineWire,
    HttpPull,
    PulledPage,
)
from shared.contracts.intake import ComplaintSubmitted, ComplaintSupplemented
from tests.intake.orders import CLIENT, KEY, fetch_orders, hotline_behind, named_order
from tests.intake.people import ANNA, owner
from tests.routing.drama import staff
from tests.stage import START, Stage

MINUTE = timedelta(minutes=1)


def numbered(number: int, **changes: Any) -> dict[str, Any]:
    return named_order(order_number=f"XN12345-{number:04d}", **changes)


async def refused(stage: Stage, account: str = "zhongzhi.shi", **query: str) -> list[Any]:
    async with stage.client(staff(account)) as desk:
        answer = await desk.get("/desk/refused-orders", params=query)
    assert answer.status_code == 200, answer.text
    found: list[Any] = answer.json()["items"]
    return found


async def test_orders_are_fetched_once_and_from_where_we_left_off(stage: Stage) -> None:
    """B03, B04: promised from the hotline's own acceptance."""
    simulator = await hotline_behind(stage)
    simulator.orders += [numbered(n) for n in range(3)]
    assert await fetch_orders(stage) == 3
    assert await fetch_orders(stage) == 0, "not before it is time again"
    simulator.orders.append(numbered(3))
    stage.clock.advance(MINUTE)
    assert await fetch_orders(stage) == 1
    said = await stage.said(ComplaintSubmitted)
    assert [each.complaint.external_number for each in said] == [
        f"XN12345-{n:04d}" for n in range(4)
    ]
    assert {each.promised_from for each in said} == {START - timedelta(minutes=5)}


async def test_an_order_pushed_and_fetched_is_one_complaint(stage: Stage) -> None:
    """B03."""
    simulator = await hotline_behind(stage)
    simulator.orders += [numbered(1), numbered(1), numbered(2)]
    await fetch_orders(stage)
    assert await stage.count("complaint") == 2


async def test_a_bad_order_is_kept_for_a_person_and_the_others_go_on(stage: Stage) -> None:
    """B03: with its error, and settled when the hotline has put it right."""
    simulator = await hotline_behind(stage)
    secret = "电话13900000042，楼道灯坏了很久没人修"
    simulator.orders += [
        numbered(1),
        numbered(2, reporter_mobile="12", text=secret),
        numbered(3, gossip="x"),
        "not even an order",
        {"order_number": "\ud800", "\x00": 1},
        numbered(4),
    ]
    assert await fetch_orders(stage) == 6
    assert await stage.count("complaint") == 2
    assert await stage.count("refused_order") == 4
    found = {each["order_number"]: each for each in await refused(stage)}
    assert found["XN12345-0002"]["code"] == "INVALID_MOBILE_NUMBER"
    assert found["XN12345-0002"]["text"] == "电话139****0042，楼道灯坏了很久没人修"
    assert (found["XN12345-0003"]["code"], found["XN12345-0003"]["detail"]) == (
        "INVALID_FIELDS",
        "gossip",
    )
    assert await stage.count("refused_order", "body LIKE '%13900000042%'") == 0
    simulator.orders.append(numbered(2, text=secret))
    stage.clock.advance(MINUTE)
    await fetch_orders(stage)
    assert "XN12345-0002" not in {each["order_number"] for each in await refused(stage)}
    (settled,) = await refused(stage, settled="true")
    assert settled["order_number"] == "XN12345-0002"
    assert await stage.count("complaint") == 3


async def test_the_centre_sees_refused_orders_and_streets_no_words(stage: Stage) -> None:
    simulator = await hotline_behind(stage)
    simulator.orders.append(numbered(1, reporter_mobile="12"))
    await fetch_orders(stage)
    (at_street,) = await refused(stage, "zhongzhi.wenquan")
    assert (at_street["code"], at_street["text"]) == ("INVALID_MOBILE_NUMBER", None)
    async with stage.client(staff("wuye.wenquan")) as company, stage.client(owner(ANNA)) as anna:
        for stranger in (company, anna):
            answer = await stranger.get("/desk/refused-orders")
            assert (answer.status_code, answer.json()["code"]) == (403, "CENTRE_DESKS_ONLY")


@pytest.mark.parametrize(
    ("status", "body"),
    [(500, "{}"), (200, "<html>"), (200, "[]"), (200, '{"orders": 1}'), (302, "{}")],
)
async def test_a_hotline_that_answers_nonsense_is_asked_again(
    stage: Stage, status: int, body: str
) -> None:
    simulator = await hotline_behind(stage)
    simulator.orders.append(numbered(1))
    simulator.script.add(Fault(call="orders", status=status, body=body))
    assert await fetch_orders(stage) == 0
    assert await stage.count("refused_order") == 0
    stage.clock.advance(MINUTE)
    assert await fetch_orders(stage) == 1


async def test_an_absent_hotline_is_no_failure_of_ours(stage: Stage) -> None:
    def gone(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("gone")

    wire = HotlineWire(CLIENT, [KEY], stage.clock, httpx.MockTransport(gone))
    with pytest.raises(HotlineUnclear):
        await HttpPull(wire, "http://hotline.test/orders").page(None, 1)
    assert (await wire.post("http://hotline.test/replies", "1", b"")).failure == "ConnectError"
    await wire.close()


class Standing:
    """A hotline that lists its last page again and again, two wordings of an order on it."""

    def __init__(self) -> None:
        self.asked: list[str | None] = []

    async def page(self, after: str | None, limit: int) -> PulledPage:
        self.asked.append(after)
        return PulledPage([numbered(1), numbered(1, text="更正：三楼的灯也坏了很久")], "1")


async def test_a_cursor_that_does_not_move_ends_the_round(stage: Stage) -> None:
    """B03: and what is listed again changes nothing."""
    source = Standing()
    puller = OrderPuller(stage.host.runtime, CLIENT, source)
    assert await puller.pump() == 4
    assert source.asked == [None, "1"]
    stage.clock.advance(MINUTE)
    assert await puller.pump() == 2
    assert await stage.count("complaint") == 1
    assert len(await stage.said(ComplaintSupplemented)) <= 1
