"""Files a whole file of letters through the mini-program's door, as owners of the demo world."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import httpx

from deploy.demo import world
from deploy.demo.callers import Answer, Caller, owner
from deploy.demo.counting import WAITING, Tally, count, dispatcher, everything
from deploy.embedded.system import System

AT_ONCE = 16
LONGEST_TITLE = 100
LONGEST_TEXT = 5000


class NotALetter(ValueError):
    """A line of the file is no JSON object with `title` and `text`."""


@dataclass(frozen=True)
class Letter:
    title: str
    text: str


def read_letters(path: Path) -> list[Letter]:
    """Raises NotALetter with the number of the line. What is too long for the form is cut."""
    with path.open(encoding="utf-8") as lines:
        return [_letter(number, line) for number, line in enumerate(lines, 1) if line.strip()]


async def file_letters(
    system: System,
    client: httpx.AsyncClient,
    password: str,
    letters: Sequence[Letter],
    progress: Callable[[], None],
) -> Tally:
    """File all of them, let the dispatcher confirm what waits for a person, and count."""
    tally = Tally()
    started = perf_counter()
    work = iter(zip(letters, _places(client), strict=False))
    await asyncio.gather(*(_file_each(work, tally, progress) for _ in range(AT_ONCE)))
    tally.seconds = perf_counter() - started
    await system.settle()
    await accept_pending(dispatcher(client, password))
    await confirm_waiting(dispatcher(client, password))
    await system.settle()
    return await count(client, password, tally)


async def accept_pending(caller: Caller) -> int:
    """The dispatcher reads what the system does not accept by itself, and accepts it."""
    pending = await everything(caller, "/routing/pending-complaints")
    for complaint in pending:
        await caller.post(f"/routing/pending-complaints/{complaint['complaint_id']}/acceptance")
    return len(pending)


async def confirm_waiting(caller: Caller) -> int:
    """The dispatcher looks at what is not dispatched by itself, and dispatches it by the map."""
    waiting = await everything(caller, "/routing/cases", state=WAITING)
    for case in waiting:
        await caller.post(f"/routing/cases/{case['id']}/dispatch")
    return len(waiting)


Work = Iterator[tuple[Letter, tuple[Caller, Answer]]]


async def _file_each(work: Work, tally: Tally, progress: Callable[[], None]) -> None:
    for letter, (caller, place) in work:
        await caller.post("/intake/complaints", place | vars(letter))
        tally.filed += 1
        progress()


def _places(client: httpx.AsyncClient) -> Iterator[tuple[Caller, Answer]]:
    """Every home of every owner in turn, for ever."""
    homes = [
        (
            caller,
            {
                "estate_id": str(home.estate.id),
                "building_id": str(home.building.id),
                "house_id": str(home.house.id),
            },
        )
        for person in world.OWNERS
        for caller in [owner(client, person)]
        for home in person.homes
    ]
    return itertools.cycle(homes)


def _letter(number: int, line: str) -> Letter:
    try:
        content = json.loads(line)
        title, text = str(content["title"]), str(content["text"])
    except (ValueError, KeyError, TypeError):
        raise NotALetter(f"line {number}: expected an object with title and text") from None
    return Letter(_storable(title)[:LONGEST_TITLE], _storable(text)[:LONGEST_TEXT] or title)


def _storable(text: str) -> str:
    return text.replace("\x00", "").strip()
