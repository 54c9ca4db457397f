"""Keeps tokens, secrets and openids out of logs and exception texts."""

from __future__ import annotations

import logging
from collections.abc import Iterable

import httpx

SHORTEST_HIDDEN = 4


class QueryRemoved(logging.Filter):
    """httpx logs whole addresses, and WeChat wants token and secret in the query string."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(_without_query(value) for value in record.args)
        return True


_QUERY_REMOVED = QueryRemoved()


def redact_httpx_log() -> None:
    """From now on the process logs addresses without their query; calling it twice is fine."""
    logging.getLogger("httpx").addFilter(_QUERY_REMOVED)


def scrub(text: str, hidden: Iterable[str]) -> str:
    """`text` with every hidden value replaced, in case the vendor echoes what we sent.

    Short plain values ("3") would only shred the text, and tell nothing.
    """
    for value in hidden:
        if len(value) >= SHORTEST_HIDDEN or not value.isascii():
            text = text.replace(value, "***")
    return text


def _without_query(value: object) -> object:
    return value.copy_with(query=None) if isinstance(value, httpx.URL) else value
