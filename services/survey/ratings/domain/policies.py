"""Who appoints, conducts, leads, sits and reads (lifecycle 3.9, A13). Only here roles are compared.

Recusal is part of every predicate: `companies` are those that nobody in charge may have a stake in.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from services.survey.ratings.domain.kinds import Part
from services.survey.surveys.domain.policies import (
    CONDUCTING_ROLES,
    FIELD_ROLES,
    PUBLISHING_ROLES,
    READING_ROLES,
    has_stake,
)
from shared.errors import Forbidden
from shared.identity import Actor, End, Role

LEADING_ROLES = frozenset({Role.STREET_OFFICER})
SEATED_ROLES = {Part.STREET: LEADING_ROLES, Part.COMMUNITY_PARTY: FIELD_ROLES}
SITTING_ROLES = LEADING_ROLES | FIELD_ROLES


class OwnerEndOnly(Forbidden):
    """This is for residents."""

    code = "OWNER_END_ONLY"
    chinese = "仅限业主端使用。"


class StreetOfficersOnly(Forbidden):
    """The street office leads the panel (E13)."""

    code = "STREET_OFFICERS_ONLY"
    chinese = "评议小组由街道（乡镇）牵头，仅限街道工作人员操作。"


class PanelMembersOnly(Forbidden):
    """On a panel sit street officers, staff of the grids and representatives (E13)."""

    code = "PANEL_MEMBERS_ONLY"
    chinese = "仅限评议小组成员使用。"


class NotYourRating(Forbidden):
    """You may see this rating, but this is not yours to do."""

    code = "NOT_YOUR_RATING"
    chinese = "您不能对该评议执行此操作。"


def may_conduct(actor: Actor, community: str, companies: Collection[UUID]) -> bool:
    """E09: community and street appoint representatives and conduct, each in its own place."""
    return _in_charge(actor, CONDUCTING_ROLES, community, companies)


def may_publish(actor: Actor, community: str, companies: Collection[UUID]) -> bool:
    """E09: the street."""
    return _in_charge(actor, PUBLISHING_ROLES, community, companies)


def may_lead(actor: Actor, community: str, companies: Collection[UUID]) -> bool:
    """E13: 由街道牵头."""
    return _in_charge(actor, LEADING_ROLES, community, companies)


def reads_as_staff(actor: Actor, community: str, companies: Collection[UUID]) -> bool:
    """Progress while it runs, the count before it is public; never what somebody gave."""
    return _in_charge(actor, READING_ROLES, community, companies)


def may_sit(
    actor: Actor, part: Part, *, led_by: UUID | None, community: str, grids: Collection[str]
) -> bool:
    """For the street officers of the leading office, for the community whoever works there."""
    if not actor.roles & SEATED_ROLES.get(part, frozenset()):
        return False
    covers = actor.scope.covers_division(community) or any(map(actor.scope.covers_grid, grids))
    return covers and (part is not Part.STREET or actor.organisation_id == led_by)


def has_stake_in_committee(
    actor: Actor, companies: Collection[UUID], houses: Collection[UUID]
) -> bool:
    """A13. Of a representative the home is what makes one; of staff it is a stake."""
    if any(has_stake(actor, each) for each in companies):
        return True
    return actor.end is not End.OWNER and actor.has_interest_in(*houses)


def refuse_unless_owner(actor: Actor) -> None:
    """Raises OwnerEndOnly."""
    if actor.end is not End.OWNER:
        raise OwnerEndOnly


def refuse_unless_sitting(actor: Actor) -> None:
    """Raises PanelMembersOnly."""
    if actor.end is not End.OWNER and not actor.roles & SITTING_ROLES:
        raise PanelMembersOnly


def _in_charge(
    actor: Actor, roles: frozenset[Role], community: str, companies: Collection[UUID]
) -> bool:
    """A13: nobody who has a stake in one of the companies."""
    if not actor.roles & roles or any(has_stake(actor, each) for each in companies):
        return False
    return actor.scope.covers_division(community)
