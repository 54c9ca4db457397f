"""T21, CK-07: a joint action is opened, convened and planned."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from services.routing.cases.casefile import CaseFile
from services.routing.cases.domain.assigning import Draft
from services.routing.cases.domain.lifecycle import Action
from services.routing.cases.domain.policies import CO, INFO, LEAD
from services.routing.cases.recording import move, tell
from services.routing.cases.seats import seat_of
from services.routing.cases.units import replace_units
from services.routing.clocks.commands import begin_joint, follow
from services.routing.directory.queries import KnownOrganisation, organisation_by_id
from services.routing.joint.domain.members import (
    NotADepartment,
    NotConvened,
    OnlyMajorIsJoint,
    Stage,
)
from services.routing.joint.proposal import proposed_team
from services.routing.joint.queries import JointFile
from services.routing.joint.tables import JointAction, JointMember
from services.routing.occasion import Occasion
from shared.contracts.routing import JointConvened, JointOpened, JointPlanned
from shared.contracts.vocabulary import Grade, OrganisationKind
from shared.identity import End
from shared.ids import new_id

PLANS = "joint_action"
JOINT = "joint"
NAMED = "综治中心指定的联合处置单位"


@dataclass(frozen=True)
class Team:
    """The lead is a member too; it files a result of its own. `reason` is kept with the units."""

    lead: UUID
    members: Collection[UUID]
    reason: str = NAMED


async def open_joint(on: Occasion, file: CaseFile, team: Team | None) -> None:
    """Without a team, the proposal of the category table acts.

    Raises OnlyMajorIsJoint or NotADepartment.
    """
    if file.case.grade != Grade.MAJOR:
        raise OnlyMajorIsJoint
    team = team or await _proposed(on, file)
    lead, members = await _departments(on, team)
    move(on, file, Action.OPEN_JOINT, details={"lead": str(lead.id)})
    joint = JointAction(
        id=new_id(), case_id=file.case.id, stage=Stage.OPENED, lead_id=lead.id, opened_at=on.now
    )
    on.session.add(joint)
    await on.session.flush()
    on.session.add_all(_member(joint, each) for each in (lead, *members))
    _assign(on, file, lead, members, team.reason)
    await begin_joint(on, file)
    await tell(on, file, JointOpened)


async def convene(on: Occasion, joint: JointFile) -> None:
    """The departments have met."""
    move(on, joint.file, Action.CONVENE)
    joint.joint.stage, joint.joint.convened_at = Stage.CONVENED, on.now
    await follow(on, joint.file, Action.CONVENE)
    await tell(on, joint.file, JointConvened)


async def plan(on: Occasion, joint: JointFile, text: str) -> None:
    """The shared plan is filed. Raises NotConvened."""
    if joint.joint.convened_at is None:
        raise NotConvened
    move(on, joint.file, Action.PLAN)
    joint.joint.stage, joint.joint.planned_at = Stage.PLANNED, on.now
    joint.joint.plan = on.conceal(text, PLANS, joint.joint.id, "plan")
    await follow(on, joint.file, Action.PLAN)
    await tell(on, joint.file, JointPlanned)


async def _proposed(on: Occasion, file: CaseFile) -> Team:
    proposal = await proposed_team(on, file)
    if proposal is None:
        raise NotADepartment
    return Team(proposal.lead, proposal.members, proposal.reason)


async def _departments(
    on: Occasion, team: Team
) -> tuple[KnownOrganisation, list[KnownOrganisation]]:
    wanted = dict.fromkeys((team.lead, *team.members))
    found = [await organisation_by_id(on.session, id) for id in wanted]
    departments = [
        each
        for each in found
        if each is not None and each.active and each.kind is OrganisationKind.DEPARTMENT
    ]
    if len(departments) < len(wanted):
        raise NotADepartment
    return departments[0], departments[1:]


def _member(joint: JointAction, department: KnownOrganisation) -> JointMember:
    return JointMember(
        joint_id=joint.id,
        organisation_id=department.id,
        display_name=department.display_name,
    )


def _assign(
    on: Occasion,
    file: CaseFile,
    lead: KnownOrganisation,
    members: list[KnownOrganisation],
    reason: str,
) -> None:
    """The departments take over; whoever coordinated so far stays informed."""
    drafts = [_draft(lead, LEAD, reason), *(_draft(each, CO, reason) for each in members)]
    named = {draft.organisation_id for draft in drafts}
    stays = [unit for unit in file.units if unit.organisation_id not in named]
    drafts += [
        Draft(unit.organisation_id, End(unit.end), INFO, unit.display_name, unit.person_id)
        for unit in stays
    ]
    replace_units(on, file, drafts)


def _draft(department: KnownOrganisation, role: str, reason: str) -> Draft:
    seat = seat_of(department)
    return Draft(seat.id, seat.end, role, seat.name, None, seat.kind, JOINT, reason)
