"""T03: the reporter supplies what was asked for, or adds something without being asked."""

from __future__ import annotations

from uuid import UUID

from services.intake.attachments.commands.attaching import attach_more, attached_files
from services.intake.complaints.deed import Deed, change, record, tell
from services.intake.complaints.domain.lifecycle import Action
from services.intake.complaints.domain.privacy import is_on_behalf, public_state
from services.intake.complaints.domain.standing import refuse_ended
from services.intake.complaints.domain.supplying import (
    Supplement,
    refuse_unknown_items,
    with_supplement,
)
from services.intake.complaints.domain.wording import Line
from services.intake.complaints.queries import state_of_case
from services.intake.complaints.tables import Complaint
from services.intake.screening.commands import screen_again
from shared.contracts.intake import ComplaintSupplemented
from shared.contracts.narrative import Location, Narrative
from shared.contracts.vocabulary import ComplaintStatus
from shared.privacy import Sealed

LINE = Line("已补充材料", "您补充的内容已收到，正在重新审核。")
REMARK = Line("已补充说明", "您补充的说明已收到，将转达承办单位。")


async def supplement(deed: Deed, complaint: Complaint, added: Supplement) -> UUID:
    """The id of the fact. Raises NothingSupplied, ItemUnknown, AttachmentUnknown or
    ComplaintForbids.
    """
    refuse_unknown_items(deed.rulebook, added)
    change(complaint, Action.SUPPLY)
    complaint.supplied_at = deed.at
    await take_in(deed, complaint, added)
    record(deed, complaint, "complaint.supplemented")
    supplied = ComplaintSupplemented(
        complaint=public_state(complaint), narrative=await narrative_of(deed, complaint)
    )
    return await tell(deed, complaint, supplied, LINE)


async def remark(deed: Deed, complaint: Complaint, added: Supplement) -> UUID:
    """Told without having been asked: whoever handles it reads it, and nothing else changes.

    The id of the fact. Raises NothingSupplied, ItemUnknown, AttachmentUnknown or NothingToAdd.
    """
    refuse_unknown_items(deed.rulebook, added)
    case = await state_of_case(deed.session, complaint)
    refuse_ended(ComplaintStatus(complaint.state), case)
    complaint.version += 1
    await take_in(deed, complaint, added)
    record(deed, complaint, "complaint.remarked")
    said = ComplaintSupplemented(
        complaint=public_state(complaint), narrative=await narrative_of(deed, complaint)
    )
    return await tell(deed, complaint, said, REMARK)


async def take_in(deed: Deed, complaint: Complaint, added: Supplement) -> None:
    """The only way to say more: others see nothing of it before it is looked at.

    Raises AttachmentUnknown.
    """
    await attach_more(deed.session, deed.actor, complaint.id, added.attachments, deed.at)
    complaint.text = with_supplement(complaint.text, added, deed.at)
    complaint.place = added.place or complaint.place
    complaint.proofs = [*(complaint.proofs or ()), *(each.model_dump() for each in added.proofs)]
    await screen_again(deed.session, complaint.id, at=deed.at)


async def narrative_of(deed: Deed, complaint: Complaint) -> Sealed:
    """Everything that was said and shown so far; routing alone can read it."""
    narrative = Narrative.model_validate(
        {
            "title": complaint.title,
            "text": complaint.text,
            "place": complaint.place,
            "proofs": complaint.proofs or (),
            "location": _location(deed, complaint),
            "attachments": await attached_files(deed.session, complaint.id),
            "on_behalf": is_on_behalf(complaint),
        }
    )
    return deed.runtime.sealer.seal(
        narrative.model_dump_json(exclude_defaults=True),
        audience="routing",
        subject=str(complaint.id),
    )


def _location(deed: Deed, complaint: Complaint) -> Location | None:
    if complaint.location is None:
        return None
    opened = deed.runtime.cipher.decrypt(
        complaint.location, table="complaint", row_id=complaint.id, column="location"
    )
    return Location.model_validate_json(opened)
