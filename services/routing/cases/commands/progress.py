"""T14: a progress note; a public one travels to the owner, sealed."""

from __future__ import annotations

from dataclasses import dataclass

from services.routing.cases.casefile import CaseFile
from services.routing.cases.domain.lifecycle import Action
from services.routing.cases.recording import move, tell
from services.routing.occasion import Occasion
from shared.contracts.routing import CaseProgressed


@dataclass(frozen=True)
class Note:
    text: str
    public: bool


async def progress(on: Occasion, file: CaseFile, note: Note) -> None:
    move(on, file, Action.PROGRESS, note=note.text, public=note.public)
    sealed = None
    if note.public:
        subject = f"{file.case.id}/note"
        sealed = on.runtime.sealer.seal(note.text, audience="intake", subject=subject)
    await tell(on, file, CaseProgressed, note=sealed)
