"""What became of the complaints of a demonstration, asked over HTTP like everything else."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import httpx

from deploy.demo import world
from deploy.demo.callers import Answer, Caller, owner, staff

CITY_DISPATCHER = "zhongzhi.shi"
WAITING = "TO_DISPATCH"


@dataclass
class Tally:
    """`lost` are complaints that were answered 201 and are neither a case nor refused."""

    filed: int = 0
    seconds: float = 0.0
    graded: Counter[str] = field(default_factory=Counter)
    dispatched: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    unhandled: int = 0
    lost: int = 0

    @property
    def per_second(self) -> float:
        return round(self.filed / self.seconds, 1) if self.seconds else 0.0

    def as_json(self) -> Answer:
        return {
            "filed": self.filed,
            "graded": dict(self.graded),
            "dispatched": dict(self.dispatched),
            "refused": self.refused,
            "unhandled": self.unhandled,
            "lost": self.lost,
            "per_second": self.per_second,
        }


def dispatcher(client: httpx.AsyncClient, password: str) -> Caller:
    return staff(client, world.staff(CITY_DISPATCHER), password)


async def count(client: httpx.AsyncClient, password: str, tally: Tally) -> Tally:
    """Fill in what routing and intake say."""
    cases = await everything(dispatcher(client, password), "/routing/cases")
    tally.graded = Counter(str(case["grade"]) for case in cases)
    tally.dispatched = Counter(case["handler"]["end"] for case in cases if case["handler"])
    tally.unhandled = sum(case["handler"] is None for case in cases)
    tally.refused = await _refused(client)
    tally.lost = tally.filed - len(cases) - tally.refused
    return tally


async def everything(caller: Caller, path: str, **query: str) -> list[Answer]:
    """All pages of a list."""
    items: list[Answer] = []
    cursor: dict[str, str] = {}
    while True:
        page = await caller.get(path, limit="100", **query, **cursor)
        items += page["items"]
        if page["next"] is None:
            return items
        cursor = {"cursor": page["next"]}


async def _refused(client: httpx.AsyncClient) -> int:
    total = 0
    for person in world.OWNERS:
        refused = await everything(
            owner(client, person), "/intake/complaints", state="NOT_ACCEPTED"
        )
        total += len(refused)
    return total
