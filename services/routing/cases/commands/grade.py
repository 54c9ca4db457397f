"""T09, T30: a person, or the sweeper (X02), sets or changes category and grade."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.routing.cases.casefile import CaseFile
from services.routing.cases.domain.assigning import Draft
from services.routing.cases.domain.grading import NothingToRegrade, refuse_lowering
from services.routing.cases.domain.lifecycle import Action
from services.routing.cases.domain.policies import has_county_centre
from services.routing.cases.recording import move, rulebook_of, tell
from services.routing.cases.surroundings import surroundings
from services.routing.cases.tables import Grading
from services.routing.cases.units import replace_units
from services.routing.clocks.commands import follow_category, handed_to_enforcement
from services.routing.clocks.regrading import follow_regrade
from services.routing.dispatching.domain.deciding import decide
from services.routing.dispatching.facts import facts_of
from services.routing.dispatching.guides import guide_for
from services.routing.occasion import Occasion
from shared.contracts.routing import CaseGraded, CaseRegraded
from shared.contracts.vocabulary import CaseStatus, Grade
from shared.errors import Invalid
from shared.identity import End
from shared.ids import new_id

GRADINGS = "grading"


class UnknownCategory(Invalid):
    """The rulebook of this case has no such graded category."""

    code = "UNKNOWN_CATEGORY"
    chinese = "本案适用的规则中没有这个类别。"


@dataclass(frozen=True)
class Judgement:
    """What somebody thinks the case is; the reason is kept with the history."""

    category: str
    grade: Grade
    reason: str


async def grade(on: Occasion, file: CaseFile, judgement: Judgement) -> None:
    """Before dispatch this settles the proposal, afterwards it is a regrade."""
    refuse_unknown(on, file, judgement.category)
    if file.case.status is CaseStatus.TO_DISPATCH:
        await _settle(on, file, judgement)
    else:
        await regrade(on, file, judgement)


async def regrade(on: Occasion, file: CaseFile, judgement: Judgement) -> None:
    """T30: recompute clocks from the first dispatch and hand over by the due matrix (X01)."""
    old, new = file.case.degree, judgement.grade
    assert old is not None, "only graded cases are dispatched"
    if (old, file.case.category) == (new, judgement.category):
        raise NothingToRegrade
    _refuse_lowering(on, file, new)
    units = await _units(on, file, judgement) if old is not new else None
    category = file.case.category
    move(on, file, Action.REGRADE, note=judgement.reason, details={"from": old, "to": new})
    _write(on, file, judgement)
    await follow_category(on, file, category)
    await follow_regrade(on, file, old, new)
    if units is not None:
        await _hand_over(on, file, units)
    await tell(on, file, CaseRegraded, old_grade=old)


async def _hand_over(on: Occasion, file: CaseFile, units: Sequence[Draft]) -> None:
    replace_units(on, file, units)
    if units[0].end is End.DEPARTMENT:
        await handed_to_enforcement(on, file)


async def _settle(on: Occasion, file: CaseFile, judgement: Judgement) -> None:
    _refuse_lowering(on, file, judgement.grade)
    category = file.case.category if file.case.grade else None
    move(on, file, Action.GRADE, note=judgement.reason, details={"to": judgement.grade})
    _write(on, file, judgement)
    await follow_category(on, file, category)
    await tell(on, file, CaseGraded)


def _refuse_lowering(on: Occasion, file: CaseFile, new: Grade) -> None:
    refuse_lowering(
        file.case.degree,
        new,
        emergency=file.case.emergency,
        by_county_centre=has_county_centre(on.actor, file.standing),
    )


def refuse_unknown(on: Occasion, file: CaseFile, category: str) -> None:
    """Raises UnknownCategory."""
    categories = rulebook_of(on, file).categories
    if category not in categories or categories[category].police:
        raise UnknownCategory


def _write(on: Occasion, file: CaseFile, judgement: Judgement) -> None:
    file.case.category, file.case.grade = judgement.category, judgement.grade
    grading_id = new_id()
    on.session.add(
        Grading(
            id=grading_id,
            case_id=file.case.id,
            at=on.now,
            category=judgement.category,
            grade=judgement.grade,
            actor_id=on.actor.id,
            actor_end=on.actor.end,
            reason=on.conceal(judgement.reason, GRADINGS, grading_id, "reason"),
        )
    )


async def _units(on: Occasion, file: CaseFile, judgement: Judgement) -> tuple[Draft, ...]:
    """Who handles such a case in this place, by the rules and the due matrix."""
    case = file.case
    around = await surroundings(on.session, case.estate_id, case.building_id, case.division, on.now)
    guide = await guide_for(on, around.division)
    facts = facts_of(
        case, around.place_code, on.now, category=judgement.category, grade=judgement.grade
    )
    return decide(rulebook_of(on, file), guide, facts, around, file.parties)
