"""A joint action is complete when every member has filed a result or was released (A09, X19)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from shared.errors import Conflict, Invalid


class Stage(StrEnum):
    OPENED = "OPENED"
    CONVENED = "CONVENED"
    PLANNED = "PLANNED"
    CONSOLIDATED = "CONSOLIDATED"


class OnlyMajorIsJoint(Conflict):
    """Joint handling is for major matters; raise the grade first."""

    code = "ONLY_MAJOR_IS_JOINT"
    chinese = "只有大事才启动联合处置，请先升级。"


class NotADepartment(Invalid):
    """A joint action is made of departments in use; the lead is one of them."""

    code = "NOT_A_DEPARTMENT"
    chinese = "联合处置成员须为在用的执法部门。"


class NotAMember(Invalid):
    """This organisation is not a member of the joint action."""

    code = "NOT_A_MEMBER"
    chinese = "该机构不是本次联合处置的成员。"


class AlreadyFiled(Conflict):
    """This member has filed its result or was released."""

    code = "ALREADY_FILED"
    chinese = "该成员已提交结果或已被免除。"


class NotConvened(Conflict):
    """The departments meet before they plan."""

    code = "NOT_CONVENED"
    chinese = "须先召集会商，再制定方案。"


class NoPlanYet(Conflict):
    """A member is released only after the plan was filed (X19)."""

    code = "NO_PLAN_YET"
    chinese = "联合处置方案提交后方可免除成员。"


class ResultsMissing(Conflict):
    """Some members have neither filed a result nor been released."""

    code = "RESULTS_MISSING"
    chinese = "仍有成员未提交结果，也未被免除。"


@dataclass(frozen=True)
class Member:
    organisation_id: UUID
    filed_at: datetime | None
    released_at: datetime | None

    @property
    def done(self) -> bool:
        return self.filed_at is not None or self.released_at is not None


def refuse_incomplete(members: Iterable[Member]) -> None:
    """Raises ResultsMissing, naming the members."""
    missing = [str(member.organisation_id) for member in members if not member.done]
    if missing:
        raise ResultsMissing(members=missing)


def refuse_done(member: Member) -> None:
    """Raises AlreadyFiled."""
    if member.done:
        raise AlreadyFiled
