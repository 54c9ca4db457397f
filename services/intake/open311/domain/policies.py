"""Who says where estates lie."""

from __future__ import annotations

from shared.errors import Forbidden
from shared.identity import Actor, End, Role

KEEPERS = frozenset({Role.DISPATCHER, Role.ADMINISTRATOR})


class LocationKeepersOnly(Forbidden):
    """Only a governance centre says where estates lie."""

    code = "LOCATION_KEEPERS_ONLY"
    chinese = "仅综治中心可以维护小区坐标。"


def keeps_locations(actor: Actor) -> bool:
    return actor.end is End.CENTRE and not KEEPERS.isdisjoint(actor.roles)
