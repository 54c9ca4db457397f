"""Which request or event the present work belongs to; copied into envelopes and log lines."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID

from shared.ids import new_id


@dataclass(frozen=True)
class Trace:
    """`correlation_id` is constant along the whole story, `causation_id` is the last cause."""

    correlation_id: UUID
    causation_id: UUID | None = None
    traceparent: str | None = None


_CURRENT: ContextVar[Trace | None] = ContextVar("trace", default=None)


def current_trace() -> Trace:
    """The trace of the present work, or a fresh one outside of any."""
    return _CURRENT.get() or Trace(correlation_id=new_id())


def known_trace() -> Trace | None:
    """The trace of the present work, if it has one."""
    return _CURRENT.get()


@contextmanager
def traced(trace: Trace) -> Iterator[Trace]:
    token = _CURRENT.set(trace)
    try:
        yield trace
    finally:
        _CURRENT.reset(token)
