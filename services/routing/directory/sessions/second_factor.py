"""The optional one-time code of an authenticator app (RFC 6238)."""

from __future__ import annotations

from services.routing.directory.errand import Errand
from services.routing.directory.tables import Staff
from shared.errors import Conflict, Invalid, Unauthenticated
from shared.identity import matching_step, new_totp_secret


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
    """Raises SecondFactorNotBegun or CodeDoesNotMatch."""
    if not _spend(errand, staff, code):
        raise CodeDoesNotMatch
    staff.totp_enabled, staff.totp_secret = False, None
    errand.note("staff.second_factor_off", staff.id)


def _spend(errand: Errand, staff: Staff, code: str) -> bool:
    if staff.totp_secret is None:
        raise SecondFactorNotBegun
    secret = errand.runtime.cipher.decrypt(staff.totp_secret, **_place(staff))
    step = matching_step(secret, code, at=errand.now, last_step=staff.totp_step)
    staff.totp_step = step or staff.totp_step
    return step is not None


def _place(staff: Staff) -> dict[str, str]:
    return {"table": "staff", "row_id": str(staff.id), "column": "totp_secret"}
