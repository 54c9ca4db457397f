"""X12: words of a police matter turn up later; a person decides what is handed over."""

from __future__ import annotations

from services.routing.cases.casefile import CaseFile
from services.routing.cases.domain.lifecycle import Action
from services.routing.cases.recording import move, rulebook_of, tell
from services.routing.occasion import Occasion
from services.routing.triage.police import judge_police
from services.routing.triage.proposal import PoliceView
from services.routing.triage.reading import Reading
from shared.contracts.routing import PoliceMatterFound


async def flag_police_words(on: Occasion, file: CaseFile, words: str) -> None:
    """Told once for a case; a flag that is set already says it all."""
    rulebook = rulebook_of(on, file)
    reading = Reading.of(rulebook.triage, "", words)
    if file.case.police_check or judge_police(rulebook, reading, None).view is PoliceView.NO:
        return
    move(on, file, Action.FLAG_POLICE)
    file.case.police_check = True
    await tell(on, file, PoliceMatterFound)
