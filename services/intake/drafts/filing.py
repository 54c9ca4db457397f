"""From a draft to a complaint: once, and the receipt again for whoever asks again.

The draft itself is the idempotency key. It is emptied only after its complaint is stored for good,
so a failure in between leads to the first answer, not to a second complaint, whatever was written
on the draft meanwhile.
"""

from __future__ import annotations

from uuid import UUID

from fastapi import Response
from pydantic import ValidationError

from services.intake.complaints.domain.placing import Wish
from services.intake.complaints.filing import Draft, Filed, FilingDesk, prepare
from services.intake.complaints.receipts import answer_with, mini_program
from services.intake.complaints.schemas import Submission
from services.intake.complaints.tables import Complaint
from services.intake.drafts.commands import Desk
from services.intake.drafts.domain.keeping import DraftIncomplete
from services.intake.drafts.queries import filed_as
from services.intake.drafts.tables import ComplaintDraft


async def file_draft(desk: Desk, draft: ComplaintDraft, address: str | None) -> Response:
    """Raises DraftIncomplete, or what refuses any other complaint."""
    if draft.complaint_id is not None:
        return await _again(desk, draft)
    lost = await filed_as(desk.session, desk.actor, key_of(draft))
    if lost is not None:
        _close(draft, lost)
        return await _again(desk, draft)
    said = _submission(desk, draft).draft()
    door = mini_program(desk.actor, key_of(draft), said, address)
    filed = await desk.runtime.part(FilingDesk).hand_in(prepare(desk.runtime, said, door))
    _close(draft, filed.id)
    return answer_with(desk.runtime, filed, said, with_code=said.anonymous)


def key_of(draft: ComplaintDraft) -> str:
    return f"draft:{draft.id}"


def _close(draft: ComplaintDraft, complaint_id: UUID) -> None:
    draft.complaint_id, draft.content, draft.attachments = complaint_id, None, []


def _submission(desk: Desk, draft: ComplaintDraft) -> Submission:
    content = desk.opened(draft).model_dump_json(exclude_defaults=True)
    try:
        return Submission.model_validate_json(content)
    except ValidationError as invalid:
        fields = [".".join(map(str, each["loc"])) for each in invalid.errors()]
        raise DraftIncomplete(fields=fields) from None


async def _again(desk: Desk, draft: ComplaintDraft) -> Response:
    complaint = await desk.session.get_one(Complaint, draft.complaint_id)
    said = Draft(
        wish=Wish(complaint.estate_id),
        text=complaint.text,
        title=complaint.title,
        anonymous=complaint.anonymous,
    )
    filed = Filed(complaint.id, complaint.number, complaint.submitted_at, replayed=True)
    return answer_with(desk.runtime, filed, said, with_code=complaint.anonymous)
