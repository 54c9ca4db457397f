"""The cells of a rule: what offices write about times, days and kinds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time

from services.routing.dispatching.domain.faults import (
    RuleChannelUnknown,
    RuleDateUnreadable,
    RuleGradeUnknown,
    RuleOrderUnreadable,
    RuleTimesUnreadable,
    RuleWeekdaysUnreadable,
)
from services.routing.dispatching.domain.words import CHANNELS, WEEKDAYS
from shared.contracts.vocabulary import Grade

BETWEEN = re.compile(r"[、,，;；\s]+")
DAY = r"(?:周|星期)([一二三四五六日天])"
DAYS = re.compile(rf"{DAY}(?:(?:至|到|-|—)(?:{DAY}))?")
TIMES = re.compile(r"(\d{1,2})[:：](\d{2})(?::00)?\s*[-—~至到]+\s*(\d{1,2})[:：](\d{2})(?::00)?")
MIDNIGHT = 24
CHANNEL_NAMES: Mapping[str, str] = {
    name: code.value for code, words in CHANNELS.items() for name in (words, code.value)
}


def words_of(cell: str) -> list[str]:
    return [word for word in BETWEEN.split(cell) if word]


def order_of(cell: str) -> int:
    """Raises RuleOrderUnreadable."""
    if not (cell.isascii() and cell.isdigit() and 0 < len(cell) <= 6 and int(cell)):
        raise RuleOrderUnreadable
    return int(cell)


def grade_of(word: str, names: Mapping[str, Grade]) -> str:
    """Raises RuleGradeUnknown."""
    grade = names.get(word) or next((each for each in Grade if each == word), None)
    if grade is None:
        raise RuleGradeUnknown
    return grade.value


def channel_of(word: str) -> str:
    """Raises RuleChannelUnknown."""
    if word not in CHANNEL_NAMES:
        raise RuleChannelUnknown
    return CHANNEL_NAMES[word]


def weekdays_of(word: str) -> frozenset[int]:
    """周三, or 周五至周一 around the week. Raises RuleWeekdaysUnreadable."""
    found = DAYS.fullmatch(word)
    if found is None:
        raise RuleWeekdaysUnreadable
    first = _weekday(found[1])
    last = _weekday(found[2]) if found[2] else first
    return frozenset((first + step - 1) % 7 + 1 for step in range((last - first) % 7 + 1))


def times_of(cell: str) -> tuple[time | None, time | None]:
    """24:00 is the midnight that ends the day. Raises RuleTimesUnreadable."""
    if not cell:
        return None, None
    found = TIMES.fullmatch(cell)
    if found is None:
        raise RuleTimesUnreadable
    hour, minute, last_hour, last_minute = map(int, found.groups())
    if (last_hour, last_minute) == (MIDNIGHT, 0):
        last_hour = 0
    try:
        start, end = time(hour, minute), time(last_hour, last_minute)
    except ValueError:
        raise RuleTimesUnreadable from None
    if start == end:
        raise RuleTimesUnreadable
    return start, end


def date_of(cell: str) -> date | None:
    """Raises RuleDateUnreadable."""
    try:
        return date.fromisoformat(cell) if cell else None
    except ValueError:
        raise RuleDateUnreadable from None


def _weekday(character: str) -> int:
    return WEEKDAYS.index(character.replace("天", "日")) + 1
