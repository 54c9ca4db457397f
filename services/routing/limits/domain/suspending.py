"""Pauses: which reason, how long, who has to agree, and where the case returns to (T27, T28)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from services.routing.cases.domain.lifecycle import Action
from shared.contracts.vocabulary import CaseStatus
from shared.counting import civil_days_end
from shared.errors import Conflict, Forbidden, Invalid
from shared.rulebook import SuspensionReason
from shared.rulebook.sections.handling import Suspension

RESUMING: Mapping[CaseStatus, Action] = {
    CaseStatus.HANDLING: Action.RESUME_HANDLING,
    CaseStatus.MEDIATING: Action.RESUME_MEDIATION,
    CaseStatus.JOINT: Action.RESUME_JOINT,
}


class UnknownSuspensionReason(Invalid):
    """For this reason a case is not suspended."""

    code = "UNKNOWN_SUSPENSION_REASON"
    chinese = "该理由不能挂起案件。"


class EndInThePast(Invalid):
    """A suspension ends later than now."""

    code = "END_IN_THE_PAST"
    chinese = "挂起截止时间须晚于当前时间。"


class SuspensionPending(Conflict):
    """A suspension has been asked for already and waits for a decision."""

    code = "SUSPENSION_PENDING"
    chinese = "已申请挂起，正在等待审批。"


class SuspensionNotAsked(Conflict):
    """Nobody has asked to suspend this case."""

    code = "SUSPENSION_NOT_ASKED"
    chinese = "本案没有待审批的挂起申请。"


class SuspensionNeedsCentre(Forbidden):
    """A further suspension by the same unit, or one of more than thirty days, is decided by the
    county centre."""

    code = "SUSPENSION_NEEDS_CENTRE"
    chinese = "同一单位再次挂起或超过三十日的，须由县级综治中心批准。"


class NotSuspended(Conflict):
    """This case is not suspended."""

    code = "NOT_SUSPENDED"
    chinese = "本案未挂起。"


class NotWaitingForOwner(Conflict):
    """The case does not wait for something that the owner could supply."""

    code = "NOT_WAITING_FOR_OWNER"
    chinese = "本案不是因等待业主补充而挂起。"


def refuse_impossible(
    rules: Suspension, reason: SuspensionReason, until: datetime, now: datetime
) -> None:
    """Raises UnknownSuspensionReason or EndInThePast."""
    if reason not in rules.reasons:
        raise UnknownSuspensionReason(reasons=list(rules.reasons))
    if until <= now:
        raise EndInThePast


def needs_centre(rules: Suspension, granted_before: int, until: datetime, now: datetime) -> bool:
    """X07: "thirty days" end at 24:00 of the thirtieth day, as all days do (0.2.3)."""
    return granted_before >= rules.own_approvals or until > civil_days_end(now, rules.days_at_most)


def refuse_without_centre(*, needed: bool, by_county_centre: bool) -> None:
    """Raises SuspensionNeedsCentre."""
    if needed and not by_county_centre:
        raise SuspensionNeedsCentre


def refuse_owner_unless_waited_for(reason: SuspensionReason) -> None:
    """Raises NotWaitingForOwner."""
    if reason is not SuspensionReason.WAIT_OWNER:
        raise NotWaitingForOwner


def resuming(suspended_from: str | None) -> Action:
    """The action that leads back to the former state. Raises NotSuspended."""
    if suspended_from is None:
        raise NotSuspended
    return RESUMING[CaseStatus(suspended_from)]
