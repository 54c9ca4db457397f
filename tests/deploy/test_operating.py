"""The operator's words on a real installation: the environment is everything they know."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping
from pathlib import Path
from subprocess import PIPE
from uuid import UUID

import asyncpg
import pytest

from shared.ids import new_id
from tests.environment import environment
from tests.house.source import CHECKOUT
from tests.journeys.city import MIGRATE
from tests.servers import Databases

Said = tuple[int, str]
LIUDUAN = ("-c", "from deploy.cli import main; main()")
OWN = ("-m", "services.intake")
PARKED = """
    INSERT INTO parked_message
        (id, event_id, handler, type, publisher, body, error, stack_hash, attempts)
    VALUES ($1, $1, 'on_it', 'routing.case_opened', 'routing', '{}', 'ValueError', 'abc', 5)
"""


class Operator:
    """Speaks with exactly `variables` in the environment, and an untouched state folder."""

    def __init__(self, variables: Mapping[str, str], state: Path) -> None:
        self.state = state
        self._environment = {"PATH": "/usr/bin:/bin", "LIUDUAN_STATE": str(state), **variables}

    async def says(self, *words: str) -> Said:
        process = await asyncio.create_subprocess_exec(
            sys.executable, *words, cwd=CHECKOUT, env=self._environment, stdout=PIPE, stderr=PIPE
        )
        output, errors = await process.communicate()
        assert b"Traceback" not in errors, errors.decode()
        assert not self.state.exists(), "something was started or written"
        return process.returncode or 0, (output + errors).decode()


@pytest.fixture
async def url(postgres: Databases) -> str:
    return await postgres.fresh_database(MIGRATE["intake"])


@pytest.fixture
def operator(url: str, tmp_path: Path) -> Operator:
    audit_key = environment()["LIUDUAN_AUDIT_SIGNING_KEY"]
    variables = {"LIUDUAN_INTAKE_DATABASE_URL": url, "LIUDUAN_AUDIT_SIGNING_KEY": audit_key}
    return Operator(variables, tmp_path / "state")


@pytest.fixture
async def parked(url: str) -> UUID:
    parked_id = new_id()
    connection = await asyncpg.connect(url)
    await connection.execute(PARKED, parked_id)
    await connection.close()
    return parked_id


@pytest.mark.parametrize("words", [(*LIUDUAN, "parked"), (*OWN, "parked")], ids=["all", "own"])
async def test_a_parked_message_is_seen_and_decided_about(
    operator: Operator, parked: UUID, words: tuple[str, ...]
) -> None:
    named = (*(["intake"] if "-c" in words else []), str(parked))
    code, said = await operator.says(*words, "show", *named)
    assert (code, "routing.case_opened" in said) == (0, True)
    assert await operator.says(*words, "discard", *named) == (0, "discarded\n")
    code, said = await operator.says(*words, "replay", *named)
    assert (code, "replayed or discarded before" in said) == (1, True)


async def test_the_list_of_one_service(operator: Operator, parked: UUID) -> None:
    code, said = await operator.says(*OWN, "parked", "list")
    assert code == 0
    assert str(parked) in said
    assert said.endswith("1 parked\n")


@pytest.mark.parametrize(
    "words", [("parked", "list"), ("audit", "verify"), ("migrations", "upgrade")]
)
async def test_a_database_that_nobody_named_is_not_made_up(
    operator: Operator, words: tuple[str, ...]
) -> None:
    code, said = await operator.says(*LIUDUAN, *words)
    assert code == 1
    assert "LIUDUAN_ROUTING_DATABASE_URL" in said


async def test_the_log_of_one_service(operator: Operator) -> None:
    code, said = await operator.says(*OWN, "audit", "verify")
    assert (code, said.split()[:2]) == (0, ["intake", "intact"])


@pytest.mark.parametrize("words", [LIUDUAN, OWN], ids=["all", "own"])
async def test_without_its_key_the_log_is_not_verified(
    url: str, tmp_path: Path, words: tuple[str, ...]
) -> None:
    operator = Operator({"LIUDUAN_INTAKE_DATABASE_URL": url}, tmp_path / "state")
    code, said = await operator.says(*words, "audit", "verify")
    assert code == 1
    assert "LIUDUAN_AUDIT_SIGNING_KEY" in said
