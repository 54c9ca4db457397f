"""Who decides what an organisation's system signs with."""

from __future__ import annotations

from shared.errors import Forbidden
from shared.identity import Actor, End, Role

INTEGRATED = frozenset({End.DEPARTMENT, End.COURT})


class KeysForOrganisationsOnly(Forbidden):
    """Only departments and courts have keys to sign with."""

    code = "KEYS_FOR_ORGANISATIONS_ONLY"
    chinese = "只有部门和法院可以登记签名密钥。"


class KeyKeepersOnly(Forbidden):
    """Only the staff administrator of the organisation keeps its keys: who has one acts for it."""

    code = "KEY_KEEPERS_ONLY"
    chinese = "仅本单位人员管理员可以管理签名密钥。"


def is_integrated(actor: Actor) -> bool:
    return actor.end in INTEGRATED and actor.organisation_id is not None


def may_keep_keys(actor: Actor) -> bool:
    """A key acts as an officer or clerk does, so it is given by whoever gives accounts."""
    return is_integrated(actor) and Role.STAFF_ADMINISTRATOR in actor.roles
