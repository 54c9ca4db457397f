"""An owner's own night: at least the city's, and not the whole day."""

from __future__ import annotations

from datetime import time

from shared.errors import Invalid
from shared.rulebook.sections.notices import Notices, QuietHours

NOON = 12 * 60  # minutes; nights are compared from noon to noon
DAY = 24 * 60


class QuietHoursOutOfBounds(Invalid):
    """Quiet hours contain the city's and keep within the bounds of the rulebook."""

    code = "QUIET_HOURS_OUT_OF_BOUNDS"
    chinese = "免打扰时段须包含全市免打扰时段，且不得超出允许范围。"


def check_hours(own: QuietHours, rules: Notices) -> None:
    """Raises QuietHoursOutOfBounds."""
    city, bounds = rules.quiet_hours, rules.preferring
    evening = (bounds.quiet_earliest, own.begins, city.begins)
    morning = (city.ends, own.ends, bounds.quiet_latest)
    if not all(_rises(moments) for moments in (evening, morning)):
        raise QuietHoursOutOfBounds(
            earliest=f"{bounds.quiet_earliest:%H:%M}", latest=f"{bounds.quiet_latest:%H:%M}"
        )


def widest(city: QuietHours, own: QuietHours) -> QuietHours:
    """From whichever begins first to whichever ends last; the city's may have changed since."""
    return QuietHours(
        begins=min(city.begins, own.begins, key=_since_noon),
        ends=max(city.ends, own.ends, key=_since_noon),
    )


def _rises(moments: tuple[time, ...]) -> bool:
    minutes = [_since_noon(moment) for moment in moments]
    return minutes == sorted(minutes)


def _since_noon(moment: time) -> int:
    return (moment.hour * 60 + moment.minute - NOON) % DAY
