"""What a finding means for a complaint: shown to others, or held for a person (wechat.md 5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from services.intake.screening.domain.lifecycle import ScreeningAction

NOTHING_FOUND = 100
SEVERITY = {"pass": 0, "review": 1, "risky": 2}


class Reason(StrEnum):
    """Why a person has to look."""

    FOUND = "FOUND"  # WeChat found something, or wants a person to look
    NOT_CHECKED = "NOT_CHECKED"  # the check failed, or no finding came in time
    REFUSED = "REFUSED"  # WeChat does not check it: the author was not there lately, …
    ANONYMOUS = "ANONYMOUS"  # the account is told to nobody (X15)
    NO_ACCOUNT = "NO_ACCOUNT"  # nobody wrote it in WeChat, or the account is closed
    NOT_CHECKABLE = "NOT_CHECKABLE"  # a video, a document, or too large
    SUPPLIED = "SUPPLIED"  # a person had hidden it, and more was supplied


@dataclass(frozen=True)
class Judged:
    """One finding: `suggest` is pass, review, risky, or anything else for a failed check."""

    suggest: str
    label: int | None


@dataclass(frozen=True)
class Verdict:
    """Nothing is ever rejected: the worst that happens is that a person looks first."""

    action: ScreeningAction
    reason: Reason | None = None
    label: int | None = None


def held(reason: Reason) -> Verdict:
    return Verdict(ScreeningAction.HOLD, reason)


def judge(findings: Sequence[Judged]) -> Verdict:
    """The worst of the findings about the pieces of one text. None at all is a failed check.

    Abuse (20003) is held like everything else: of others it is hidden, and staff see every
    complaint whatever was found.
    """
    if any(each.suggest not in SEVERITY for each in findings) or not findings:
        return held(Reason.NOT_CHECKED)
    worst = max(findings, key=lambda each: SEVERITY[each.suggest])
    if SEVERITY[worst.suggest] == 0:
        return Verdict(ScreeningAction.PASS, label=NOTHING_FOUND)
    return Verdict(ScreeningAction.HOLD, Reason.FOUND, worst.label)
