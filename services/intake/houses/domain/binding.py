"""The life of a binding between an owner and a house (A04)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from shared.errors import Conflict, NotFound


class BindingState(StrEnum):
    PENDING = "PENDING"
    VERIFIED = "VERIFIED"
    REFUSED = "REFUSED"
    ENDED = "ENDED"


class BindingAction(StrEnum):
    VERIFY = "VERIFY"  # by the register, a desk, or an invitation
    REFUSE = "REFUSE"  # by a desk
    END = "END"  # moved out, let go, the tenancy is over, or not asked for any more
    ASK = "ASK"  # once more


class Voucher(StrEnum):
    """Who says that the person lives there."""

    REGISTER = "REGISTER"
    COMPANY = "COMPANY"
    COMMUNITY = "COMMUNITY"
    INVITATION = "INVITATION"


TRANSITIONS: Mapping[BindingState, Mapping[BindingAction, BindingState]] = {
    BindingState.PENDING: {
        BindingAction.VERIFY: BindingState.VERIFIED,
        BindingAction.REFUSE: BindingState.REFUSED,
        BindingAction.END: BindingState.ENDED,
    },
    BindingState.VERIFIED: {BindingAction.END: BindingState.ENDED},
    BindingState.REFUSED: {BindingAction.ASK: BindingState.PENDING},
    BindingState.ENDED: {BindingAction.ASK: BindingState.PENDING},
}


class BindingForbidden(Conflict):
    """The binding's present state does not allow this."""

    code = "BINDING_STATE_FORBIDS"
    chinese = "绑定的当前状态不允许此操作。"


class BindingExists(Conflict):
    """You are bound to this house, or have asked to be."""

    code = "BINDING_EXISTS"
    chinese = "您已绑定该房屋，或已提交过绑定申请。"


class BindingNotFound(NotFound):
    """There is no such binding among those you can see."""

    code = "BINDING_NOT_FOUND"
    chinese = "未找到该房屋绑定。"


class HouseUnknown(NotFound):
    """There is no such house."""

    code = "HOUSE_UNKNOWN"
    chinese = "未找到该房屋。"


def is_alive(state: BindingState) -> bool:
    return state in {BindingState.PENDING, BindingState.VERIFIED}


def advance(state: BindingState, action: BindingAction) -> BindingState:
    """Raises BindingForbidden."""
    try:
        return TRANSITIONS[state][action]
    except KeyError:
        raise BindingForbidden(state=state, action=action) from None
