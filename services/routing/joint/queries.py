"""Reads of joint actions."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.routing.cases.casefile import CaseFile
from services.routing.joint.domain.members import Member, NotAMember
from services.routing.joint.tables import JointAction, JointMember
from shared.errors import NotFound


class JointNotFound(NotFound):
    """This case has no joint action."""

    code = "JOINT_NOT_FOUND"
    chinese = "本案没有联合处置。"


@dataclass
class JointFile:
    """A case with its latest joint action."""

    file: CaseFile
    joint: JointAction
    members: list[JointMember]

    def member(self, organisation_id: UUID | None) -> JointMember:
        """Raises NotAMember."""
        for member in self.members:
            if member.organisation_id == organisation_id:
                return member
        raise NotAMember


async def latest_joint(session: AsyncSession, file: CaseFile) -> JointFile:
    """Raises JointNotFound."""
    found = await session.execute(
        select(JointAction)
        .where(col(JointAction.case_id) == file.case.id)
        .order_by(col(JointAction.id).desc())
        .limit(1)
    )
    joint = found.scalar()
    if joint is None:
        raise JointNotFound
    members = await session.execute(
        select(JointMember)
        .where(col(JointMember.joint_id) == joint.id)
        .order_by(col(JointMember.organisation_id))
    )
    return JointFile(file, joint, list(members.scalars()))


def as_member(row: JointMember) -> Member:
    return Member(row.organisation_id, row.filed_at, row.released_at)
