"""To whom a case is handed over, and in which order (T43, X12)."""

from __future__ import annotations

from shared.errors import Conflict, Invalid
from shared.rulebook import Rulebook
from shared.rulebook.sections.handling import Receiver


class UnknownReceiver(Invalid):
    """The rulebook of this case names no such receiver."""

    code = "UNKNOWN_RECEIVER"
    chinese = "本案适用的规则中没有这个移送对象。"


class ContactMissing(Invalid):
    """The owner must be told how to reach the receiver."""

    code = "CONTACT_MISSING"
    chinese = "请填写移送对象的联系方式，以便告知当事人。"


class TransferUnderWay(Conflict):
    """A hand-over has been decided already and waits to be made."""

    code = "TRANSFER_UNDER_WAY"
    chinese = "本案已决定移送，尚未办理移送手续。"


class NoTransferDecided(Conflict):
    """A hand-over is made only after it was decided."""

    code = "NO_TRANSFER_DECIDED"
    chinese = "尚未决定移送，不能办理移送手续。"


def receiver_named(code: str, rulebook: Rulebook) -> Receiver:
    """Raises UnknownReceiver."""
    for receiver in rulebook.transfers.receivers:
        if receiver.code == code:
            return receiver
    raise UnknownReceiver


def contact_of(receiver: Receiver, given: str | None) -> str:
    """The number that everybody knows, or the one that was given. Raises ContactMissing."""
    contact = given or receiver.contact
    if not contact:
        raise ContactMissing
    return contact
