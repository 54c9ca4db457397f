"""Identifiers made in Python, so that they exist before a row is written."""

from __future__ import annotations

import os
import time
from uuid import UUID


def new_id() -> UUID:
    """A UUIDv7 (RFC 9562 section 5.7, method 3 of 6.2): a clock of 60 bits, then randomness.

    What one process makes one after the other sorts in that order, also within a millisecond: so
    two events of one deed keep theirs. No code reads a time from an id.
    """
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    fraction = (rest << 12) // 1_000_000
    clock = (milliseconds << 16) | (0x7 << 12) | fraction
    randomness = int.from_bytes(os.urandom(8), "big") & ~(0x3 << 62) | (0x2 << 62)
    return UUID(int=(clock << 64) | randomness)
