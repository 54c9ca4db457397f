"""Who keeps a desk, and who writes for others. Roles are compared only here."""

from __future__ import annotations

from uuid import UUID

from shared.errors import Forbidden
from shared.identity import Actor, End, Role

DESKS = frozenset({End.PROPERTY, End.COMMUNITY, End.GRID, End.DEPARTMENT, End.CENTRE})
FOR_A_DIVISION = frozenset({Role.DISPATCHER, Role.STREET_OFFICER})
FOR_THE_HOUSE = FOR_A_DIVISION | {Role.GRID_LEADER, Role.SITE_OFFICE, Role.DEPARTMENT_OFFICER}


class DesksOnly(Forbidden):
    """Worklists are for the desks that handle cases."""

    code = "DESKS_ONLY"
    chinese = "仅办理案件的工作人员可以使用工作台。"


def keeps_a_desk(actor: Actor) -> bool:
    """An agency's evaluators import, and handle no cases (E22)."""
    return actor.end in DESKS and Role.EVALUATOR not in actor.roles


def is_company_desk(actor: Actor) -> bool:
    """The desk of the company complained about, which is told the least (X16); so is somebody
    who works there beside another office.
    """
    return actor.end is End.PROPERTY or Role.SITE_OFFICE in actor.roles


def may_write_for_house(actor: Actor, organisation_id: UUID | None) -> bool:
    """A text for everybody of one's own organisation."""
    own = organisation_id is not None and actor.organisation_id == organisation_id
    return own and bool(actor.roles & FOR_THE_HOUSE)


def may_write_for_division(actor: Actor, division: str) -> bool:
    """A text for every desk within a division that one is in charge of."""
    return bool(actor.roles & FOR_A_DIVISION) and actor.scope.covers_division(division)
