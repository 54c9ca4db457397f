"""Changing one's own password."""

from __future__ import annotations

from services.routing.directory.domain.accounts import check_password
from services.routing.directory.errand import Errand
from services.routing.directory.sessions.ending import end_every_session
from services.routing.directory.tables import Staff
from shared.errors import Invalid
from shared.identity import Passwords


class PasswordDoesNotMatch(Invalid):
    """This is not the present password."""

    code = "PASSWORD_DOES_NOT_MATCH"
    chinese = "当前密码不正确。"


async def hashed(errand: Errand, password: str) -> str:
    """Raises PasswordTooShort."""
    check_password(password)
    return await errand.runtime.part(Passwords).hash(password)


async def change_password(errand: Errand, staff: Staff, present: str, new: str) -> None:
    """Every session ends, this one too. Raises PasswordDoesNotMatch or PasswordTooShort."""
    check = await errand.runtime.part(Passwords).check(staff.password_hash, present)
    if not check.matches:
        raise PasswordDoesNotMatch
    staff.password_hash = await hashed(errand, new)
    errand.note("staff.password_changed", staff.id)
    await end_every_session(errand, staff.id)
