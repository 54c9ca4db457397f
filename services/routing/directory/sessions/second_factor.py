"""The one-time code of an authenticator app (RFC 6238): optional, or demanded of some roles."""

from __future__ import annotations

from dataclasses import dataclass

from services.routing.directory.errand import Errand
from services.routing.directory.tables import Staff
from shared.errors import Conflict, Invalid, Unauthenticated
from shared.identity import Role, matching_step, new_totp_secret


@dataclass(frozen=True)
class SecondFactorRoles:
    """Roles whose holders sign in with a one-time code, chosen per installation."""

    roles: frozenset[Role]

    @classmethod
    def parse(cls, text: str) -> SecondFactorRoles:
        """Names with commas between. Raises ValueError for a role that does not exist."""
        return cls(frozenset(Role(name.strip()) for name in text.split(",") if name.strip()))


class CodeNeeded(Unauthenticated):
    """This account also asks for a one-time code."""

    code = "ONE_TIME_CODE_NEEDED"
    chinese = "请输入动态验证码。"


class CodeRefused(Unauthenticated):
    """The one-time code is wrong or was used before."""

    code = "ONE_TIME_CODE_REFUSED"
    chinese = "动态验证码错误或已使用。"


class SecondFactorOn(Conflict):
    """One-time codes are already on."""

    code = "SECOND_FACTOR_ON"
    chinese = "动态验证码已启用。"


class SecondFactorNotBegun(Conflict):
    """There is no secret to confirm or to remove."""

    code = "SECOND_FACTOR_NOT_BEGUN"
    chinese = "尚未开始设置动态验证码。"


class CodeDoesNotMatch(Invalid):
    """This is not the code that the app shows now."""

    code = "ONE_TIME_CODE_DOES_NOT_MATCH"
    chinese = "动态验证码不正确。"


class EnrolmentNeeded(Unauthenticated):
    """Your role signs in with a one-time code; set it up first."""

    code = "SECOND_FACTOR_ENROLMENT_NEEDED"
    chinese = "您的角色登录须使用动态验证码，请先完成设置。"


class SecondFactorDemanded(Conflict):
    """Your role signs in with a one-time code; it cannot be switched off."""

    code = "SECOND_FACTOR_DEMANDED"
    chinese = "您的角色登录须使用动态验证码，不能停用。"


def demand_second_factor(errand: Errand, staff: Staff) -> None:
    """Raises EnrolmentNeeded where a role of the day demands what is not on yet."""
    if is_demanded(errand, staff) and not staff.totp_enabled:
        raise EnrolmentNeeded


def check_code(errand: Errand, staff: Staff, code: str | None) -> None:
    """Nothing to check unless it is on. Raises CodeNeeded or CodeRefused; a code counts once."""
    if not staff.totp_enabled:
        return
    if code is None:
        raise CodeNeeded
    if not _spend(errand, staff, code):
        raise CodeRefused


def begin(errand: Errand, staff: Staff) -> str:
    """A new secret, which counts once a code of it is confirmed. Raises SecondFactorOn."""
    if staff.totp_enabled:
        raise SecondFactorOn
    secret = new_totp_secret()
    staff.totp_secret = errand.runtime.cipher.encrypt(secret, **_place(staff))
    errand.note("staff.second_factor_begun", staff.id)
    return secret


def confirm(errand: Errand, staff: Staff, code: str) -> None:
    """Raises SecondFactorOn, SecondFactorNotBegun or CodeDoesNotMatch."""
    if staff.totp_enabled:
        raise SecondFactorOn
    if not _spend(errand, staff, code):
        raise CodeDoesNotMatch
    staff.totp_enabled = True
    errand.note("staff.second_factor_on", staff.id)


def remove(errand: Errand, staff: Staff, code: str) -> None:
    """Raises SecondFactorDemanded, SecondFactorNotBegun or CodeDoesNotMatch."""
    if is_demanded(errand, staff):
        raise SecondFactorDemanded
    if not _spend(errand, staff, code):
        raise CodeDoesNotMatch
    staff.totp_enabled, staff.totp_secret = False, None
    errand.note("staff.second_factor_off", staff.id)


def reset(errand: Errand, staff: Staff) -> None:
    """For somebody whose phone is lost; the next sign-in begins anew."""
    staff.totp_enabled, staff.totp_secret = False, None
    errand.note("staff.second_factor_reset", staff.id)


def is_demanded(errand: Errand, staff: Staff) -> bool:
    return not errand.runtime.part(SecondFactorRoles).roles.isdisjoint(staff.roles)


def _spend(errand: Errand, staff: Staff, code: str) -> bool:
    if staff.totp_secret is None:
        raise SecondFactorNotBegun
    secret = errand.runtime.cipher.decrypt(staff.totp_secret, **_place(staff))
    step = matching_step(secret, code, at=errand.now, last_step=staff.totp_step)
    staff.totp_step = step or staff.totp_step
    return step is not None


def _place(staff: Staff) -> dict[str, str]:
    return {"table": "staff", "row_id": str(staff.id), "column": "totp_secret"}
