"""T03: the reporter supplies what was asked for."""

from __future__ import annotations

from services.intake.complaints.deed import Deed, change, record, tell
from services.intake.complaints.domain.lifecycle import Action
from services.intake.complaints.domain.privacy import is_on_behalf, public_state
from services.intake.complaints.domain.supplying import (
    Supplement,
    refuse_unknown_items,
    with_supplement,
)
from services.intake.complaints.domain.wording import Line
from services.intake.complaints.tables import Complaint
from shared.contracts.intake import ComplaintSupplemented, Narrative
from shared.privacy import Sealed

LINE = Line("已补充材料", "您补充的内容已收到，正在重新审核。")


async def supplement(deed: Deed, complaint: Complaint, added: Supplement) -> None:
    """Raises NothingSupplied, ItemUnknown or ComplaintForbids."""
    refuse_unknown_items(deed.rulebook, added)
    change(complaint, Action.SUPPLY)
    complaint.text = with_supplement(complaint.text, added, deed.at)
    complaint.place = added.place or complaint.place
    complaint.proofs = [*(complaint.proofs or ()), *(each.model_dump() for each in added.proofs)]
    complaint.supplied_at = deed.at
    record(deed, complaint, "complaint.supplemented")
    supplied = ComplaintSupplemented(
        complaint=public_state(complaint), narrative=narrative_of(deed, complaint)
    )
    await tell(deed, complaint, supplied, LINE)


def narrative_of(deed: Deed, complaint: Complaint) -> Sealed:
    """Everything that was said so far; routing alone can read it."""
    narrative = Narrative.model_validate(
        {
            "title": complaint.title,
            "text": complaint.text,
            "place": complaint.place,
            "proofs": complaint.proofs or (),
            "on_behalf": is_on_behalf(complaint),
        }
    )
    return deed.runtime.sealer.seal(
        narrative.model_dump_json(exclude_none=True), audience="routing", subject=str(complaint.id)
    )
