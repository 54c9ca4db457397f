"""Which desk decides about whose home (A04): the company of the estate, the community's grid."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.intake.houses.domain.binding import Voucher
from shared.errors import Forbidden
from shared.identity import Actor, Role

GRID_ROLES = frozenset({Role.GRID_WORKER, Role.GRID_LEADER})


class HomeDesksOnly(Forbidden):
    """Only the company of the estate and its community decide about homes."""

    code = "HOME_DESKS_ONLY"
    chinese = "仅物业企业和社区（网格）可以核实房屋绑定。"


class OwnHousehold(Forbidden):
    """Nobody decides about a home of their own (A13)."""

    code = "OWN_HOUSEHOLD"
    chinese = "不能核实与本人有关的房屋绑定。"


@dataclass(frozen=True)
class Reach:
    """`estates` count while `company_id` serves them; `places` are prefixes of grid codes."""

    company_id: UUID | None
    estates: frozenset[UUID]
    places: tuple[str, ...]


def reach_of(actor: Actor) -> Reach:
    """Raises HomeDesksOnly."""
    is_office = Role.SITE_OFFICE in actor.roles
    if not is_office and not actor.roles & GRID_ROLES:
        raise HomeDesksOnly
    return Reach(
        company_id=actor.organisation_id if is_office else None,
        estates=actor.scope.estates if is_office else frozenset(),
        places=_places(actor),
    )


def _places(actor: Actor) -> tuple[str, ...]:
    places: tuple[str, ...] = ()
    if actor.roles & GRID_ROLES:
        places += tuple(sorted(actor.scope.grids))
    if Role.GRID_LEADER in actor.roles:
        places += actor.scope.divisions
    return tuple(dict.fromkeys(places))


def voucher_of(actor: Actor) -> Voucher:
    return Voucher.COMPANY if Role.SITE_OFFICE in actor.roles else Voucher.COMMUNITY


def refuse_own_household(actor: Actor, house_id: UUID) -> None:
    """Raises OwnHousehold."""
    if actor.has_interest_in(house_id):
        raise OwnHousehold
