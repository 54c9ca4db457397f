"""Joint work as its readers see it."""

from __future__ import annotations

from services.routing.governance.commands.joint_work import SUMMARIES
from services.routing.governance.domain.joint_work import Kind
from services.routing.governance.queries import cases_of
from services.routing.governance.schemas import JointWorkOut, LinkedCaseOut, UnitOut
from services.routing.governance.tables import JointWork
from services.routing.occasion import Occasion


async def joint_work_out(on: Occasion, work: JointWork) -> JointWorkOut:
    cases = await cases_of(on.session, on.actor, work.id)
    return JointWorkOut(
        id=work.id,
        kind=Kind(work.kind),
        held_at=work.held_at,
        division=work.division,
        units=[UnitOut.model_validate(unit) for unit in work.units],
        summary=on.reveal(work.summary, SUMMARIES, work.id, "summary"),
        cases=[LinkedCaseOut(id=case.id, number=case.number) for case in cases],
    )
