"""Logs without personal data and secrets, as a structlog processor or for any JSON value (P23)."""

from __future__ import annotations

import re
from collections.abc import Mapping, MutableMapping
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import Any
from uuid import UUID

from shared.privacy.masking import mask_openid, mask_text
from shared.privacy.sensitive_keys import SAFE, is_removed, mask_for, snake_case

REMOVED = "[removed]"
DEEPEST = 6

_SECRETS = re.compile(
    r"""(?P<token>eyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]*)
    |(?P<refresh>ld[rc]_[A-Za-z0-9_-]{20,})
    |(?P<webhook>wh(?:sec|sk)_[A-Za-z0-9+/=_-]{16,})
    |(?P<authorization>\b(?i:bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,})
    |(?P<credentials>(?<=://)[^\s/@:]*:[^\s/@]+(?=@))
    |(?P<key>-----BEGIN[ ][A-Z ]*PRIVATE[ ]KEY-----.*?(?:-----END[ ][A-Z ]*PRIVATE[ ]KEY-----|$))
    |(?P<openid>(?<![A-Za-z0-9_-])o[A-Za-z0-9_-]{27}(?![A-Za-z0-9_-]))""",
    re.VERBOSE | re.DOTALL,
)
_HARMLESS = (bool, float, UUID, datetime, date, time, timedelta, type(None))


def redact(logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Structlog processor; stands after `format_exc_info` and right before the renderer."""
    for key in list(event):
        event[key] = _value(key, event[key], 0)
    return event


def redacted(values: Mapping[str, Any]) -> dict[str, Any]:
    """The same mapping with secrets removed and personal values masked, at any depth.

    Only names of fields and forms of values are known here: a person's name under an unknown
    field, or inside a sentence, passes.
    """
    return {_words(str(key)): _value(str(key), inner, 0) for key, inner in values.items()}


def _value(key: str, value: Any, depth: int) -> Any:
    name = snake_case(key)
    if name in SAFE or value is None or isinstance(value, bool):
        return value
    if is_removed(name):
        return REMOVED
    mask = mask_for(name)
    if mask is not None and isinstance(value, str | int):
        return mask(str(value))
    return _inside(value, depth)


def _inside(value: Any, depth: int) -> Any:
    if depth >= DEEPEST:
        return REMOVED
    if isinstance(value, Mapping):
        return {
            _words(str(key)): _value(str(key), inner, depth + 1) for key, inner in value.items()
        }
    if isinstance(value, list | tuple | set | frozenset):
        return [_inside(inner, depth + 1) for inner in value]
    return _scalar(value)


def _scalar(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, _HARMLESS):
        return value
    if isinstance(value, bytes | bytearray | memoryview):
        return REMOVED
    shown = _words(str(value) if isinstance(value, str | int) else repr(value))
    return value if isinstance(value, int) and shown == str(value) else shown


def _words(text: str) -> str:
    return mask_text(_SECRETS.sub(_hidden, text))


def _hidden(match: re.Match[str]) -> str:
    return mask_openid(match[0]) if match.lastgroup == "openid" else f"[{match.lastgroup}]"
