"""One-time codes by text message: when another may be asked for, and when one is good (P29)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from shared.errors import Invalid, TooMany, Unavailable
from shared.rulebook.sections.accounts import SmsCodes

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class CodePurpose(StrEnum):
    """A code is good for what it was asked for, and nothing else."""

    ACCOUNT = "ACCOUNT"  # signing in with the number, or changing it
    GUARDIAN = "GUARDIAN"  # the guardian's number


class CodeState(StrEnum):
    """SUBMITTING and UNKNOWN may have been sent: the provider is asked before anything else."""

    SUBMITTING = "SUBMITTING"
    SENT = "SENT"
    UNKNOWN = "UNKNOWN"
    FAILED = "FAILED"


class CodeAction(StrEnum):
    """What was learnt of the message, from the provider or from its silence."""

    SEND = "SEND"
    LOSE = "LOSE"
    FAIL = "FAIL"


TRANSITIONS: Mapping[CodeState, Mapping[CodeAction, CodeState]] = {
    CodeState.SUBMITTING: {
        CodeAction.SEND: CodeState.SENT,
        CodeAction.LOSE: CodeState.UNKNOWN,
        CodeAction.FAIL: CodeState.FAILED,
    },
    CodeState.UNKNOWN: {CodeAction.SEND: CodeState.SENT, CodeAction.FAIL: CodeState.FAILED},
    CodeState.SENT: {CodeAction.SEND: CodeState.SENT},
    CodeState.FAILED: {CodeAction.FAIL: CodeState.FAILED},
}


def advance(state: CodeState, action: CodeAction) -> CodeState:
    """What is known stays known."""
    return TRANSITIONS[state].get(action, state)


class CodeRefused(Invalid):
    """The code is wrong, too old, was used, or was guessed at too often; ask for another."""

    code = "SMS_CODE_REFUSED"
    chinese = "验证码错误或已失效，请重新获取。"


class CodesTooOften(TooMany):
    """Codes are asked for too often; `retry_after_seconds` says when the next may be."""

    code = "SMS_CODES_TOO_OFTEN"
    chinese = "验证码获取过于频繁，请稍后再试。"


class TextMessagesUnavailable(Unavailable):
    """No text message can be sent now; use the phone button of WeChat."""

    code = "TEXT_MESSAGES_UNAVAILABLE"
    chinese = "短信服务暂不可用，请使用微信手机号快捷验证。"


@dataclass(frozen=True)
class Asked:
    """When codes were asked for, newest first: for this number within a day, from this address
    within its window, and how many there were today for everybody.
    """

    number: Sequence[datetime]
    address: Sequence[datetime]
    today: int


def refuse_too_often(rules: SmsCodes, asked: Asked, now: datetime) -> None:
    """Raises CodesTooOften or TextMessagesUnavailable. Known and unknown numbers are alike."""
    limits = (
        (asked.number, 1, timedelta(seconds=rules.seconds_between)),
        (asked.number, rules.per_hour, HOUR),
        (asked.number, rules.per_day, DAY),
        (asked.address, rules.per_address.times, rules.per_address.window),
    )
    waits = [_wait(moments, times, window, now) for moments, times, window in limits]
    longest = max(waits)
    if longest > timedelta():
        raise CodesTooOften(retry_after_seconds=max(1, round(longest.total_seconds())))
    if asked.today >= rules.daily_budget:
        raise TextMessagesUnavailable


def _wait(moments: Sequence[datetime], times: int, window: timedelta, now: datetime) -> timedelta:
    """Until fewer than `times` of the moments lie within the window."""
    if len(moments) < times:
        return timedelta()
    return max(timedelta(), moments[times - 1] + window - now)


def is_open(rules: SmsCodes, guesses: int, used: bool, expires_at: datetime, now: datetime) -> bool:
    """Whether a guess may still be made."""
    return not used and guesses < rules.guesses_at_most and now < expires_at


def may_have_arrived(state: CodeState) -> bool:
    return state in {CodeState.SUBMITTING, CodeState.UNKNOWN}
