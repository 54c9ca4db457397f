"""What a reporter adds to the words of a closed case (T33)."""

from __future__ import annotations

from datetime import datetime

from shared.clock import BEIJING
from shared.contracts.intake import Narrative, Objection


def with_objection(narrative: Narrative, objection: Objection, at: datetime) -> Narrative:
    """What was said first stays as it was said."""
    local = at.astimezone(BEIJING)
    when = f"{local.month}月{local.day}日 {local:%H:%M}"
    return narrative.model_copy(
        update={
            "text": f"{narrative.text}\n【{when}申请重新办理】{objection.reason}",
            "proofs": (*narrative.proofs, *objection.proofs),
            "attachments": (*narrative.attachments, *objection.attachments),
        }
    )
