"""Bands of age, which say enough: nobody's birthday is kept (X41, facts 2.13)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from shared.errors import Conflict, Invalid
from shared.rulebook import Rulebook


class AgeBand(StrEnum):
    CHILD = "CHILD"  # complains with a guardian
    YOUTH = "YOUTH"
    ADULT = "ADULT"


class GuardianRelation(StrEnum):
    PARENT = "PARENT"
    GRANDPARENT = "GRANDPARENT"
    OTHER = "OTHER"


class BornInFuture(Invalid):
    """Nobody is born later than today."""

    code = "BORN_IN_FUTURE"
    chinese = "出生日期不能晚于今天。"


class GuardianNotNeeded(Conflict):
    """No guardian is asked of this account, so none is kept."""

    code = "GUARDIAN_NOT_NEEDED"
    chinese = "该账号无需填写监护人信息。"


class GuardianIsOneself(Conflict):
    """The guardian's number is the account's own; name another grown-up's."""

    code = "GUARDIAN_IS_ONESELF"
    chinese = "监护人手机号不能与本账号手机号相同。"


def band_of(born_on: date, today: date, rulebook: Rulebook) -> AgeBand:
    """Of full years, on the birthday already (民法典 art. 1259). Raises BornInFuture."""
    if born_on > today:
        raise BornInFuture
    age = today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))
    if age < rulebook.intake.guardian_below_age:
        return AgeBand.CHILD
    return AgeBand.YOUTH if age < rulebook.accounts.adult_age else AgeBand.ADULT


def needs_guardian(band: AgeBand | None) -> bool:
    return band is AgeBand.CHILD


def refuse_needless_guardian(band: AgeBand | None) -> None:
    """Raises GuardianNotNeeded."""
    if not needs_guardian(band):
        raise GuardianNotNeeded


def refuse_own_number(guardians: str, own: str | None) -> None:
    """Raises GuardianIsOneself."""
    if guardians == own:
        raise GuardianIsOneself
