"""The life of a binding between an owner and a house (A04)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from shared.errors import Conflict, NotFound


class Relation(StrEnum):
    """How the person lives there (data dictionary 4.1)."""

    OWNER = "OWNER"
    FAMILY = "FAMILY"
    TENANT = "TENANT"


class BindingState(StrEnum):
    PENDING = "PENDING"
    VERIFIED = "VERIFIED"


class BindingAction(StrEnum):
    VERIFY = "VERIFY"


TRANSITIONS: Mapping[BindingState, Mapping[BindingAction, BindingState]] = {
    BindingState.PENDING: {BindingAction.VERIFY: BindingState.VERIFIED},
    BindingState.VERIFIED: {},
}


class BindingForbidden(Conflict):
    """The binding's present state does not allow this."""

    code = "BINDING_STATE_FORBIDS"
    chinese = "绑定的当前状态不允许此操作。"


class BindingExists(Conflict):
    """You have asked to be bound to this house before."""

    code = "BINDING_EXISTS"
    chinese = "您已提交过该房屋的绑定申请。"


class HouseUnknown(NotFound):
    """There is no such house."""

    code = "HOUSE_UNKNOWN"
    chinese = "未找到该房屋。"


def advance(state: BindingState, action: BindingAction) -> BindingState:
    """Raises BindingForbidden."""
    try:
        return TRANSITIONS[state][action]
    except KeyError:
        raise BindingForbidden(state=state, action=action) from None
