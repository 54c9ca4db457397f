"""A cell as text: what people see, neither a formula nor what becomes one in their program."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal

from shared.clock import BEIJING

# What office programs take for the beginning of a formula, also after a tab or a line break.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
GUARD = "'"
NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def text_of(value: object) -> str:
    """What the cell shows: 421202001 and not 421202001.0, a day without its midnight."""
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime():
            return value.isoformat(" ", "seconds")
        case time():
            return value.isoformat("minutes")
        case _:
            return unguarded(str(value).strip())


def guarded(text: str) -> str:
    """A text that no program computes: an apostrophe goes before what could begin a formula."""
    harmless = NO_TEXT.sub("", text)
    if harmless.startswith((*DANGEROUS, GUARD)):
        return GUARD + harmless
    return harmless


def unguarded(text: str) -> str:
    """The text as it was before it was written out by us."""
    if text.startswith(GUARD) and text[1:].startswith((*DANGEROUS, GUARD)):
        return text[1:]
    return text


def written(value: object) -> object:
    """The value as it goes into a cell: numbers and days stay what they are."""
    match value:
        case None | bool() | int() | float() | Decimal():
            return value
        case datetime() if value.tzinfo is not None:
            return value.astimezone(BEIJING).replace(tzinfo=None)
        case date() | time():
            return value
        case _:
            return guarded(str(value))
