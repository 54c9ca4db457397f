"""The team that a MAJOR case proposes, as organisations of its county (B07, B08, B12)."""

from __future__ import annotations

from services.routing.cases.casefile import CaseFile
from services.routing.cases.recording import rulebook_of
from services.routing.cases.schemas import TeamOut
from services.routing.directory.queries import OrganisationMissing, departments
from services.routing.joint.domain.team import propose_team
from services.routing.occasion import Occasion
from shared.contracts.vocabulary import Grade


async def proposed_team(on: Occasion, file: CaseFile) -> TeamOut | None:
    """None for other grades, or where the directory lacks one of the departments."""
    if file.case.grade != Grade.MAJOR:
        return None
    team = propose_team(rulebook_of(on, file), file.case.category)
    try:
        found = await departments(on.session, (team.lead, *team.members), file.case.division)
    except OrganisationMissing:
        return None
    members = [found[code] for code in team.members]
    return TeamOut(
        lead=found[team.lead].id,
        lead_name=found[team.lead].display_name,
        members=[member.id for member in members],
        member_names=[member.display_name for member in members],
    )
