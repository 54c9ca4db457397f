"""When people may be called, and which time of a call can be true."""

from __future__ import annotations

from datetime import datetime, timedelta

from shared.clock import BEIJING
from shared.errors import Conflict, Invalid
from shared.rulebook.sections.notices import QuietHours


class QuietNow(Conflict):
    """Nobody is called at this hour; `ends` says when calling begins again."""

    code = "CALL_QUIET_HOURS"
    chinese = "现在是免打扰时段，不拨打回访电话。"


class CallTimeImpossible(Invalid):
    """A call is made after its number was looked at, and not in the future."""

    code = "CALL_TIME_IMPOSSIBLE"
    chinese = "通话时间应在查看号码之后，且不能晚于现在。"


def refuse_quiet_hours(moment: datetime, hours: QuietHours) -> None:
    """Raises QuietNow."""
    if hours.hold(moment.astimezone(BEIJING).time()):
        raise QuietNow(begins=hours.begins.isoformat(), ends=hours.ends.isoformat())


def refuse_impossible_time(
    called_at: datetime, read_at: datetime, now: datetime, skew: timedelta
) -> None:
    """`skew` is how far a telephone's clock may be off. Raises CallTimeImpossible."""
    if not read_at - skew <= called_at <= now + skew:
        raise CallTimeImpossible
