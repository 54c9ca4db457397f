"""How many messages a text is billed as (Tencent Cloud SMS, "计费规则"; reliability.md P29)."""

from __future__ import annotations

WHOLE = 70  # characters of one message, the signature (签名) and its brackets among them
PART = 67  # of each message of a long text: three go to holding the parts together


def segments(text: str) -> int:
    """How many messages are billed for `text`; a character of any alphabet counts one."""
    if len(text) <= WHOLE:
        return 1
    return -(-len(text) // PART)
