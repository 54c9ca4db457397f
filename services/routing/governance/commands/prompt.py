"""3.6: three reopened cases of a company and estate within thirty days prompt a talk."""

from __future__ import annotations

from services.routing.cases.casefile import CaseFile
from services.routing.cases.recording import rulebook_of
from services.routing.governance.queries import prompted_since, reopened_since
from services.routing.governance.tables import TalkPrompt
from services.routing.occasion import Occasion
from shared.contracts.routing import TalkPrompted, TalkPromptState
from shared.ids import new_id


async def prompt_talk(on: Occasion, file: CaseFile) -> None:
    """Once in the period; whether there is a talk is a person's decision."""
    case, pattern = file.case, rulebook_of(on, file).patterns.reopened_same_company
    if case.company_id is None:
        return
    since = on.now - pattern.within
    reopened = await reopened_since(on.session, case.company_id, case.estate_id, since)
    if reopened < pattern.times:
        return
    if await prompted_since(on.session, case.company_id, case.estate_id, since):
        return
    prompt = TalkPrompt(
        id=new_id(),
        company_id=case.company_id,
        estate_id=case.estate_id,
        division=case.division,
        reopened=reopened,
        at=on.now,
    )
    on.session.add(prompt)
    state = prompt.model_dump(include={"id", "company_id", "estate_id", "division", "reopened"})
    on.publish(TalkPrompted(prompt=TalkPromptState(version=1, **state)))
