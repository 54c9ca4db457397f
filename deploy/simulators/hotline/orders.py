"""What a hotline has: orders to be fetched or pushed, and the replies it was given."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
from pydantic import AwareDatetime, BaseModel

from deploy.simulators.faults import Script
from shared.clock import Clock
from shared.ids import new_id
from shared.signatures import SharedSecret, sign, verify

TIMEOUT = httpx.Timeout(15, connect=3)


class ReceivedReply(BaseModel):
    """One reply, however often it was delivered."""

    webhook_id: str
    first_received_at: AwareDatetime
    times: int
    payload: Any


class PushAnswer(BaseModel):
    """What the hub said to an order."""

    status: int
    body: Any


@dataclass(frozen=True)
class Push:
    """Where orders are pushed; `transport` None is the network."""

    url: str
    account: str
    key: SharedSecret = field(repr=False)
    clock: Clock
    transport: httpx.AsyncBaseTransport | None = None

    async def send(self, order: Any) -> PushAnswer:
        """Once, signed. Raises httpx.HTTPError."""
        body = json.dumps(order, ensure_ascii=False).encode()
        signed = sign(body, id=str(new_id()), at=self.clock.now(), keys=[self.key])
        headers = {
            **signed,
            "liuduan-client": self.account,
            "content-type": "application/json",
        }
        async with httpx.AsyncClient(transport=self.transport, timeout=TIMEOUT) as client:
            answer = await client.post(self.url, content=body, headers=headers)
        return PushAnswer(status=answer.status_code, body=answer.json())


class Hotline:
    def __init__(self, key: SharedSecret, clock: Clock, push: Push) -> None:
        self.push = push
        self.script = Script()
        self.orders: list[Any] = []
        self._key = key
        self._clock = clock
        self._replies: dict[str, ReceivedReply] = {}

    def page(self, headers: Mapping[str, str], after: str | None, limit: int) -> dict[str, Any]:
        """The cursor is how many orders came before. Raises SignatureRejected."""
        verify(b"", headers, now=self._clock.now(), keys=[self._key])
        start = int(after) if after and after.isdecimal() else 0
        orders = self.orders[start : start + limit]
        return {"orders": orders, "next": str(start + len(orders))}

    def receive(self, body: bytes, headers: Mapping[str, str]) -> None:
        """Keeps a reply; a repeated one is only counted. Raises SignatureRejected."""
        now = self._clock.now()
        delivery = verify(body, headers, now=now, keys=[self._key])
        known = self._replies.get(delivery.id)
        if known:
            known.times += 1
            return
        self._replies[delivery.id] = ReceivedReply(
            webhook_id=delivery.id, first_received_at=now, times=1, payload=json.loads(body)
        )

    def replies(self, order_number: str | None) -> list[ReceivedReply]:
        """Oldest first; to one order, or to all."""
        every = self._replies.values()
        return [each for each in every if order_number in {None, each.payload["order_number"]}]
