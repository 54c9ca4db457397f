"""One JSON line per event of interest, with request, event and actor ids; nothing personal."""

from __future__ import annotations

import logging
import sys
from typing import TextIO

import structlog

from shared.privacy import redact
from shared.settings import Settings
from shared.tracing import known_trace


def configure_logs(settings: Settings, stream: TextIO | None = None) -> None:
    """`LIUDUAN_LOG_LEVEL` is DEBUG, INFO (default), WARNING or ERROR."""
    level = logging.getLevelNamesMapping().get(settings.optional("LOG_LEVEL").upper(), logging.INFO)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _add_trace,
            structlog.processors.format_exc_info,
            redact,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(stream or sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(level=logging.WARNING, stream=stream or sys.stderr)


def _add_trace(
    _: structlog.types.WrappedLogger, __: str, event: structlog.types.EventDict
) -> structlog.types.EventDict:
    trace = known_trace()
    if trace is not None:
        event.setdefault("correlation_id", str(trace.correlation_id))
        if trace.causation_id is not None:
            event.setdefault("event_id", str(trace.causation_id))
    return event
