"""Whether the case still stands so that its reporter can withdraw, urge or add (T08, T45)."""

from __future__ import annotations

from shared.contracts.vocabulary import CaseStatus, ComplaintStatus
from shared.errors import Conflict

ANSWERED_OR_ENDED = frozenset(
    {CaseStatus.FEEDBACK, CaseStatus.CLOSED, CaseStatus.TRANSFERRED, CaseStatus.CANCELLED}
)
WITH_A_CASE = frozenset({ComplaintStatus.ACCEPTED, ComplaintStatus.MERGED})


ENDED = frozenset({CaseStatus.CLOSED, CaseStatus.TRANSFERRED, CaseStatus.CANCELLED})


class NothingToAdd(Conflict):
    """The complaint has ended; file another one."""

    code = "NOTHING_TO_ADD"
    chinese = "该诉求已结束，不能补充说明；如有新情况请重新提交。"


class WithdrawalTooLate(Conflict):
    """The result has been reported, or the case has ended; answer the feedback instead."""

    code = "WITHDRAWAL_TOO_LATE"
    chinese = "办理结果已反馈或案件已结束，不能撤回。"


class NothingToUrge(Conflict):
    """Nobody is handling this complaint now."""

    code = "NOTHING_TO_URGE"
    chinese = "该诉求当前不在办理中，无需催办。"


def refuse_ended(complaint: ComplaintStatus, case: CaseStatus | None) -> None:
    """Raises NothingToAdd."""
    if complaint not in (ComplaintStatus.SUBMITTED, *WITH_A_CASE) or case in ENDED:
        raise NothingToAdd


def refuse_late_withdrawal(case: CaseStatus | None) -> None:
    """Raises WithdrawalTooLate."""
    if case in ANSWERED_OR_ENDED:
        raise WithdrawalTooLate


def refuse_nothing_to_urge(complaint: ComplaintStatus, case: CaseStatus | None) -> None:
    """Raises NothingToUrge."""
    if complaint not in WITH_A_CASE or case in ANSWERED_OR_ENDED:
        raise NothingToUrge
