"""Who reads the credit file, who appeals, who decides (E19, E28). Only here are roles compared.

Recusal (A13) is part of every predicate: about the own company nobody is staff.
"""

from __future__ import annotations

from uuid import UUID

from services.survey.surveys.domain.policies import (
    CONDUCTING_ROLES,
    employer_of,
    has_stake,
)
from shared.divisions import CITY_DIGITS
from shared.errors import Forbidden
from shared.identity import Actor, Role

READING_ROLES = CONDUCTING_ROLES | {Role.CITY_OBSERVER, Role.HOUSING_OFFICER}


class NotYourAppeal(Forbidden):
    """Only the company itself appeals what was entered about it."""

    code = "NOT_YOUR_APPEAL"
    chinese = "仅被记录的物业服务企业可以提出申诉。"


class NotYourDecision(Forbidden):
    """The housing bureau of the place decides this, or for appeals the city's centre; nobody with
    a stake in the company.
    """

    code = "NOT_YOUR_DECISION"
    chinese = "仅限辖区住房主管部门（申诉亦可由市综治中心）裁定，与企业有利害关系的人员须回避。"


class EnteredByYou(Forbidden):
    """Whoever entered or published it does not decide the appeal against it."""

    code = "ENTERED_BY_YOU"
    chinese = "该记录由您录入或发布，须由其他人员裁定。"


def places_of(actor: Actor) -> tuple[str, ...]:
    return actor.scope.divisions if actor.roles & READING_ROLES else ()


def may_appeal(actor: Actor, company_id: UUID, estate_id: UUID) -> bool:
    """E28: the site office of the company at the estate."""
    return company_id in employer_of(actor) and actor.scope.covers_estate(estate_id)


def may_read_dossier(actor: Actor, company_id: UUID, estate_id: UUID, community: str) -> bool:
    """E11: the desks of the place, and the company at its own estate."""
    if has_stake(actor, company_id):
        return company_id in employer_of(actor) and actor.scope.covers_estate(estate_id)
    return community.startswith(places_of(actor))


def may_decide_appeal(actor: Actor, company_id: UUID, community: str) -> bool:
    """E28: the housing bureau of the place, or the city's centre."""
    if has_stake(actor, company_id):
        return False
    return _is_bureau_of(actor, community) or _is_city_centre_of(actor, community)


def may_decide(actor: Actor, company_id: UUID, place: str) -> bool:
    """E19, E24-E27: the housing bureau that answers for the whole place."""
    return _is_bureau_of(actor, place) and not has_stake(actor, company_id)


def refuse_own_entry(actor: Actor, entered_by: UUID | None) -> None:
    """Raises EnteredByYou."""
    if actor.id == entered_by:
        raise EnteredByYou


def _is_bureau_of(actor: Actor, place: str) -> bool:
    return Role.HOUSING_OFFICER in actor.roles and actor.scope.covers_division(place)


def _is_city_centre_of(actor: Actor, place: str) -> bool:
    cities = tuple(each for each in actor.scope.divisions if len(each) <= CITY_DIGITS)
    return Role.DISPATCHER in actor.roles and place.startswith(cities)
