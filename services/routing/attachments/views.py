"""The files that the narratives of a case name, as far as the reader may see them."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from services.routing.attachments.domain.policies import may_see_file
from services.routing.attachments.schemas import CaseFileOut, CaseFilesOut
from services.routing.cases.casefile import CaseFile
from services.routing.cases.recording import rulebook_of
from services.routing.cases.submission import narrative_in
from services.routing.occasion import Occasion
from shared.contracts.narrative import AttachedFile
from shared.errors import NotFound


class CaseFileNotFound(NotFound):
    """No complaint of this case has such a file, or it is not for you to see."""

    code = "CASE_FILE_NOT_FOUND"
    chinese = "本案没有该附件，或您无权查看。"


def files_out(on: Occasion, file: CaseFile) -> CaseFilesOut:
    found = list(_named(on, file))
    seen = [(number, each) for number, each in found if _visible(on, file, each)]
    items = [CaseFileOut(complaint=number, **each.model_dump()) for number, each in seen]
    return CaseFilesOut(items=items, withheld=len(found) - len(seen))


def the_file(on: Occasion, file: CaseFile, attachment_id: UUID) -> AttachedFile:
    """Raises CaseFileNotFound."""
    for _, each in _named(on, file):
        if each.id == attachment_id and _visible(on, file, each):
            return each
    raise CaseFileNotFound


def _visible(on: Occasion, file: CaseFile, attached: AttachedFile) -> bool:
    readers = rulebook_of(on, file).sharing.confidential_readers
    return may_see_file(on.actor, file.standing, readers, attached.kind)


def _named(on: Occasion, file: CaseFile) -> Iterator[tuple[str, AttachedFile]]:
    for complaint in file.complaints:
        for attached in narrative_in(on, complaint).attachments:
            yield complaint.number, attached
