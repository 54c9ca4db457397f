"""T43, X12: decided by a dispatcher, made within one working day (CK-18)."""

from __future__ import annotations

from dataclasses import dataclass

from services.routing.cases.casefile import CaseFile
from services.routing.cases.domain.lifecycle import Action
from services.routing.cases.recording import move, rulebook_of, tell
from services.routing.clocks.commands import follow
from services.routing.occasion import Occasion
from services.routing.transfer.domain.receivers import (
    NoTransferDecided,
    TransferUnderWay,
    contact_of,
    receiver_named,
)
from services.routing.transfer.queries import decided_transfer
from services.routing.transfer.tables import Transfer
from shared.contracts.routing import CasePartTransferred, CaseTransferDecided, CaseTransferred
from shared.contracts.vocabulary import ResultCode
from shared.ids import new_id

TRANSFERS = "transfer"


@dataclass(frozen=True)
class Decision:
    """To whom, why, and whether anything stays here."""

    receiver: str
    reason: str
    whole: bool = True


@dataclass(frozen=True)
class Handover:
    """What the receiver signed for, and how the owner reaches it."""

    receipt: str
    contact: str | None = None


async def decide(on: Occasion, file: CaseFile, decision: Decision) -> None:
    """Raises UnknownReceiver or TransferUnderWay."""
    receiver = receiver_named(decision.receiver, rulebook_of(on, file))
    if await decided_transfer(on.session, file.case.id) is not None:
        raise TransferUnderWay
    details = {"receiver": receiver.code, "whole": decision.whole}
    move(on, file, Action.DECIDE_TRANSFER, details=details)
    on.session.add(_row(on, file, decision))
    await follow(on, file, Action.DECIDE_TRANSFER)
    await tell(on, file, CaseTransferDecided, receiver=receiver.chinese)


async def hand_over(on: Occasion, file: CaseFile, handover: Handover) -> None:
    """Raises NoTransferDecided or ContactMissing."""
    row = await decided_transfer(on.session, file.case.id)
    if row is None:
        raise NoTransferDecided
    receiver = receiver_named(row.receiver, rulebook_of(on, file))
    row.contact = contact_of(receiver, handover.contact)
    row.receipt = on.conceal(handover.receipt, TRANSFERS, row.id, "receipt")
    row.handed_over_at, row.handed_over_by = on.now, on.actor.id
    action = Action.TRANSFER if row.whole else Action.TRANSFER_PART
    move(on, file, action, details={"receiver": receiver.code})
    await follow(on, file, action)
    if not row.whole:
        await tell(on, file, CasePartTransferred, receiver=receiver.chinese)
        return
    file.case.result_code = ResultCode.TO_AUTHORITY
    file.case.closed_at = on.now
    await tell(on, file, CaseTransferred, receiver=receiver.chinese, contact=row.contact)


def _row(on: Occasion, file: CaseFile, decision: Decision) -> Transfer:
    transfer_id = new_id()
    return Transfer(
        id=transfer_id,
        case_id=file.case.id,
        receiver=decision.receiver,
        whole=decision.whole,
        reason=on.conceal(decision.reason, TRANSFERS, transfer_id, "reason"),
        decided_at=on.now,
        decided_by=on.actor.id,
    )
