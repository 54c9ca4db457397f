"""A whole file of letters through the owners' door: none is lost, none is left without a unit."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from itertools import islice
from pathlib import Path

import pytest

from deploy.demo.counting import Tally
from deploy.demo.ephemeral import running
from deploy.demo.letters import NotALetter, file_letters, read_letters
from deploy.embedded.processes import free_port
from shared.clock import BEIJING, SimulatedClock
from tests.journeys.backbone import at_rest
from tests.journeys.city import city_environment
from tests.journeys.expectations import assert_at_rest
from tests.servers import Databases

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=BEIJING)
MATTERS = (
    ("楼上噪音", "楼上晚上拖动椅子，声音比较大，影响休息。", "SMALL"),
    ("物业费争议", "物业费标准不清楚，收取物业费没有公示，希望说明。", "MEDIUM"),
    ("消防隐患", "楼道堆放杂物堵塞消防通道，灭火器过期，存在消防隐患。", "MAJOR"),
    ("小区门口打架", "小区门口打架斗殴，请马上处理。", "POLICE"),
    ("一件事情", "不知道该怎么说，总之就是不太舒心。", None),
)
OF_EACH = 6


@asynccontextmanager
async def filed(
    postgres: Databases, letters: Path, first: int | None = None
) -> AsyncIterator[Tally]:
    """What became of the letters of a file, in a city that knows nothing else."""
    port, done = free_port(), []
    keys = await city_environment(postgres, port)
    wanted = list(islice(read_letters(letters), first))
    async with running(keys, port, SimulatedClock(NOON)) as (system, client):
        password = keys["LIUDUAN_DEMO_PASSWORD"]
        tally = await file_letters(system, client, password, wanted, lambda: done.append(1))
        assert len(done) == tally.filed == len(wanted)
        assert_at_rest(await at_rest(system))
        yield tally


def thirty_letters(path: Path) -> Path:
    """Six letters of each matter; every one in its own words."""
    lines = [
        json.dumps({"title": title, "text": f"{text}（第{number}次反映）"}, ensure_ascii=False)
        for title, text, _ in MATTERS
        for number in range(1, OF_EACH + 1)
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


async def test_demo_letters_every_letter_is_a_case_or_refused(
    postgres: Databases, tmp_path: Path
) -> None:
    async with filed(postgres, thirty_letters(tmp_path / "letters.jsonl")) as tally:
        assert (tally.filed, tally.lost, tally.unhandled) == (len(MATTERS) * OF_EACH, 0, 0)
        assert tally.refused == OF_EACH, "a fight is for the police (T05)"
        assert tally.graded["SMALL"] >= OF_EACH
        assert tally.graded["MEDIUM"] >= OF_EACH
        assert tally.graded["MAJOR"] >= OF_EACH
        assert sum(tally.dispatched.values()) == tally.filed - tally.refused


def test_a_line_that_is_no_letter_is_named_by_its_number(tmp_path: Path) -> None:
    path = tmp_path / "letters.jsonl"
    path.write_text('{"title": "路灯", "text": "不亮"}\n{"title": "没有正文"}\n', encoding="utf-8")
    with pytest.raises(NotALetter, match="line 2"):
        read_letters(path)


@pytest.mark.letters
async def test_the_first_hundred_public_letters_are_all_handled(
    postgres: Databases, letters: Path
) -> None:
    async with filed(postgres, letters / "letters-labelled.jsonl", first=100) as tally:
        assert (tally.filed, tally.lost, tally.unhandled) == (100, 0, 0)
