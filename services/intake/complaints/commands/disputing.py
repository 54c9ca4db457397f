"""T33: the problem is back, or new facts came up; routing reopens the case or decides."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from services.intake.attachments.commands.attaching import attach_more, attached_files
from services.intake.complaints.deed import Deed, record, tell
from services.intake.complaints.domain.disputing import refuse_dispute
from services.intake.complaints.domain.privacy import public_state
from services.intake.complaints.domain.supplying import Supplement, refuse_unknown_items
from services.intake.complaints.domain.wording import Line
from services.intake.complaints.domain.wording.line import HUB
from services.intake.complaints.queries import closing_of
from services.intake.complaints.tables import Complaint
from services.intake.screening.gathering import gather_files
from shared.contracts.intake import ComplaintDisputed
from shared.contracts.narrative import Objection

READER = "routing"


async def dispute(
    deed: Deed, complaint: Complaint, objection: Objection, files: Sequence[UUID]
) -> None:
    """Raises one of the conflicts of `disputing`, ItemUnknown or AttachmentUnknown."""
    closing = await closing_of(deed.session, deed.runtime.rulebooks, complaint)
    refuse_dispute(closing, deed.at)
    refuse_unknown_items(deed.rulebook, Supplement(objection.reason, None, objection.proofs))
    await attach_more(deed.session, deed.actor, complaint.id, files, deed.at)
    await gather_files(deed.session, [complaint.id], at=deed.at)
    known = await attached_files(deed.session, complaint.id)
    attached = tuple(each for each in known if each.id in files)
    complaint.disputed_at = deed.at
    complaint.version += 1
    record(deed, complaint, "complaint.disputed")
    said = objection.model_copy(update={"attachments": attached})
    words = deed.runtime.sealer.seal(
        said.model_dump_json(), audience=READER, subject=f"{complaint.id}/objection"
    )
    event = ComplaintDisputed(complaint=public_state(complaint), words=words)
    await tell(deed, complaint, event, _line(len(attached)))


def _line(files: int) -> Line:
    with_files = f"（附件{files}个）" if files else ""
    text = f"您申请重新办理{with_files}，首次申请将直接退回承办单位，再次申请由综治中心决定。"
    return Line("您已申请重新办理", text, HUB)
