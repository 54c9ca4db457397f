"""Letting somebody into one's home: whom, for how long, with what code (A04)."""

from __future__ import annotations

from datetime import date

from shared.contracts.vocabulary import Relation
from shared.errors import Conflict, Forbidden, Invalid, NotFound, TooMany
from shared.rulebook.sections.accounts import HomeInvitations

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without what is read as something else
CODE_LENGTH = 10  # 49 bits


class HouseholdersOnly(Forbidden):
    """Only a verified owner of this home may let others in."""

    code = "HOUSEHOLDERS_ONLY"
    chinese = "仅该房屋已认证的业主可以邀请或管理同住人。"


class RelationNotInvitable(Invalid):
    """Family and tenants are invited; another owner asks the company or the community."""

    code = "RELATION_NOT_INVITABLE"
    chinese = "只能邀请家庭成员或租户。"


class TenancyOver(Invalid):
    """A tenancy ends today or later, and nobody else's stay has an end."""

    code = "TENANCY_OVER"
    chinese = "租期截止日应不早于今天，且仅适用于租户。"


class TooManyInvitations(Conflict):
    """As many invitations as may wait for one home are open."""

    code = "TOO_MANY_INVITATIONS"
    chinese = "该房屋待接受的邀请过多，请先撤回或等待失效。"


class InvitationRefused(NotFound):
    """The code is wrong, has expired, or was used or withdrawn."""

    code = "HOME_INVITATION_REFUSED"
    chinese = "邀请码错误或已失效。"


class InvitationNotFound(NotFound):
    """There is no such invitation of yours."""

    code = "HOME_INVITATION_NOT_FOUND"
    chinese = "未找到该邀请。"


class InvitationGuessedAt(TooMany):
    """Too many wrong codes; `retry_after_seconds` says when the next may be tried."""

    code = "HOME_INVITATION_GUESSED_AT"
    chinese = "邀请码尝试次数过多，请稍后再试。"


def refuse_strange_invitation(
    rules: HomeInvitations, relation: Relation, until: date | None, today: date
) -> None:
    """Raises RelationNotInvitable or TenancyOver."""
    if relation not in rules.relations:
        raise RelationNotInvitable(relations=list(rules.relations))
    if until is not None and (relation is not Relation.TENANT or until < today):
        raise TenancyOver


def as_code(typed: str) -> str:
    """Case, spaces and dashes do not count."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())
