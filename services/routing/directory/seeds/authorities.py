"""The authorities every city has: centres, departments, courts, hotline, streets (A10, B19)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from services.routing.directory.domain.codes import Level, parent_of
from services.routing.directory.tables import Division, Organisation
from shared.contracts.reference import organisation_id
from shared.contracts.vocabulary import OrganisationKind as Kind
from shared.rulebook import Rulebook

OFFICE_TITLES = {"街道": "办事处", "镇": "人民政府", "乡": "人民政府"}


def authorities(divisions: Sequence[Division], rulebook: Rulebook) -> Iterator[Organisation]:
    """Larger divisions first, so that parents come before their children."""
    for division in sorted(divisions, key=lambda each: len(each.code)):
        if division.level == Level.STREET:
            yield from _of_street(division)
        elif division.level in (Level.CITY, Level.COUNTY):
            yield from _of_city_or_county(division, rulebook)


def _of_street(division: Division) -> Iterator[Organisation]:
    yield _centre(division)
    ending = next((end for end in OFFICE_TITLES if division.name.endswith(end)), None)
    title = OFFICE_TITLES[ending] if ending else ""
    yield _organisation(Kind.STREET_OFFICE, "STREET", division, division.name + title)


def _of_city_or_county(division: Division, rulebook: Rulebook) -> Iterator[Organisation]:
    yield _centre(division)
    yield _organisation(Kind.HOTLINE, "HOTLINE_CENTRE", division, f"{division.name}12345中心")
    names = _department_names(division, rulebook)
    for specialty, name in names.items():
        parent = _above(Kind.DEPARTMENT, specialty, division)
        yield _organisation(Kind.DEPARTMENT, specialty, division, name, parent_id=parent)
    yield from _courts(division, rulebook)


def _centre(division: Division) -> Organisation:
    parent = _above(Kind.CENTRE, "GOVERNANCE_CENTRE", division)
    name = f"{division.name}综治中心"
    return _organisation(Kind.CENTRE, "GOVERNANCE_CENTRE", division, name, parent_id=parent)


def _department_names(division: Division, rulebook: Rulebook) -> Mapping[str, str]:
    """The city's housing bureau is called as the rulebook says (G03, U18)."""
    listed = [entry for entry in rulebook.organisations if entry.department]
    names = {entry.code: division.name + entry.chinese for entry in listed}
    if division.level == Level.CITY:
        names["HOUSING"] = rulebook.display_names.housing
    return names


def _courts(division: Division, rulebook: Rulebook) -> Iterator[Organisation]:
    for court in rulebook.courts.known:
        if court.division == division.code:
            parent = _above(Kind.COURT, "COURT", division)
            row = _organisation(Kind.COURT, "COURT", division, court.chinese, parent_id=parent)
            row.court_code = court.code
            yield row


def _above(kind: Kind, specialty: str, division: Division) -> UUID | None:
    parent = parent_of(division.code)
    return organisation_id(kind, specialty, parent) if parent else None


def _organisation(
    kind: Kind, specialty: str, division: Division, name: str, *, parent_id: UUID | None = None
) -> Organisation:
    return Organisation(
        id=organisation_id(kind, specialty, division.code),
        kind=kind,
        specialty=specialty,
        level=division.level,
        division=division.code,
        display_name=name,
        parent_id=parent_id,
    )
