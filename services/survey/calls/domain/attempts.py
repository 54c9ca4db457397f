"""What follows from a call: the answer, another day, or the end of calling (CK-14, X33)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.clock import BEIJING
from shared.errors import Conflict


class CallOutcome(StrEnum):
    REACHED = "REACHED"  # 已接通并作答: comes with the answer
    NOT_REACHED = "NOT_REACHED"  # 未接通
    WRONG_NUMBER = "WRONG_NUMBER"  # 号码有误
    REFUSED = "REFUSED"  # 接通但拒绝评价: rating is voluntary (facts 2.5)


class Following(StrEnum):
    ANSWER = "ANSWER"
    ANOTHER_DAY = "ANOTHER_DAY"
    NO_NUMBER = "NO_NUMBER"  # nobody is called there again; the owner may still answer
    GIVE_UP = "GIVE_UP"  # every attempt was made
    REFUSAL = "REFUSAL"


class CalledToday(Conflict):
    """This person was called in vain today; the next attempt is on another day."""

    code = "CALLED_TODAY"
    chinese = "今天已经拨打过，未接通的请改日再拨。"


@dataclass(frozen=True)
class CallLimits:
    attempts: int
    per_day: int


def follows(
    in_vain: Sequence[datetime], outcome: CallOutcome, called_at: datetime, limits: CallLimits
) -> Following:
    """`in_vain` are the calls before this one that reached nobody. Raises CalledToday.

    Who calls back may answer on any day: only attempts in vain are counted by the day.
    """
    if outcome is CallOutcome.REACHED:
        return Following.ANSWER
    if outcome is CallOutcome.REFUSED:
        return Following.REFUSAL
    by_day = Counter(_day(each) for each in in_vain)
    if by_day[_day(called_at)] >= limits.per_day:
        raise CalledToday
    if len(in_vain) + 1 >= limits.attempts:
        return Following.GIVE_UP
    if outcome is CallOutcome.WRONG_NUMBER:
        return Following.NO_NUMBER
    return Following.ANOTHER_DAY


def _day(moment: datetime) -> str:
    return moment.astimezone(BEIJING).date().isoformat()
