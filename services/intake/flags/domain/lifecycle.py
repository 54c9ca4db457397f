"""A flag is open until a person has decided."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from shared.errors import Conflict


class FlagKind(StrEnum):
    REPEATED = "REPEATED"
    ABUSIVE = "ABUSIVE"


class FlagState(StrEnum):
    OPEN = "OPEN"
    NOTED = "NOTED"
    DISMISSED = "DISMISSED"


class FlagDecision(StrEnum):
    """NOTE: it is vexatious, and those who handle the account should know. DISMISS: it is not."""

    NOTE = "NOTE"
    DISMISS = "DISMISS"


FIRST = FlagState.OPEN
TRANSITIONS: Mapping[FlagState, Mapping[FlagDecision, FlagState]] = {
    FlagState.OPEN: {
        FlagDecision.NOTE: FlagState.NOTED,
        FlagDecision.DISMISS: FlagState.DISMISSED,
    },
    FlagState.NOTED: {},
    FlagState.DISMISSED: {},
}
KINDS: Mapping[FlagKind, str] = {FlagKind.REPEATED: "重复提交", FlagKind.ABUSIVE: "侮辱谩骂"}


class FlagDecided(Conflict):
    """Somebody has decided about this flag."""

    code = "FLAG_DECIDED"
    chinese = "该标记已处理。"


def advance(state: FlagState, decision: FlagDecision) -> FlagState:
    """Raises FlagDecided."""
    if decision not in TRANSITIONS[state]:
        raise FlagDecided(state=state)
    return TRANSITIONS[state][decision]
