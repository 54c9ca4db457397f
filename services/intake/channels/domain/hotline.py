"""The rules of the hotline's door (B03, B04)."""

from __future__ import annotations

from datetime import datetime, timedelta

from shared.errors import Forbidden, Invalid, NotFound, Unauthenticated
from shared.identity import Actor, End, Role

CLOCKS_MAY_DIFFER_BY = timedelta(minutes=5)


class HotlineOnly(Forbidden):
    """Only the hotline's adapter may do this."""

    code = "HOTLINE_ONLY"
    chinese = "仅限12345热线接口使用。"


class ClientRefused(Unauthenticated):
    """The client id or its secret is wrong."""

    code = "CLIENT_REFUSED"
    chinese = "接口账号或密钥错误。"


class AcceptedInFuture(Invalid):
    """The hotline cannot have accepted the order in the future."""

    code = "ACCEPTED_IN_FUTURE"
    chinese = "热线受理时间晚于当前时间。"


class OrderUnknown(NotFound):
    """No order of this number was imported."""

    code = "ORDER_UNKNOWN"
    chinese = "没有导入过该工单。"


def acts_as_hotline(actor: Actor) -> bool:
    return actor.end is End.INTEGRATION and Role.HOTLINE in actor.roles


def check_accepted_at(accepted_at: datetime, now: datetime) -> None:
    """Raises AcceptedInFuture beyond what two clocks may differ by."""
    if accepted_at > now + CLOCKS_MAY_DIFFER_BY:
        raise AcceptedInFuture
