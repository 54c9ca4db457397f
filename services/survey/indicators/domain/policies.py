"""Who reads whose figures (lifecycle 3.9, A18). Only here are roles compared.

Staff read their own place: centre, street, grid leader, housing officer, and the observers of a
county or the city. Analysts (C10) have figures of their own in the room analysis: from here a way
leads to single cases, of which they see none. A company's site office reads the figures of its
estates as far as they are about that company. Whoever has a stake in a company is not its staff
here (A13).
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.survey.indicators.domain.places import Level, Place, Reach
from shared.divisions import COMMUNITY_DIGITS
from shared.errors import Forbidden
from shared.identity import Actor, Role

STAFF_ROLES = frozenset(
    {
        Role.DISPATCHER,
        Role.STREET_OFFICER,
        Role.GRID_LEADER,
        Role.HOUSING_OFFICER,
        Role.CITY_OBSERVER,
    }
)
OF_A_COMPANY = frozenset({Level.ESTATE})


class ReadersOnly(Forbidden):
    """Figures are for those who answer for a place, and for the companies of the estates."""

    code = "INDICATORS_READERS_ONLY"
    chinese = "仅限综治中心、街道、社区网格长、住房主管部门、市级观察员和物业服务企业查看。"


class PlaceNotYours(Forbidden):
    """This place reaches beyond your own."""

    code = "PLACE_NOT_YOURS"
    chinese = "该区域、小区或企业不在您的查看范围内。"


@dataclass(frozen=True)
class Reading:
    """What is read: the place, how far the reader sees, and as whose figures: `company_id` when
    the company itself reads them.
    """

    place: Place
    reach: Reach
    company_id: UUID | None = None


def reads_at_all(actor: Actor) -> bool:
    return bool(actor.roles & STAFF_ROLES) or is_company(actor)


def is_company(actor: Actor) -> bool:
    return Role.SITE_OFFICE in actor.roles and actor.organisation_id is not None


def reading_of(actor: Actor, place: Place) -> Reading:
    """Raises ReadersOnly or PlaceNotYours."""
    if is_company(actor) and (_is_own(actor, place) or not actor.roles & STAFF_ROLES):
        return _of_company(actor, place)
    if not actor.roles & STAFF_ROLES:
        raise ReadersOnly
    return _of_staff(actor, place)


def stakes_of(actor: Actor) -> frozenset[UUID]:
    own = {actor.organisation_id} if actor.organisation_id is not None else set()
    return actor.interests | own


def divisions_of(actor: Actor) -> tuple[str, ...]:
    """A grid leader without a division has the communities of the grids."""
    grids = {grid[:COMMUNITY_DIGITS] for grid in actor.scope.grids}
    of_grids = grids if Role.GRID_LEADER in actor.roles else set()
    return tuple(sorted({*actor.scope.divisions, *of_grids}))


def _of_staff(actor: Actor, place: Place) -> Reading:
    """An estate or company is read as far as it lies in the own place."""
    divisions = divisions_of(actor)
    if place.division is not None and not place.division.startswith(divisions or ("-",)):
        raise PlaceNotYours
    return Reading(place, Reach(divisions=divisions, without=stakes_of(actor)))


def _of_company(actor: Actor, place: Place) -> Reading:
    if place.division is not None or not _is_own(actor, place, also_everything=True):
        raise PlaceNotYours
    own = Place(estate_id=place.estate_id, company_id=actor.organisation_id)
    return Reading(own, Reach(estates=actor.scope.estates), actor.organisation_id)


def _is_own(actor: Actor, place: Place, *, also_everything: bool = False) -> bool:
    if place.estate_id is not None:
        return actor.scope.covers_estate(place.estate_id)
    if place.company_id is not None:
        return place.company_id == actor.organisation_id
    return also_everything
