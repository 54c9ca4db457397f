"""Whether an entry stands, is disputed or was taken back (E28). It follows from rows that are only
added: the appeal and its decision.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum

from shared.errors import Conflict


class Standing(StrEnum):
    VALID = "VALID"
    DISPUTED = "DISPUTED"
    UPHELD = "UPHELD"
    REVOKED = "REVOKED"


class StandingAction(StrEnum):
    APPEAL = "APPEAL"
    UPHOLD = "UPHOLD"
    REVOKE = "REVOKE"


class Outcome(StrEnum):
    """Of an appeal: what becomes of the entry."""

    UPHELD = "UPHELD"  # 维持
    REVOKED = "REVOKED"  # 撤销


TRANSITIONS: Mapping[Standing, Mapping[StandingAction, Standing]] = {
    Standing.VALID: {StandingAction.APPEAL: Standing.DISPUTED},
    Standing.DISPUTED: {
        StandingAction.UPHOLD: Standing.UPHELD,
        StandingAction.REVOKE: Standing.REVOKED,
    },
    Standing.UPHELD: {},
    Standing.REVOKED: {},
}

DECISIONS: Mapping[Outcome, StandingAction] = {
    Outcome.UPHELD: StandingAction.UPHOLD,
    Outcome.REVOKED: StandingAction.REVOKE,
}

CHINESE: Mapping[Standing, str] = {
    Standing.VALID: "有效",
    Standing.DISPUTED: "争议中",
    Standing.UPHELD: "申诉后维持",
    Standing.REVOKED: "已撤销",
}

COUNTS = frozenset({Standing.VALID, Standing.UPHELD})
WAITS = frozenset({Standing.DISPUTED})
TOLD = COUNTS | WAITS  # with its figures; what was taken back has none any more


class EntryStandingForbids(Conflict):
    """An entry is appealed once, and an appeal is decided once."""

    code = "CREDIT_ENTRY_STANDING_FORBIDS"
    chinese = "该信用记录的当前状态不允许此操作：每条记录只能申诉一次，每次申诉只能裁定一次。"


def advance(standing: Standing, action: StandingAction) -> Standing:
    """Raises EntryStandingForbids."""
    following = TRANSITIONS[standing].get(action)
    if following is None:
        raise EntryStandingForbids(standing=str(standing), action=str(action))
    return following


def resting(own: Standing, parts: Collection[Standing]) -> Standing:
    """An entry stands no better than those it was formed of: a composite falls with a part of it,
    and waits while one is disputed.
    """
    every = {own, *parts}
    return next((each for each in (Standing.REVOKED, Standing.DISPUTED) if each in every), own)


def standing_of(*, appealed: bool, outcome: Outcome | None) -> Standing:
    if not appealed:
        return Standing.VALID
    disputed = advance(Standing.VALID, StandingAction.APPEAL)
    return disputed if outcome is None else advance(disputed, DECISIONS[outcome])
