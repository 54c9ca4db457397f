"""A failure for the log: what kind it was and where, never in its own words.

A database quotes the row that it refused, a validator its input, a parser the text it choked on; so
the words of an exception are as personal as what was being worked on. What an operator needs is in
its class, in the code and the names that a database gives with it, and in the lines it passed.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from shared.errors import DomainError

ROOT = Path(__file__).parents[2]
NAMED_BY_DATABASE = ("sqlstate", "schema_name", "table_name", "column_name", "constraint_name")
MOST_LINES = 40

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def failure_without_words(exc_info: ExcInfo) -> str:
    """The chain of exceptions, the first cause first; for structlog's `ExceptionRenderer`."""
    return "\n".join(line for failure in _chain(exc_info[1]) for line in _told(failure))


def _chain(failure: BaseException) -> list[BaseException]:
    chain = [failure]
    while (before := _before(chain[-1])) is not None and before not in chain:
        chain.append(before)
    return chain[::-1]


def _before(failure: BaseException) -> BaseException | None:
    if failure.__cause__ is not None or failure.__suppress_context__:
        return failure.__cause__
    return failure.__context__


def _told(failure: BaseException) -> Iterator[str]:
    frames = traceback.extract_tb(failure.__traceback__)[-MOST_LINES:]
    for frame in frames:
        yield f"  {_place(frame.filename)}:{frame.lineno} in {frame.name}"
    kind = type(failure)
    yield " ".join([f"{kind.__module__}.{kind.__qualname__}", *_names(failure)])


def _place(filename: str) -> str:
    path = Path(filename)
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name


def _names(failure: BaseException) -> Iterator[str]:
    if isinstance(failure, DomainError):
        yield f"code={failure.code}"
    for name in NAMED_BY_DATABASE:
        value = getattr(failure, name, None)
        if isinstance(value, str):
            yield f"{name}={value}"
