"""T22, T23, X19: members file results or are released; the lead consolidates."""

from __future__ import annotations

from uuid import UUID

from services.routing.cases.commands.submit import Result, write_result
from services.routing.cases.domain.lifecycle import Action
from services.routing.cases.recording import move, tell
from services.routing.clocks.commands import follow
from services.routing.joint.domain.members import (
    NoPlanYet,
    Stage,
    refuse_done,
    refuse_incomplete,
)
from services.routing.joint.queries import JointFile, as_member
from services.routing.joint.tables import JointMember
from services.routing.occasion import Occasion
from shared.contracts.routing import CaseResultSubmitted, JointCompleted, JointMemberResult

MEMBERS = "joint_member"


async def file_result(on: Occasion, joint: JointFile, result: Result) -> None:
    """T22: a member files what it did. Raises NotAMember or AlreadyFiled."""
    member = joint.member(on.actor.organisation_id)
    refuse_done(as_member(member))
    details = {"member": str(member.organisation_id)}
    move(on, joint.file, Action.FILE_MEMBER_RESULT, details=details)
    member.result_code, member.proofs = result.code, list(result.proofs)
    member.result_text = on.conceal(result.text, MEMBERS, place_of(member), "result_text")
    member.filed_by, member.filed_at = on.actor.id, on.now
    await _tell(on, joint, member.organisation_id, released=False)


async def release(on: Occasion, joint: JointFile, organisation_id: UUID, reason: str) -> None:
    """X19: the lead goes on without a silent member.

    Raises NoPlanYet, NotAMember or AlreadyFiled.
    """
    if joint.joint.planned_at is None:
        raise NoPlanYet
    member = joint.member(organisation_id)
    refuse_done(as_member(member))
    details = {"member": str(organisation_id)}
    move(on, joint.file, Action.RELEASE_MEMBER, note=reason, details=details)
    member.released_at = on.now
    await _tell(on, joint, organisation_id, released=True)


async def complete(on: Occasion, joint: JointFile, result: Result) -> None:
    """T23: one consolidated result (A09). Raises ResultsMissing."""
    refuse_incomplete(as_member(member) for member in joint.members)
    move(on, joint.file, Action.COMPLETE_JOINT, details={"result": result.code})
    joint.joint.stage, joint.joint.completed_at = Stage.CONSOLIDATED, on.now
    write_result(on, joint.file, result)
    await follow(on, joint.file, Action.COMPLETE_JOINT)
    await tell(on, joint.file, JointCompleted)
    await tell(on, joint.file, CaseResultSubmitted)


def place_of(member: JointMember) -> str:
    """Which row a member's ciphertext is bound to."""
    return f"{member.joint_id}/{member.organisation_id}"


async def _tell(on: Occasion, joint: JointFile, organisation_id: UUID, *, released: bool) -> None:
    await tell(
        on, joint.file, JointMemberResult, organisation_id=organisation_id, released=released
    )
