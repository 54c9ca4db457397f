"""Roles are granted from a day on, some until a day; the same role once at a time (A13)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from services.routing.directory.domain.periods import Period
from shared.errors import Conflict, Invalid
from shared.identity import Role


class RoleGrantedAlready(Conflict):
    """This person has the role on some of these days already."""

    code = "ROLE_GRANTED_ALREADY"
    chinese = "该人员在此期间已具有该角色。"


class RoleCannotBeExtended(Conflict):
    """A role can be ended earlier than granted, not later; grant it anew."""

    code = "ROLE_CANNOT_BE_EXTENDED"
    chinese = "只能提前终止角色；延长请另行授予。"


class RoleNotInForce(Conflict):
    """This grant has ended or was withdrawn."""

    code = "ROLE_NOT_IN_FORCE"
    chinese = "该角色授予已结束或已撤回。"


class RoleBeginsInThePast(Invalid):
    """A role is granted from today or a later day."""

    code = "ROLE_BEGINS_IN_THE_PAST"
    chinese = "角色的起始日不能早于今天。"


class RoleEndsInThePast(Invalid):
    """The last day is today or a later one; what must stop now is withdrawn."""

    code = "ROLE_ENDS_IN_THE_PAST"
    chinese = "角色的截止日不能早于今天；需立即停止的请撤回。"


class LastRole(Conflict):
    """Who would be left without a role is closed as an account instead."""

    code = "LAST_ROLE"
    chinese = "撤回后该人员将没有任何角色，请改为停用账号。"


@dataclass(frozen=True, slots=True)
class Granted:
    """A role as somebody gives it."""

    role: Role
    period: Period


def check_grant(wanted: Granted, present: Iterable[Granted], today: date) -> None:
    """Raises RoleBeginsInThePast or RoleGrantedAlready."""
    if wanted.period.first < today:
        raise RoleBeginsInThePast
    same = (each.period for each in present if each.role is wanted.role)
    if any(wanted.period.meets(period) for period in same):
        raise RoleGrantedAlready


def ended(period: Period, last: date, today: date) -> Period:
    """Cut to `last`. Raises RoleNotInForce, RoleEndsInThePast or RoleCannotBeExtended."""
    if period.is_over(today):
        raise RoleNotInForce
    if last < today:
        raise RoleEndsInThePast
    if period.last is not None and last > period.last:
        raise RoleCannotBeExtended
    return Period(period.first, last)
