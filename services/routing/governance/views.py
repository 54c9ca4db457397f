"""Joint work as its readers see it."""

from __future__ import annotations

from collections.abc import Sequence

from services.routing.cases.tables import Case
from services.routing.governance.commands.joint_work import SUMMARIES
from services.routing.governance.domain.joint_work import Kind
from services.routing.governance.queries import cases_of_works
from services.routing.governance.schemas import JointWorkOut, LinkedCaseOut, UnitOut
from services.routing.governance.tables import JointWork
from services.routing.occasion import Occasion


async def joint_work_out(on: Occasion, work: JointWork) -> JointWorkOut:
    return (await joint_works_out(on, [work]))[0]


async def joint_works_out(on: Occasion, works: Sequence[JointWork]) -> list[JointWorkOut]:
    cases = await cases_of_works(on.session, on.actor, [work.id for work in works])
    return [_out(on, work, cases.get(work.id, ())) for work in works]


def _out(on: Occasion, work: JointWork, cases: Sequence[Case]) -> JointWorkOut:
    return JointWorkOut(
        id=work.id,
        kind=Kind(work.kind),
        held_at=work.held_at,
        division=work.division,
        units=[UnitOut.model_validate(unit) for unit in work.units],
        summary=on.reveal(work.summary, SUMMARIES, work.id, "summary"),
        cases=[LinkedCaseOut(id=case.id, number=case.number) for case in cases],
    )
