"""A failure is logged by its kind and its place, never in its own words (P23, T25)."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import asyncpg
import pytest
import structlog
from pydantic import BaseModel, ValidationError
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from shared.database import Database
from shared.errors import NotFound
from shared.logs import configure_logs
from shared.settings import from_environment
from tests.environment import environment
from tests.servers import Databases

CANARY = "林雾汀住三栋"
TABLE = "CREATE TABLE person (name text, home text NOT NULL)"


class Form(BaseModel):
    age: int


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Production's log at its most talkative; the suite's own afterwards."""
    root, before = logging.getLogger(), structlog.get_config()
    kept = root.level, list(root.handlers)
    output = io.StringIO()
    configure_logs(from_environment("test", environment(LIUDUAN_LOG_LEVEL="DEBUG")), output)
    yield output
    structlog.configure(**before)
    root.setLevel(kept[0])
    root.handlers[:] = kept[1]


async def test_a_refused_row_is_not_quoted(log: io.StringIO, postgres: Databases) -> None:
    """PostgreSQL quotes the failing row; what is logged names table and column."""
    database = Database(await postgres.fresh_database())
    pool = await database.pool()
    await pool.execute(TABLE)
    with pytest.raises(asyncpg.NotNullViolationError) as refused:
        await pool.execute("INSERT INTO person VALUES ($1, NULL)", CANARY)
    assert CANARY in str(refused.value.detail)
    structlog.get_logger().error("failed", exc_info=refused.value)
    try:
        async with database.transaction() as session:
            await session.execute(text("INSERT INTO person VALUES (:name, NULL)"), {"name": CANARY})
    except IntegrityError as failure:
        structlog.get_logger().error("failed", exc_info=failure)
    await database.dispose()
    said = log.getvalue()
    assert CANARY not in said
    assert "table_name=person column_name=home" in said
    assert said.count("sqlstate=23502") >= 2
    assert "tests/shared/test_logged_failures.py" in said


def test_neither_a_validator_s_input_nor_a_cause_is_quoted(log: io.StringIO) -> None:
    try:
        try:
            Form.model_validate({"age": CANARY})
        except ValidationError as cause:
            raise RuntimeError(CANARY) from cause
    except RuntimeError as failure:
        structlog.get_logger().error("failed", exc_info=failure)
        logging.getLogger("somebody.else").error("failed", exc_info=failure)
    said = log.getvalue()
    assert CANARY not in said
    assert said.count("ValidationError") == said.count("builtins.RuntimeError") == 2


def test_our_own_errors_are_named_by_their_code(log: io.StringIO) -> None:
    try:
        raise NotFound(name=CANARY)
    except NotFound as failure:
        structlog.get_logger().error("failed", exc_info=failure)
    assert "code=NOT_FOUND" in log.getvalue()
    assert CANARY not in log.getvalue()
