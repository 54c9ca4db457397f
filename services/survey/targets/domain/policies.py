"""Who reads targets and who sets a street's weight (A16, A17). Only here are roles compared."""

from __future__ import annotations

from shared.divisions import COUNTY_DIGITS
from shared.errors import Forbidden
from shared.identity import Actor, Role

OVERSEEING_ROLES = frozenset(
    {Role.STREET_OFFICER, Role.DISPATCHER, Role.HOUSING_OFFICER, Role.CITY_OBSERVER}
)
SETTING_ROLES = frozenset({Role.DISPATCHER, Role.HOUSING_OFFICER})


class OverseersOnly(Forbidden):
    """Targets and assessments are for streets, governance centres and housing bureaus."""

    code = "TARGET_READERS_ONLY"
    chinese = "仅限街道、综治中心和住房主管部门查看。"


class WeightSettersOnly(Forbidden):
    """A street is assessed by a governance centre or housing bureau."""

    code = "WEIGHT_SETTERS_ONLY"
    chinese = "街道（乡镇）年度考核占比由市、县综治中心或住房主管部门设定。"


class NotAboveStreet(Forbidden):
    """A street is assessed from above: by its county or city, never by itself."""

    code = "NOT_ABOVE_STREET"
    chinese = "街道（乡镇）年度考核占比应由其上级市、县综治中心或住房主管部门设定。"


def oversees_at_all(actor: Actor) -> bool:
    return bool(actor.roles & OVERSEEING_ROLES)


def may_see(actor: Actor, street: str) -> bool:
    return oversees_at_all(actor) and actor.scope.covers_division(street)


def assesses_at_all(actor: Actor) -> bool:
    return bool(actor.roles & SETTING_ROLES)


def may_assess(actor: Actor, street: str) -> bool:
    """Nobody sets the own street's weight: the place must reach beyond a single street."""
    above = tuple(each for each in actor.scope.divisions if len(each) <= COUNTY_DIGITS)
    return assesses_at_all(actor) and street.startswith(above)
