"""One JSON line per event of interest, with request, event and actor ids; nothing personal.

Lines of libraries that log by `logging` go through the same hands.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from typing import TextIO

import structlog
from structlog.types import EventDict, Processor, WrappedLogger

from shared.privacy import failure_without_words, redact
from shared.settings import Settings
from shared.tracing import known_trace


def configure_logs(settings: Settings, stream: TextIO | None = None) -> None:
    """`LIUDUAN_LOG_LEVEL` is DEBUG, INFO (default), WARNING or ERROR."""
    level = logging.getLevelNamesMapping().get(settings.optional("LOG_LEVEL").upper(), logging.INFO)
    target = stream or sys.stderr
    structlog.configure(
        processors=[structlog.contextvars.merge_contextvars, *_common(), *_last()],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(target),
        cache_logger_on_first_use=False,
    )
    _take_over_libraries(max(level, logging.WARNING), target)


def _take_over_libraries(level: int, target: TextIO) -> None:
    handler = logging.StreamHandler(target)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_last()],
            foreign_pre_chain=_common(),
        )
    )
    logging.basicConfig(level=level, handlers=[handler], force=True)


def _common() -> Sequence[Processor]:
    return (
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _add_trace,
    )


def _last() -> Sequence[Processor]:
    return (
        structlog.processors.ExceptionRenderer(failure_without_words),
        redact,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    )


def _add_trace(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    trace = known_trace()
    if trace is not None:
        event.setdefault("correlation_id", str(trace.correlation_id))
        if trace.causation_id is not None:
            event.setdefault("event_id", str(trace.causation_id))
    return event
