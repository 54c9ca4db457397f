"""Survey under a rulebook of which the plan of tenders is in force, or not yet."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from shutil import copytree

import pytest

from services.survey.app import service
from shared.rulebook import Rulebook, load_shelf
from tests.rulebook import COMMITTED
from tests.servers import Databases
from tests.stage import START, Stage, staged
from tests.survey.conftest import migrate


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """The committed rulebook with the switch turned on."""
    switches = copytree(COMMITTED, tmp_path / COMMITTED.name) / "switches.toml"
    words = switches.read_text(encoding="utf-8")
    assert "tenders = { value = false" in words
    words = words.replace("tenders = { value = false", "tenders = { value = true")
    switches.write_text(words, encoding="utf-8")
    return tmp_path


@pytest.fixture
def book(shelf: Path) -> Rulebook:
    return load_shelf(shelf).in_force_at(START)


@pytest.fixture
async def stage(postgres: Databases, shelf: Path) -> AsyncIterator[Stage]:
    url = await postgres.fresh_database(migrate)
    async with staged(service, url, LIUDUAN_RULEBOOKS=str(shelf)) as stage:
        yield stage


@pytest.fixture
async def before(postgres: Databases) -> AsyncIterator[Stage]:
    """As committed: the plan is not in force."""
    async with staged(service, await postgres.fresh_database(migrate)) as stage:
        yield stage
