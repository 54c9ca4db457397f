"""Owners who file complaints over HTTP, and remember what they were promised.

A request whose outcome is unknown is sent again under the same Idempotency-Key. Some give up
instead; whether their complaint exists is unknown, and both is right.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field
from itertools import cycle
from uuid import UUID, uuid4

import httpx

from bench.world import World
from deploy.demo import world as demo

PER_SECOND = 12
GIVE_UP = 0.03  # of those whose first outcome is unknown
ASK_AGAIN = 0.1  # of those who got their receipt
PAUSE = 0.3  # seconds before the same request is sent again
TOKEN_LIFE = 300  # seconds

STORIES = (
    ("单元门禁坏了两周，物业说要等配件，一直没有人来修。", None),
    ("楼上装修，卫生间漏水，家里天花板已经发霉。", None),
    ("物业费涨价没有公示，业主群里也没有人解释收费依据。", None),
    ("小区电梯经常停运，老人上下楼很不方便。", None),
    ("有人拿走了楼道里的自行车，请处理。", "XX01"),  # a matter for the police (B02)
)


@dataclass
class Ledger:
    """What the clients know. `promised` maps an Idempotency-Key to the complaint of its 201."""

    promised: dict[str, UUID] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)
    refused: Counter[str] = field(default_factory=Counter)
    contradictions: list[str] = field(default_factory=list)
    retries: int = 0

    def note(self, key: str, complaint: UUID) -> None:
        """The same key must be answered with the same complaint, for ever."""
        if self.promised.setdefault(key, complaint) != complaint:
            self.contradictions.append(key)


class Load:
    """`file_until` starts requests at an even pace and returns when each has its outcome."""

    def __init__(self, world: World, seed: int) -> None:
        self.ledger = Ledger()
        self._world = world
        self._random = random.Random(seed)
        self._owners = cycle(demo.OWNERS)
        self._stories = cycle(STORIES)
        self._tokens: dict[UUID, tuple[float, str]] = {}

    async def file_until(self, ended: asyncio.Event) -> None:
        async with (
            httpx.AsyncClient(base_url=self._world.origin("intake"), timeout=10) as client,
            asyncio.TaskGroup() as group,
        ):
            while not ended.is_set():
                group.create_task(self._file(client))
                await asyncio.sleep(1 / PER_SECOND)

    async def _file(self, client: httpx.AsyncClient) -> None:
        owner, (text, category) = next(self._owners), next(self._stories)
        key = str(uuid4())
        words = f"{text}（{key[:8]}）"  # the same words again would join a case (X08)
        body = {"estate_id": str(owner.homes[0].estate.id), "text": words, "category": category}
        patient = self._random.random() >= GIVE_UP
        while not await self._settled(client, owner, key, body):
            if not patient:
                self.ledger.unknown.add(key)
                return
            self.ledger.retries += 1
            await asyncio.sleep(PAUSE)
        if self._random.random() < ASK_AGAIN:
            await self._settled(client, owner, key, body)

    async def _settled(
        self, client: httpx.AsyncClient, owner: demo.Owner, key: str, body: dict[str, str | None]
    ) -> bool:
        headers = {"Authorization": f"Bearer {self._token(owner)}", "Idempotency-Key": key}
        try:
            answer = await client.post("/intake/complaints", json=body, headers=headers)
        except httpx.TransportError:
            return False
        if answer.status_code == httpx.codes.CREATED:
            self.ledger.note(key, UUID(answer.json()["id"]))
            return True
        if answer.is_server_error:
            return False
        self.ledger.refused[f"{answer.status_code} {answer.json().get('code')}"] += 1
        return True

    def _token(self, owner: demo.Owner) -> str:
        now = asyncio.get_running_loop().time()
        issued, token = self._tokens.get(owner.id, (-TOKEN_LIFE, ""))
        if now - issued >= TOKEN_LIFE:
            token = self._world.owner_token(owner.id)
            self._tokens[owner.id] = now, token
        return token
