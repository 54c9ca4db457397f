"""What a sheet of rules may name: the places and offices within the division of the rules."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlmodel import col

from services.routing.directory.domain.codes import Level, within
from services.routing.directory.queries.organisations import OFFICES
from services.routing.directory.tables import Division, Estate, Organisation
from services.routing.dispatching.domain.naming import (
    Gazetteer,
    category_names,
    department_names,
    named,
)
from services.routing.occasion import Occasion
from shared.clock import BEIJING
from shared.contracts.vocabulary import OrganisationKind

NAMEABLE = (*OFFICES, OrganisationKind.COMMUNITY)


async def places_within(on: Occasion, division: str) -> Gazetteer:
    """Offices also of the county and city above, which may be asked to lead."""
    rulebook = on.runtime.rulebooks.in_force_at(on.now)
    return Gazetteer(
        division=division,
        divisions=named(await _divisions(on, division)),
        estates=named(await _estates(on, division)),
        offices=named(await _offices(on, division)),
        categories=category_names(rulebook),
        departments=department_names(rulebook),
    )


async def _divisions(on: Occasion, division: str) -> list[tuple[str, str]]:
    """Divisions of today, and communities, which are known as organisations."""
    day = on.now.astimezone(BEIJING).date()
    rows = await on.session.execute(
        select(col(Division.name), col(Division.code)).where(
            col(Division.code).startswith(division),
            col(Division.valid_from) <= day,
            or_(col(Division.valid_to).is_(None), col(Division.valid_to) >= day),
        )
    )
    communities = await on.session.execute(
        select(col(Organisation.display_name), col(Organisation.division)).where(
            col(Organisation.kind) == OrganisationKind.COMMUNITY,
            col(Organisation.division).startswith(division),
            col(Organisation.active),
        )
    )
    listed = {code: name for name, code in communities} | {code: name for name, code in rows}
    return [(name, code) for code, name in listed.items()]


async def _estates(on: Occasion, division: str) -> list[tuple[str, str]]:
    rows = await on.session.execute(
        select(col(Estate.display_name), col(Estate.id)).where(
            col(Estate.division).startswith(division)
        )
    )
    return [(name, str(id)) for name, id in rows]


async def _offices(on: Occasion, division: str) -> list[tuple[str, str]]:
    above = [within(division, level) for level in (Level.CITY, Level.COUNTY)]
    rows = await on.session.execute(
        select(col(Organisation.display_name), col(Organisation.id)).where(
            or_(
                col(Organisation.division).startswith(division),
                col(Organisation.division).in_(above),
            ),
            col(Organisation.kind).in_(NAMEABLE),
            col(Organisation.active),
        )
    )
    return [(name, str(id)) for name, id in rows]
