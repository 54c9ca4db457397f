"""Which organisation is responsible for a division, nearest first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.routing.directory.domain.codes import Level, within
from services.routing.directory.queries.known import KnownOrganisation
from services.routing.directory.tables import Organisation
from shared.contracts.vocabulary import OrganisationKind as Kind
from shared.errors import NotFound

OFFICE_LEVELS = (Level.STREET, Level.COUNTY, Level.CITY)
OFFICES = (
    Kind.CENTRE,
    Kind.STREET_OFFICE,
    Kind.STREET_PROPERTY_OFFICE,
    Kind.DEPARTMENT,
    Kind.UTILITY,
    Kind.MEDIATION_COMMITTEE,
)


class OrganisationMissing(NotFound):
    """The directory has no organisation for this task."""

    code = "ORGANISATION_MISSING"
    chinese = "通讯录中没有承担该职责的机构。"


async def organisation_by_id(session: AsyncSession, id: UUID) -> KnownOrganisation | None:
    row = await session.get(Organisation, id)
    return known_organisation(row) if row else None


async def street_centre(session: AsyncSession, division: str) -> KnownOrganisation:
    """The governance centre of the street (B19). Raises OrganisationMissing."""
    return await _one(session, Kind.CENTRE, division, Level.STREET)


async def county_centre(session: AsyncSession, division: str) -> KnownOrganisation:
    """Raises OrganisationMissing."""
    return await _one(session, Kind.CENTRE, division, Level.COUNTY)


async def city_centre(session: AsyncSession, division: str) -> KnownOrganisation:
    """Raises OrganisationMissing."""
    return await _one(session, Kind.CENTRE, division, Level.CITY)


async def centres_over(
    session: AsyncSession, division: str
) -> tuple[KnownOrganisation | None, KnownOrganisation | None]:
    """The street's centre, and the county's, else the city's: what there is of them (A01)."""
    places = [within(division, level) for level in OFFICE_LEVELS]
    rows = await _active(session, _is(Kind.CENTRE), places)
    own = next((row for row in rows if row.level == Level.STREET), None)
    return own, next((row for row in rows if row.level != Level.STREET), None)


async def offices_over(
    session: AsyncSession, divisions: Collection[str], named: Collection[UUID]
) -> Sequence[KnownOrganisation]:
    """Every office that is in charge of one of the streets, and those named: one statement."""
    places = {within(each, level) for each in divisions for level in OFFICE_LEVELS}
    in_charge = col(Organisation.division).in_(sorted(places)) & col(Organisation.kind).in_(OFFICES)
    rows = await session.execute(
        select(Organisation)
        .where(in_charge | col(Organisation.id).in_(list(named)), col(Organisation.active))
        .order_by(col(Organisation.id))
    )
    return [known_organisation(row) for row in rows.scalars()]


async def street_office(session: AsyncSession, division: str) -> KnownOrganisation:
    """The street's property office where there is one (A14), else the street office itself."""
    places = [within(division, Level.STREET)]
    offices = _is(Kind.STREET_PROPERTY_OFFICE) | _is(Kind.STREET_OFFICE)
    rows = await _active(session, offices, places)
    specialised = [row for row in rows if row.kind is Kind.STREET_PROPERTY_OFFICE]
    return _needed([*specialised, *rows])


async def department(session: AsyncSession, specialty: str, division: str) -> KnownOrganisation:
    """The county's, else the city's organisation of that specialty. Raises OrganisationMissing."""
    return (await departments(session, [specialty], division))[specialty]


async def departments(
    session: AsyncSession, specialties: Collection[str], division: str
) -> dict[str, KnownOrganisation]:
    """As `department`, for many at once: one statement. Raises OrganisationMissing."""
    places = [within(division, Level.COUNTY), within(division, Level.CITY)]
    rows = await _active(session, col(Organisation.specialty).in_(specialties), places)
    nearest: dict[str, KnownOrganisation] = {}
    for row in rows:
        nearest.setdefault(row.specialty, row)
    if missing := sorted(set(specialties) - nearest.keys()):
        raise OrganisationMissing(specialties=missing)
    return nearest


async def mediation_committee_for(
    session: AsyncSession, division: str, fallback: Sequence[str]
) -> KnownOrganisation | None:
    """The first committee along `fallback`, levels such as COUNTY, CITY, STREET (U10).

    The rulebook names them: `rulebook.mediation.committee_fallback`.
    """
    places = [within(division, Level(level)) for level in fallback]
    rows = await _active(session, _is(Kind.MEDIATION_COMMITTEE), places)
    return rows[0] if rows else None


async def court_for(session: AsyncSession, division: str) -> KnownOrganisation:
    """The basic court of the county (民事诉讼法 art. 205). Raises OrganisationMissing."""
    return await _one(session, Kind.COURT, division, Level.COUNTY)


def known_organisation(row: Organisation) -> KnownOrganisation:
    return KnownOrganisation(
        id=row.id,
        kind=Kind(row.kind),
        specialty=row.specialty,
        level=row.level,
        division=row.division,
        display_name=row.display_name,
        parent_id=row.parent_id,
        court_code=row.court_code,
        active=row.active,
    )


async def _one(session: AsyncSession, kind: Kind, division: str, level: Level) -> KnownOrganisation:
    at_level = _is(kind) & (col(Organisation.level) == level.value)
    return _needed(await _active(session, at_level, [within(division, level)]))


def _is(kind: Kind) -> ColumnElement[bool]:
    return col(Organisation.kind) == kind.value


def _needed(found: Sequence[KnownOrganisation]) -> KnownOrganisation:
    if not found:
        raise OrganisationMissing
    return found[0]


async def _active(
    session: AsyncSession, condition: ColumnElement[bool], places: Sequence[str]
) -> list[KnownOrganisation]:
    """In the order of `places`, then by id, so that two alike are never mixed up."""
    rows = await session.execute(
        select(Organisation)
        .where(condition, col(Organisation.division).in_(places), col(Organisation.active))
        .order_by(func.array_position(places, col(Organisation.division)), col(Organisation.id))
    )
    return [known_organisation(row) for row in rows.scalars()]
