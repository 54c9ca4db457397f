"""Whether the reporter of a closed case may ask for it again (T33, CK-15)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shared.contracts.vocabulary import CaseStatus
from shared.errors import Conflict


class NotClosed(Conflict):
    """The case is not closed; urge it, or answer its feedback."""

    code = "NOT_CLOSED"
    chinese = "案件尚未办结，可催办或对办理结果作出评价。"


class DisputedBefore(Conflict):
    """You have asked for it since the case was closed; it is being looked at."""

    code = "DISPUTED_BEFORE"
    chinese = "您已提交重新办理申请，请等待处理。"


class DisputeTooLate(Conflict):
    """The fifteen days after the closing are over; please file a new complaint."""

    code = "DISPUTE_TOO_LATE"
    chinese = "已超过重新办理申请期限，请提交新的诉求。"


class AnonymousCannotDispute(Conflict):
    """An anonymous complaint is a tip; please file a new one."""

    code = "ANONYMOUS_CANNOT_DISPUTE"
    chinese = "匿名诉求不能申请重新办理，请提交新的诉求。"


@dataclass(frozen=True)
class Closing:
    """The case as it was closed, until when it may come back, and the last dispute of this one."""

    state: CaseStatus
    closed_at: datetime | None
    until: datetime | None
    disputed_at: datetime | None
    anonymous: bool


def refuse_dispute(closing: Closing | None, now: datetime) -> None:
    """Raises one of the conflicts."""
    if closing is None or closing.closed_at is None or closing.state is not CaseStatus.CLOSED:
        raise NotClosed
    if closing.anonymous:
        raise AnonymousCannotDispute
    if closing.disputed_at is not None and closing.disputed_at >= closing.closed_at:
        raise DisputedBefore
    if closing.until is not None and now > closing.until:
        raise DisputeTooLate
