"""Joint handling by several departments."""

from __future__ import annotations

from uuid import UUID

from shared.contracts.routing.cases import CaseEvent


class JointOpened(CaseEvent):
    """T21: joint handling with a lead and co-departments (A09)."""

    name = "routing.joint_opened"


class JointConvened(CaseEvent):
    """CK-07: the departments met."""

    name = "routing.joint_convened"


class JointPlanned(CaseEvent):
    """CK-07: the shared plan is filed."""

    name = "routing.joint_planned"


class JointMemberResult(CaseEvent):
    """T22: one department filed its result, or the lead released it (X19)."""

    name = "routing.joint_member_result"

    organisation_id: UUID
    released: bool


class JointCompleted(CaseEvent):
    """T23: all results are in and consolidated."""

    name = "routing.joint_completed"
