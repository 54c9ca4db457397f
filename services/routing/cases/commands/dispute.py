"""T33: within fifteen days of the closing the reporter says that the problem is back."""

from __future__ import annotations

from services.routing.cases.casefile import CaseFile
from services.routing.cases.commands.answer import take_answer
from services.routing.cases.domain.disputing import with_objection
from services.routing.cases.submission import NARRATIVES
from services.routing.occasion import Occasion
from shared.contracts.intake import ComplaintDisputed, Narrative, Objection
from shared.contracts.vocabulary import CaseStatus, Solved


async def dispute(on: Occasion, file: CaseFile, event: ComplaintDisputed) -> None:
    """What has moved on meanwhile is not disputed any more (X36, X37)."""
    if file.case.status is not CaseStatus.CLOSED:
        return
    _add_words(on, file, event)
    await take_answer(on, file, Solved.NO)


def _add_words(on: Occasion, file: CaseFile, event: ComplaintDisputed) -> None:
    """Whoever handles the case reads why it is back beside what was said first."""
    complaint_id = event.complaint.id
    opened = on.runtime.sealer.open_(event.words, subject=f"{complaint_id}/objection")
    objection = Objection.model_validate_json(opened)
    row = next(each for each in file.complaints if each.complaint_id == complaint_id)
    known = on.reveal(row.narrative, NARRATIVES, complaint_id, "narrative")
    told = with_objection(Narrative.model_validate_json(known), objection, on.now)
    row.narrative = on.conceal(told.model_dump_json(), NARRATIVES, complaint_id, "narrative")
    on.audit("complaint.disputed", "complaint", complaint_id, {"case_id": str(file.case.id)})
