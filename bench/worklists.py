"""`python -m bench.worklists [--seconds N]`: worklists with 10,000 and with 1,000,000 open cases.

Every desk asks for its list as it does all day: what is due first, a state, a grade, what is
overdue, by grade, the newest, a seldom flag; all through the API. A round asks everything once of
both backlogs in turn; what compares is the ratio of one question within one round. Among 10,000
cases some lists are shorter than a page, and their answers shorter; so the ratio is told twice, of
all questions and of those that fill a page of both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AsyncExitStack
from itertools import product
from statistics import median
from time import monotonic, perf_counter
from typing import Any
from uuid import uuid4

import httpx

from bench.backlog import named
from bench.backlogs import SIZES, both_backlogs
from bench.output import run, table
from shared.identity import Actor, End, Role, Scope
from shared.web.paging import USUAL

STREET, COMMUNITY = "421202001", "421202001003"
FEWEST = 5  # rounds


def _actor(end: End, role: Role, organisation: str, scope: Scope) -> Actor:
    unit = named(organisation)
    own = frozenset({unit}) if role is Role.SITE_OFFICE else frozenset()
    return Actor(
        id=uuid4(), end=end, roles=frozenset({role}), organisation_id=unit, scope=scope,
        session_id=uuid4(), interests=own,
    )  # fmt: skip


COMPANY = f"company {STREET}2"
ESTATES = frozenset(named(f"estate {STREET}2{number}") for number in range(1, 5))
DESKS: Mapping[str, Actor] = {
    "street": _actor(End.CENTRE, Role.DISPATCHER, f"street {STREET}", Scope(divisions=(STREET,))),
    "county": _actor(End.CENTRE, Role.DISPATCHER, "county", Scope(divisions=("421202",))),
    "city": _actor(End.CENTRE, Role.DISPATCHER, "city", Scope(divisions=("4212",))),
    "grid leader": _actor(
        End.GRID, Role.GRID_LEADER, f"community {COMMUNITY}", Scope(divisions=(COMMUNITY,))
    ),
    "grid worker": _actor(
        End.COMMUNITY,
        Role.GRID_WORKER,
        f"community {COMMUNITY}",
        Scope(grids=frozenset({f"{COMMUNITY}002"})),
    ),
    "site office": _actor(End.PROPERTY, Role.SITE_OFFICE, COMPANY, Scope(estates=ESTATES)),
    "department": _actor(End.DEPARTMENT, Role.DEPARTMENT_OFFICER, "department 4212023", Scope()),
}
QUESTIONS: Mapping[str, dict[str, str]] = {
    "due first": {},
    "to review": {"state": "RESULT_REVIEW"},
    "major": {"grade": "MAJOR"},
    "overdue": {"clock": "OVERDUE"},
    "by grade": {"sort": "GRADE"},
    "newest": {"sort": "ACCEPTED"},
    "supervised": {"supervised": "true"},
}
Round = dict[tuple[str, str, str], float]


async def measure(seconds: float) -> tuple[dict[str, Any], str]:
    async with both_backlogs() as backlogs, AsyncExitStack() as stack:
        clients = {
            (size, desk): await stack.enter_async_context(backlog.client(actor))
            for (size, backlog), (desk, actor) in product(backlogs.items(), DESKS.items())
        }
        full = await _full(clients)  # the first answers also pay for connections and caches
        rounds: list[Round] = []
        started = monotonic()
        while len(rounds) < FEWEST or monotonic() - started < seconds:
            rounds.append(await _round(clients, len(rounds)))
        counts = {size: await _counts(clients, size) for size in SIZES}
    return _figures(rounds, full, counts), _text(rounds, counts)


async def _round(clients: Mapping[tuple[str, str], httpx.AsyncClient], turn: int) -> Round:
    """Milliseconds by size, desk and question; the sizes take turns in going first."""
    sizes = list(SIZES)[:: -1 if turn % 2 else 1]
    return {
        (size, desk, question): await _asked(clients[size, desk], "/worklist", query)
        for (desk, (question, query)), size in product(product(DESKS, QUESTIONS.items()), sizes)
    }


async def _full(clients: Mapping[tuple[str, str], httpx.AsyncClient]) -> set[str]:
    """The questions that fill a page of both backlogs."""
    shortest: dict[str, int] = {}
    for (size, desk), (question, query) in product(clients, QUESTIONS.items()):
        answer = await clients[size, desk].get("/worklist", params=query)
        name = f"{desk}, {question}"
        lines = len(answer.raise_for_status().json()["items"])
        shortest[name] = min(lines, shortest.get(name, USUAL))
    return {name for name, lines in shortest.items() if lines == USUAL}


async def _asked(client: httpx.AsyncClient, path: str, query: Mapping[str, str]) -> float:
    started = perf_counter()
    answer = await client.get(path, params=query)
    taken = perf_counter() - started
    answer.raise_for_status()
    return taken * 1000


async def _counts(
    clients: Mapping[tuple[str, str], httpx.AsyncClient], size: str
) -> dict[str, float]:
    times = {
        desk: [await _asked(clients[size, desk], "/worklist/counts", {}) for _ in range(FEWEST)]
        for desk in DESKS
    }
    return {desk: median(each) for desk, each in times.items()}


def _ratios(rounds: list[Round], desk: str) -> Iterator[float]:
    """Of each question, the median over the rounds."""
    for question in QUESTIONS:
        yield median(
            each["large", desk, question] / each["small", desk, question] for each in rounds
        )


def _figures(
    rounds: list[Round], full: set[str], counts: Mapping[str, Mapping[str, float]]
) -> dict[str, Any]:
    by_question = {
        f"{desk}, {question}": round(ratio, 2)
        for desk in DESKS
        for question, ratio in zip(QUESTIONS, _ratios(rounds, desk), strict=True)
    }
    of_full = {name: ratio for name, ratio in by_question.items() if name in full}
    return {
        "rounds": len(rounds),
        "full_pages": _summed_up(of_full),
        "all": _summed_up(by_question),
        "ratios": by_question,
        "counts_ms": {desk: round(taken, 1) for desk, taken in counts["large"].items()},
    }


def _summed_up(ratios: Mapping[str, float]) -> dict[str, Any]:
    worst = max(ratios, key=lambda name: ratios[name])
    ratio = round(median(ratios.values()), 2)
    return {"questions": len(ratios), "ratio": ratio, "worst": ratios[worst], "which": worst}


def _text(rounds: list[Round], counts: Mapping[str, Mapping[str, float]]) -> str:
    head = ("median ms of a page", *(f"{size:,}" for size in SIZES.values()), "ratio",
            "worst question", "counts")  # fmt: skip
    rows = []
    for desk in DESKS:
        ratios = list(_ratios(rounds, desk))
        times = [
            median(each[size, desk, question] for each in rounds for question in QUESTIONS)
            for size in SIZES
        ]
        rows.append(
            (
                desk,
                *(f"{taken:.1f}" for taken in times),
                f"{median(ratios):.2f}",
                f"{max(ratios):.2f}",
                f"{counts['large'][desk]:.0f}",
            )
        )
    return table(head, rows)


if __name__ == "__main__":
    run(measure, always_json=True)
