"""A set of rules is drafted, takes effect, and is taken back; it never changes in between."""

from __future__ import annotations

from enum import StrEnum

from shared.errors import Conflict


class SetState(StrEnum):
    DRAFT = "DRAFT"
    ACTIVE = "ACTIVE"
    RETIRED = "RETIRED"


class SetAction(StrEnum):
    ACTIVATE = "activate"
    RETIRE = "retire"


class RuleSetNotSo(Conflict):
    """Only a draft is activated, and what is retired stays so."""

    code = "RULE_SET_NOT_SO"
    chinese = "只有草稿可以启用；已停用的规则集不能再变更。"


FIRST = SetState.DRAFT
TRANSITIONS = {
    (SetState.DRAFT, SetAction.ACTIVATE): SetState.ACTIVE,
    (SetState.DRAFT, SetAction.RETIRE): SetState.RETIRED,
    (SetState.ACTIVE, SetAction.RETIRE): SetState.RETIRED,
}


def advance(state: SetState, action: SetAction) -> SetState:
    """Raises RuleSetNotSo."""
    try:
        return TRANSITIONS[state, action]
    except KeyError:
        raise RuleSetNotSo(state=state, action=action) from None
