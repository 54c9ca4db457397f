"""Counted statements: what something costs the database, which no busy machine can blur."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from tests.routing.drama import Drama


@contextmanager
def counted(drama: Drama) -> Iterator[list[str]]:
    statements: list[str] = []
    engine = drama.stage.host.runtime.database.engine.sync_engine

    def count(_: Any, __: Any, statement: str, *___: Any) -> None:
        statements.append(" ".join(statement.split())[:60])

    event.listen(engine, "before_cursor_execute", count)
    yield statements
    event.remove(engine, "before_cursor_execute", count)
