"""延期: asked for before the due time, so often and so long, decided by the last desk of a chain.

The rulebook names the desks that approve, in order. Those before the last one endorse, which the
last one sees; the last one grants or denies, also when nobody has endorsed (T29, X05, 3.4).
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from shared.counting import Deadline, Length
from shared.errors import Conflict, Forbidden, Invalid
from shared.rulebook import Desk
from shared.rulebook.sections.handling import GradeRule


class Verdict(StrEnum):
    """What a desk says to a request."""

    ENDORSE = "ENDORSE"
    GRANT = "GRANT"
    DENY = "DENY"


class NotExtended(Conflict):
    """A matter of this grade gets no more time: it is raised to the next grade instead."""

    code = "NOT_EXTENDED"
    chinese = "小事不予延期，未能按期化解的升级办理。"


class NothingToExtend(Conflict):
    """The clock of the result does not run now."""

    code = "NOTHING_TO_EXTEND"
    chinese = "当前没有可以延长的办理期限。"


class ExtensionTooLate(Conflict):
    """More time is asked for before the due time, not after it."""

    code = "EXTENSION_TOO_LATE"
    chinese = "办理期限已届满，不能申请延期。"


class ExtensionsExhausted(Conflict):
    """This case has been extended as often as its grade allows."""

    code = "EXTENSIONS_EXHAUSTED"
    chinese = "本案延期次数已用完。"


class ExtensionTooLong(Invalid):
    """The grade of this case allows fewer days."""

    code = "EXTENSION_TOO_LONG"
    chinese = "申请延长的天数超过上限。"


class ExtensionPending(Conflict):
    """More time has been asked for already; the request waits for a decision."""

    code = "EXTENSION_PENDING"
    chinese = "已申请延期，正在等待审批。"


class ExtensionNotAsked(Conflict):
    """Nobody has asked for more time."""

    code = "EXTENSION_NOT_ASKED"
    chinese = "本案没有待审批的延期申请。"


class LastDeskDecides(Forbidden):
    """You may endorse this request; it is granted or denied by the last desk of the chain."""

    code = "LAST_DESK_DECIDES"
    chinese = "您可以签署意见，延期由最后一级审批。"


class NotYourDesk(Forbidden):
    """Your desk does not belong to the chain that approves extensions of this grade."""

    code = "NOT_YOUR_DESK"
    chinese = "您不在本级别案件的延期审批链上。"


def longest_extension(rule: GradeRule, granted_before: int) -> Length:
    """Raises NotExtended or ExtensionsExhausted."""
    if rule.extension is None:
        raise NotExtended
    if granted_before >= rule.extension_times:
        raise ExtensionsExhausted(times=rule.extension_times)
    return rule.extension


def length_asked(longest: Length, days: int) -> Length:
    """Raises ExtensionTooLong."""
    if days > longest.amount:
        raise ExtensionTooLong(days=longest.amount)
    return Length(days, longest.counting)


def refuse_after_due(due: Deadline, now: datetime) -> None:
    """Raises ExtensionTooLate; asking at the due instant itself is still on time (0.2.2)."""
    if due.missed_by(now):
        raise ExtensionTooLate


def deciding_desk(rule: GradeRule) -> Desk:
    """Raises NotExtended."""
    if not rule.extension_approvers:
        raise NotExtended
    return rule.extension_approvers[-1]
