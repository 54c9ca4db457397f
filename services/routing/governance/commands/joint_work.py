"""A11: joint work is recorded once and shown in the timeline of every case it was about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.routing.cases.casefile import CaseFile
from services.routing.cases.commands.dispatch import UnknownUnit
from services.routing.cases.domain.lifecycle import Action
from services.routing.cases.recording import move
from services.routing.directory.queries import KnownOrganisation, organisation_by_id
from services.routing.governance.domain.joint_work import Kind, refuse_alone
from services.routing.governance.tables import JointWork, JointWorkCase
from services.routing.mediation.domain.validity import refuse_impossible_time
from services.routing.occasion import Occasion
from shared.ids import new_id

SUMMARIES = "joint_work"


@dataclass(frozen=True)
class Work:
    """What was done together, by whom, when."""

    kind: Kind
    held_at: datetime
    division: str
    units: Sequence[UUID]
    summary: str


async def record(on: Occasion, files: Sequence[CaseFile], work: Work) -> JointWork:
    """Raises NotJoint, UnknownUnit or NotHeldYet."""
    refuse_alone(work.units)
    refuse_impossible_time(work.held_at, work.held_at, on.now)
    units = [await _unit(on, id) for id in dict.fromkeys(work.units)]
    row = _row(on, work, units)
    on.session.add(row)
    await on.session.flush()
    for file in files:
        details = {"kind": work.kind, "units": len(units)}
        move(on, file, Action.RECORD_JOINT_WORK, note=work.summary, details=details)
        on.session.add(JointWorkCase(joint_work_id=row.id, case_id=file.case.id))
    on.audit("joint_work.recorded", "joint_work", row.id, {"kind": work.kind})
    return row


async def _unit(on: Occasion, id: UUID) -> KnownOrganisation:
    found = await organisation_by_id(on.session, id)
    if found is None or not found.active:
        raise UnknownUnit
    return found


def _row(on: Occasion, work: Work, units: Sequence[KnownOrganisation]) -> JointWork:
    work_id = new_id()
    return JointWork(
        id=work_id,
        kind=work.kind,
        held_at=work.held_at,
        division=work.division,
        units=[{"id": str(unit.id), "name": unit.display_name} for unit in units],
        summary=on.conceal(work.summary, SUMMARIES, work_id, "summary"),
        recorded_at=on.now,
        recorded_by=on.actor.id,
    )
