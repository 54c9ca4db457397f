"""An invitation: a code that opens one account once, for three days, and bears few mistakes."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from shared.errors import Conflict, Unauthenticated

LIFETIME = timedelta(hours=72)
MOST_FAILURES = 5


class InvitationStatus(StrEnum):
    """WAITING has no code yet, or one that is spent; OPEN can be accepted now."""

    WAITING = "WAITING"
    OPEN = "OPEN"
    ACCEPTED = "ACCEPTED"
    WITHDRAWN = "WITHDRAWN"


class InvitationRefused(Unauthenticated):
    """Account or invitation code is wrong, or the code is no longer good; ask for a new one."""

    code = "INVITATION_REFUSED"
    chinese = "账号或邀请码有误，或邀请码已失效；请联系管理员重新获取。"


class InvitationSettled(Conflict):
    """This invitation was accepted or withdrawn."""

    code = "INVITATION_SETTLED"
    chinese = "该邀请已被接受或撤回。"


def status_of(
    *,
    now: datetime,
    expires_at: datetime | None,
    failures: int,
    accepted: bool,
    withdrawn: bool,
) -> InvitationStatus:
    if accepted:
        return InvitationStatus.ACCEPTED
    if withdrawn:
        return InvitationStatus.WITHDRAWN
    is_good = expires_at is not None and now < expires_at and failures < MOST_FAILURES
    return InvitationStatus.OPEN if is_good else InvitationStatus.WAITING


def check_pending(status: InvitationStatus) -> None:
    """Raises InvitationSettled."""
    if status in (InvitationStatus.ACCEPTED, InvitationStatus.WITHDRAWN):
        raise InvitationSettled(status=status)
