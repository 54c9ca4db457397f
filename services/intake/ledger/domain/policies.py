"""Who reads the ledger: the centre, each in the own divisions (B15). Roles are compared here."""

from __future__ import annotations

from shared.errors import Forbidden, NotFound
from shared.identity import Actor, End, Role

READING = frozenset(
    {Role.DISPATCHER, Role.STREET_OFFICER, Role.HOUSING_OFFICER, Role.CITY_OBSERVER}
)


class LedgerForCentreOnly(Forbidden):
    """Only the centres of street, county and city read the ledger."""

    code = "LEDGER_FOR_CENTRE_ONLY"
    chinese = "仅街道、县（市、区）和市级工作人员可以查看诉求响应台账。"


class LedgerNotKept(NotFound):
    """The ledger of responses is not in force."""

    code = "LEDGER_NOT_KEPT"
    chinese = "诉求响应台账尚未启用。"


def may_read_ledger(actor: Actor) -> bool:
    return actor.end is End.CENTRE and bool(actor.roles & READING)
