"""X11, U26: many households with one problem are an alert, and from ten on a major matter."""

from __future__ import annotations

from collections.abc import Awaitable, Collection
from uuid import UUID

from sqlmodel import col
from structlog import get_logger

from services.routing.cases.casefile import CaseFile
from services.routing.cases.commands.grade import Judgement, grade
from services.routing.cases.domain.lifecycle import Action, is_possible
from services.routing.cases.queries import load
from services.routing.cases.recording import move, rulebook_of, tell
from services.routing.cases.tables import Case
from services.routing.joint.commands.open import open_joint
from services.routing.occasion import Occasion
from services.routing.voices.domain.groups import Weight, households_of, leading, weigh
from services.routing.voices.queries import is_major_group, members_of
from shared.contracts.directory import UNPLACED_ESTATE
from shared.contracts.routing import GroupAlerted
from shared.contracts.vocabulary import CaseStatus, Grade
from shared.errors import DomainError

Group = tuple[UUID, str]

logger = get_logger(__name__)


async def heed_groups(on: Occasion, groups: Collection[Group]) -> None:
    """`groups` are estates and categories where somebody was added."""
    if not groups:
        return
    await on.session.flush()
    for estate_id, category in sorted(groups):
        await _heed(on.by_system(), estate_id, category)


async def _heed(on: Occasion, estate_id: UUID, category: str) -> None:
    if estate_id == UNPLACED_ESTATE or await is_major_group(on.session, estate_id, category):
        return
    groups = on.runtime.rulebooks.in_force_at(on.now).groups
    members = await members_of(on.session, estate_id, category, since=on.now - groups.within)
    lead, households = leading(members), len(households_of(members))
    weight = weigh(households, groups)
    if lead is None or weight is Weight.ORDINARY:
        return
    file = await load(on.session, col(Case.id) == lead.case_id)
    if file is not None and is_possible(file.case.status, Action.ALERT_GROUP):
        await _alert(on, file, households, weight)


async def _alert(on: Occasion, file: CaseFile, households: int, weight: Weight) -> None:
    """Once for the group, and once more when it becomes a major matter."""
    becomes_major = weight is Weight.MAJOR and await _raise(on, file, households)
    if file.case.group_incident and not becomes_major:
        return
    file.case.group_incident = True
    move(on, file, Action.ALERT_GROUP, details={"households": households})
    await tell(on, file, GroupAlerted, households=households, major=becomes_major)
    if becomes_major:
        await _open_joint(on, file)


async def _raise(on: Occasion, file: CaseFile, households: int) -> bool:
    """T30 by the group rule; a state that allows no regrade is tried with the next household."""
    case = file.case
    waits = case.status is CaseStatus.TO_DISPATCH
    if case.degree is Grade.MAJOR or not (waits or is_possible(case.status, Action.REGRADE)):
        return False
    within = rulebook_of(on, file).groups.within_days
    reason = f"{within}日内{households}户反映同一问题，系统自动升级为大事"
    return await _obeyed(file, grade(on, file, Judgement(case.category, Grade.MAJOR, reason)))


async def _open_joint(on: Occasion, file: CaseFile) -> None:
    """T21 with the team of the category table; before the case is handled it is only proposed."""
    if is_possible(file.case.status, Action.OPEN_JOINT):
        await _obeyed(file, open_joint(on, file, None))


async def _obeyed(file: CaseFile, command: Awaitable[None]) -> bool:
    """What a rule forbids here must not keep anybody's complaint from being accepted."""
    try:
        await command
    except DomainError as refusal:
        logger.warning("group_rule_refused", case_id=str(file.case.id), code=refusal.code)
        return False
    return True
