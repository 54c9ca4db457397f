"""A hand-over as its readers see it."""

from __future__ import annotations

from services.routing.cases.casefile import CaseFile
from services.routing.cases.domain.policies import may_read_handling
from services.routing.cases.recording import rulebook_of
from services.routing.occasion import Occasion
from services.routing.transfer.commands.transfer import TRANSFERS
from services.routing.transfer.domain.receivers import receiver_named
from services.routing.transfer.schemas import TransferOut
from services.routing.transfer.tables import Transfer


def transfer_out(on: Occasion, file: CaseFile, row: Transfer) -> TransferOut:
    known = may_read_handling(on.actor, file.standing)
    receipt = row.receipt if known else None
    return TransferOut(
        receiver=row.receiver,
        receiver_name=receiver_named(row.receiver, rulebook_of(on, file)).chinese,
        whole=row.whole,
        decided_at=row.decided_at,
        handed_over_at=row.handed_over_at,
        contact=row.contact,
        reason=on.reveal(row.reason, TRANSFERS, row.id, "reason") if known else None,
        receipt=receipt and on.reveal(receipt, TRANSFERS, row.id, "receipt"),
    )
