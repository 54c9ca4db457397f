"""Who analyses and who works through the monthly report (C08, C10). Only here are roles compared.

Recusal (A13): figures leave out companies one has a stake in, and nobody concludes a report that
names one of them.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from services.survey.indicators.domain.places import Reach
from services.survey.surveys.domain.policies import companies_of
from shared.errors import Forbidden
from shared.identity import Actor, Role

CONVENING_ROLES = frozenset({Role.DISPATCHER, Role.HOUSING_OFFICER})
MONTHLY_ROLES = CONVENING_ROLES | {Role.CITY_OBSERVER, Role.ANALYST}
READING_ROLES = MONTHLY_ROLES | {Role.STREET_OFFICER, Role.GRID_LEADER}


class AnalystsOnly(Forbidden):
    """Analysis is for those who answer for a place, for the city's observers and analysts."""

    code = "ANALYSTS_ONLY"
    chinese = "仅限网格长、街道、综治中心、住房主管部门和司法行政部门等管理人员查看。"


class ConvenorsOnly(Forbidden):
    """The monthly analysis is worked through by governance centres and housing bureaus."""

    code = "ANALYSIS_CONVENORS_ONLY"
    chinese = "月度研判由综治中心、住房主管部门组织。"


class NotYourAnalysis(Forbidden):
    """You may see this report, but it names a company you have a stake in (A13)."""

    code = "NOT_YOUR_ANALYSIS"
    chinese = "该研判涉及与您有利害关系的物业企业，您应当回避。"


class NotYourMeasure(Forbidden):
    """A measure is noted as carried out by its owner, or by who convenes."""

    code = "NOT_YOUR_MEASURE"
    chinese = "只有责任人或组织研判的单位可以登记落实情况。"


def analyses_at_all(actor: Actor) -> bool:
    return bool(actor.roles & READING_ROLES)


def convenes_at_all(actor: Actor) -> bool:
    return bool(actor.roles & CONVENING_ROLES)


def reach_of(actor: Actor) -> Reach:
    return Reach(divisions=actor.scope.divisions, without=companies_of(actor))


def places_of_monthly(actor: Actor) -> tuple[str, ...]:
    return actor.scope.divisions if actor.roles & MONTHLY_ROLES else ()


def may_convene(actor: Actor, division: str, named: Collection[UUID]) -> bool:
    if not convenes_at_all(actor) or not actor.scope.covers_division(division):
        return False
    return not companies_of(actor) & set(named)


def may_complete(actor: Actor, owner_id: UUID | None, *, convenes: bool) -> bool:
    return convenes or actor.id == owner_id
