"""A joint action as its members and the coordinators read it."""

from __future__ import annotations

from services.routing.joint.commands.finish import MEMBERS, place_of
from services.routing.joint.commands.open import PLANS
from services.routing.joint.queries import JointFile
from services.routing.joint.schemas import JointOut, MemberOut
from services.routing.joint.tables import JointMember
from services.routing.occasion import Occasion
from shared.contracts.vocabulary import ResultCode


def joint_out(on: Occasion, file: JointFile) -> JointOut:
    joint = file.joint
    return JointOut(
        stage=joint.stage,
        lead_id=joint.lead_id,
        opened_at=joint.opened_at,
        convened_at=joint.convened_at,
        planned_at=joint.planned_at,
        plan=joint.plan and on.reveal(joint.plan, PLANS, joint.id, "plan"),
        completed_at=joint.completed_at,
        members=[_member(on, member) for member in file.members],
    )


def _member(on: Occasion, row: JointMember) -> MemberOut:
    return MemberOut(
        organisation_id=row.organisation_id,
        display_name=row.display_name,
        result_code=ResultCode(row.result_code) if row.result_code else None,
        text=row.result_text and on.reveal(row.result_text, MEMBERS, place_of(row), "result_text"),
        proofs=row.proofs,
        filed_at=row.filed_at,
        released_at=row.released_at,
    )
