"""The team that a MAJOR case proposes: by the rules of the centres, else by the category table."""

from __future__ import annotations

from services.routing.cases.casefile import CaseFile
from services.routing.cases.domain.assigning import Draft, Surroundings
from services.routing.cases.recording import rulebook_of
from services.routing.cases.schemas import TeamOut
from services.routing.directory.queries import OrganisationMissing, departments
from services.routing.dispatching.domain.deciding import Guide
from services.routing.dispatching.domain.resolving import resolve_helper
from services.routing.dispatching.domain.rules import Match, first_match
from services.routing.dispatching.facts import facts_of
from services.routing.dispatching.guides import guide_for
from services.routing.joint.domain.team import propose_team
from services.routing.occasion import Occasion
from shared.contracts.vocabulary import Grade

BY_TABLE = "按类别表提出"


async def proposed_team(on: Occasion, file: CaseFile) -> TeamOut | None:
    """None for other grades, or where the directory lacks one of the departments (B07, B08, B12).

    The rules are those that held when the case was dispatched.
    """
    if file.case.grade != Grade.MAJOR:
        return None
    by_table = await _by_table(on, file)
    at = file.case.first_dispatch_at or on.now
    guide = await guide_for(on, file.case.division, at)
    match = first_match(guide.rules, facts_of(file.case, file.case.place_code, at))
    return (_by_rule(file, guide, match, by_table) if match else None) or by_table


def _by_rule(
    file: CaseFile, guide: Guide, match: Match, by_table: TeamOut | None
) -> TeamOut | None:
    """The rule's departments; a rule that names only the lead leaves the others to the table.

    None where the rule's lead is no department of county or city: a wrong one never leads (A01).
    """
    around = Surroundings(file.case.division, file.case.estate_name)
    found = [
        resolve_helper(target, around, guide.offices, file.parties).draft
        for target in match.rule.targets
    ]
    lead, *others = [each if each and _is_department(each) else None for each in found]
    if lead is None:
        return None
    named = {each.organisation_id: each.display_name for each in others if each is not None}
    if not match.rule.co and by_table is not None:
        table = (by_table.lead, *by_table.members), (by_table.lead_name, *by_table.member_names)
        named = dict(zip(*table, strict=True))
    named.pop(lead.organisation_id, None)
    return TeamOut(
        lead=lead.organisation_id,
        lead_name=lead.display_name,
        members=list(named),
        member_names=list(named.values()),
        reason=match.reason,
    )


def _is_department(draft: Draft) -> bool:
    return draft.kind.startswith("DEPARTMENT:")


async def _by_table(on: Occasion, file: CaseFile) -> TeamOut | None:
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
        reason=BY_TABLE,
    )
