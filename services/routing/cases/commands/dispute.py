"""T33: within fifteen days of the closing the reporter says that the problem is back."""

from __future__ import annotations

from services.routing.cases.casefile import CaseFile
from services.routing.cases.commands.answer import take_answer
from services.routing.cases.domain.disputing import Dispute, with_dispute, wordless
from services.routing.cases.submission import disputes_of, keep_disputes, lock_complaint
from services.routing.occasion import Occasion
from shared.contracts.intake import ComplaintDisputed
from shared.contracts.narrative import Objection
from shared.contracts.vocabulary import CaseStatus, Solved


async def dispute(on: Occasion, file: CaseFile, event: ComplaintDisputed) -> None:
    """What has moved on meanwhile is not disputed any more (X36, X37)."""
    if file.case.status is not CaseStatus.CLOSED:
        return
    await _add_words(on, file, event)
    await take_answer(on, file, Solved.NO)


async def _add_words(on: Occasion, file: CaseFile, event: ComplaintDisputed) -> None:
    """Whoever handles the case reads why it is back beside what was said first."""
    complaint_id = event.complaint.id
    opened = on.runtime.sealer.open_(event.words, subject=f"{complaint_id}/objection")
    objection = Objection.model_validate_json(opened)
    row = await lock_complaint(on.session, complaint_id)
    assert row is not None, "the case was found by it"
    version = event.complaint.version
    if row.redacted_version is not None and version < row.redacted_version:
        objection = wordless(objection)
    dispute = Dispute(version=version, at=on.now, said=objection)
    keep_disputes(on, row, with_dispute(disputes_of(on, row), dispute))
    on.audit("complaint.disputed", "complaint", complaint_id, {"case_id": str(file.case.id)})
