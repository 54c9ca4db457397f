"""One problem, many voices: cases that become one, and groups of households."""

from __future__ import annotations

from uuid import UUID

from shared.contracts.routing.cases import CaseEvent


class CaseMerged(CaseEvent):
    """T07: this case ended; its complaints went on in another one."""

    name = "routing.case_merged"

    into_case_id: UUID
    into_case_number: str
    moved: tuple[UUID, ...]


class ComplaintsJoined(CaseEvent):
    """T07: further complaints belong to this case from now on."""

    name = "routing.complaints_joined"

    joined: tuple[UUID, ...]


class ComplaintUnmerged(CaseEvent):
    """X10: a complaint that had been joined wrongly got this case of its own."""

    name = "routing.complaint_unmerged"

    complaint_id: UUID
    from_case_id: UUID


class GroupAlerted(CaseEvent):
    """X11, U26: so many households with the same problem; `major` says that it became MAJOR."""

    name = "routing.group_alerted"

    households: int
    major: bool


class RepresentativesNamed(CaseEvent):
    """X11: up to five of the reporters speak for all in talks."""

    name = "routing.representatives_named"

    count: int
