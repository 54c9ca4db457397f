"""What an organisation must be to enter the directory (A10, A14, A15, C01)."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from services.routing.directory.domain.codes import Level
from shared.contracts.vocabulary import OrganisationKind as Kind
from shared.errors import Invalid
from shared.identifiers import credit_code
from shared.rulebook import OrganisationKind as Listed

CITY_AND_COUNTY = frozenset({Level.CITY, Level.COUNTY})
EVERY_CENTRE = CITY_AND_COUNTY | {Level.STREET}

LEVELS_OF: Mapping[Kind, Collection[Level]] = {
    Kind.CENTRE: EVERY_CENTRE,
    Kind.STREET_OFFICE: {Level.STREET},
    Kind.STREET_PROPERTY_OFFICE: {Level.STREET},
    Kind.COMMUNITY: {Level.COMMUNITY},
    Kind.COMPANY: CITY_AND_COUNTY,
    Kind.DEPARTMENT: CITY_AND_COUNTY,
    Kind.MEDIATION_COMMITTEE: EVERY_CENTRE,
    Kind.COURT: CITY_AND_COUNTY,
    Kind.HOTLINE: CITY_AND_COUNTY,
    Kind.AGENCY: CITY_AND_COUNTY,
    Kind.UTILITY: CITY_AND_COUNTY,
}

SPECIALTY_OF: Mapping[Kind, str] = {
    Kind.CENTRE: "GOVERNANCE_CENTRE",
    Kind.STREET_OFFICE: "STREET",
    Kind.STREET_PROPERTY_OFFICE: "STREET_PROPERTY_OFFICE",
    Kind.COMMUNITY: "COMMUNITY",
    Kind.COMPANY: "COMPANY",
    Kind.MEDIATION_COMMITTEE: "MEDIATION_COMMITTEE",
    Kind.COURT: "COURT",
    Kind.HOTLINE: "HOTLINE_CENTRE",
    Kind.AGENCY: "AGENCY",
    Kind.UTILITY: "UTILITY",
}


class WrongLevel(Invalid):
    """An organisation of this kind does not exist at this level."""

    code = "ORGANISATION_LEVEL_NOT_ALLOWED"
    chinese = "该类机构不设在这一层级。"


class UnknownSpecialty(Invalid):
    """The rulebook knows no such specialty for this kind of organisation."""

    code = "UNKNOWN_SPECIALTY"
    chinese = "规则册中没有该类机构的这一职能。"


class CreditCodeMissing(Invalid):
    """A property company needs its unified social credit code."""

    code = "CREDIT_CODE_MISSING"
    chinese = "物业服务企业必须填写统一社会信用代码。"


class CourtCodeUnknown(Invalid):
    """A court needs the code of a court of this city."""

    code = "COURT_CODE_UNKNOWN"
    chinese = "法院代字缺失或不属于本市。"


def checked_level(kind: Kind, level: Level) -> Level:
    """Raises WrongLevel."""
    if level not in LEVELS_OF[kind]:
        raise WrongLevel(kind=kind, level=level)
    return level


def checked_specialty(kind: Kind, given: str | None, listed: Collection[Listed]) -> str:
    """The kind's own specialty, or for departments and utilities the one given.

    Raises UnknownSpecialty.
    """
    if given is None and kind in SPECIALTY_OF:
        return SPECIALTY_OF[kind]
    departments = {entry.code for entry in listed if entry.department}
    known = {
        Kind.DEPARTMENT: departments,
        Kind.UTILITY: {"UTILITY", "POWER_GRID"},
    }.get(kind, {SPECIALTY_OF.get(kind)})
    if given not in known:
        raise UnknownSpecialty(specialty=given)
    return given or ""


def checked_credit_code(kind: Kind, given: str | None) -> str | None:
    """Raises CreditCodeMissing for a company without one, InvalidCreditCode for a wrong one."""
    if given is None and kind is Kind.COMPANY:
        raise CreditCodeMissing
    return credit_code(given) if given is not None else None


def checked_court_code(kind: Kind, given: str | None, known: Collection[str]) -> str | None:
    """Raises CourtCodeUnknown (A07)."""
    if kind is not Kind.COURT:
        return None
    if given not in known:
        raise CourtCodeUnknown
    return given


def staffing_warnings(
    kind: Kind, staff_count: int | None, *, at_least: int, at_most: int
) -> tuple[str, ...]:
    """Outside the planned range a street property office is warned, never refused (A15)."""
    if kind is not Kind.STREET_PROPERTY_OFFICE or staff_count is None:
        return ()
    return () if at_least <= staff_count <= at_most else ("STAFF_OUTSIDE_RANGE",)
