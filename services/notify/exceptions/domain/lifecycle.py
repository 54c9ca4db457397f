"""The states of an exception, and the only way from one to the next: it opens by two approvals."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from shared.errors import Conflict


class ExceptionStatus(StrEnum):
    ASKED = "ASKED"
    APPROVED_ONCE = "APPROVED_ONCE"
    IN_FORCE = "IN_FORCE"
    REVOKED = "REVOKED"  # also what was asked for and refused


class ExceptionAction(StrEnum):
    APPROVE = "APPROVE"
    REVOKE = "REVOKE"


TRANSITIONS: Mapping[ExceptionStatus, Mapping[ExceptionAction, ExceptionStatus]] = {
    ExceptionStatus.ASKED: {
        ExceptionAction.APPROVE: ExceptionStatus.APPROVED_ONCE,
        ExceptionAction.REVOKE: ExceptionStatus.REVOKED,
    },
    ExceptionStatus.APPROVED_ONCE: {
        ExceptionAction.APPROVE: ExceptionStatus.IN_FORCE,
        ExceptionAction.REVOKE: ExceptionStatus.REVOKED,
    },
    ExceptionStatus.IN_FORCE: {ExceptionAction.REVOKE: ExceptionStatus.REVOKED},
    ExceptionStatus.REVOKED: {},
}


class ExceptionSettled(Conflict):
    """This exception is in force or revoked already."""

    code = "EXCEPTION_SETTLED"
    chinese = "该例外已生效或已撤销。"


def advance(state: ExceptionStatus, action: ExceptionAction) -> ExceptionStatus:
    """Raises ExceptionSettled."""
    following = TRANSITIONS[state].get(action)
    if following is None:
        raise ExceptionSettled
    return following
