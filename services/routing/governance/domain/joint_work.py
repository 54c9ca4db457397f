"""Meetings and enforcement of several units (A11)."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from uuid import UUID

from shared.errors import Invalid, NotFound


class Kind(StrEnum):
    """联席会议, 联合执法."""

    MEETING = "MEETING"
    ENFORCEMENT = "ENFORCEMENT"


class NotJoint(Invalid):
    """Joint work takes at least two units."""

    code = "NOT_JOINT"
    chinese = "联席会议、联合执法须有两个以上单位参加。"


class JointWorkNotFound(NotFound):
    """There is no such record, or you may not see it."""

    code = "JOINT_WORK_NOT_FOUND"
    chinese = "没有这条记录，或您无权查看。"


LEAST = 2


def refuse_alone(units: Collection[UUID]) -> None:
    """Raises NotJoint."""
    if len(set(units)) < LEAST:
        raise NotJoint
