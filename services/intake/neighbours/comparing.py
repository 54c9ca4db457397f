"""What neighbours reported, told so that nobody is recognised by it (X09, X15, X16)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.intake.complaints.domain.numbers import day_of
from services.intake.complaints.domain.placing import HouseBindingRequired
from services.intake.complaints.domain.words import CASE_STATES
from services.intake.complaints.tables import Complaint, FollowedCase
from services.intake.houses.queries import dwellings_of
from services.intake.houses.tables import Estate
from services.intake.neighbours.domain.likeness import (
    Problem,
    Reported,
    Wanted,
    pairs_of,
    problems,
)
from services.intake.neighbours.queries import Open, numbers_of, open_nearby
from services.intake.neighbours.schemas import SimilarOut, Sketch
from services.intake.neighbours.showing import shown_to_others
from shared.contracts.vocabulary import CaseStatus
from shared.identity import Actor
from shared.privacy import mask_text
from shared.rulebook import Rulebook

Known = Mapping[UUID, tuple[Complaint, FollowedCase]]


async def similar_to(
    session: AsyncSession, rulebook: Rulebook, actor: Actor, sketch: Sketch, now: datetime
) -> list[SimilarOut]:
    """Told to who lives there. Raises HouseBindingRequired."""
    if sketch.estate_id not in (await dwellings_of(session, actor.id)).estates:
        raise HouseBindingRequired
    rules = rulebook.following.similar
    rows = await open_nearby(
        session, actor, sketch.estate_id, since=now - rules.within, at_most=rules.looked_at_most
    )
    wanted = Wanted(pairs_of(sketch.title, sketch.text), sketch.category, sketch.building_id)
    found = problems(wanted, map(_reported, rows), rules)
    known = {complaint.id: (complaint, case) for complaint, case in rows}
    return await _told(session, rulebook, found, known)


def _reported(row: Open) -> Reported:
    """The words of who asked not to be named are compared with nothing (X16)."""
    complaint, case = row
    hidden = complaint.confidential
    return Reported(
        complaint_id=complaint.id,
        case_id=case.id,
        household=complaint.house_id or complaint.owner_id,
        pairs=frozenset() if hidden else pairs_of(complaint.title, complaint.text),
        category=case.category,
        building_id=complaint.building_id,
        at=complaint.submitted_at,
    )


async def _told(
    session: AsyncSession, rulebook: Rulebook, found: Sequence[Problem], known: Known
) -> list[SimilarOut]:
    firsts = [known[each.first.complaint_id] for each in found]
    plain = [complaint.id for complaint, _ in firsts if not complaint.confidential]
    readable = await shown_to_others(session, plain) & set(plain)
    buildings = [complaint.building_id for complaint, _ in firsts if complaint.building_id]
    numbers = await numbers_of(session, buildings)
    estates = {id: await session.get_one(Estate, id) for id in {c.estate_id for c, _ in firsts}}
    return [
        SimilarOut(
            join=complaint.id,
            category=case.category,
            category_name=case.category_name,
            reported_on=day_of(complaint.submitted_at),
            place=_place(estates[complaint.estate_id], complaint, numbers),
            households=each.households,
            state_name=CASE_STATES[CaseStatus(case.state)],
            title=mask_text(complaint.title) if complaint.id in readable else None,
        )
        for each, (complaint, case) in zip(found, firsts, strict=True)
    ]


def _place(estate: Estate, complaint: Complaint, numbers: Mapping[UUID, str]) -> str:
    number = numbers.get(complaint.building_id) if complaint.building_id else None
    return f"{estate.display_name}{number}栋" if number else estate.display_name
