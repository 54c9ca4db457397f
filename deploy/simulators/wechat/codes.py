"""One-time codes of `wx.login` and of the phone button: five minutes, once."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from deploy.simulators.wechat.refusal import Refusal

LIFETIME = timedelta(minutes=5)


@dataclass
class _Issued:
    person: str
    until: datetime
    used: bool = False


class OneTimeCodes:
    """Reuse is refused with `reused`, everything else with 40029."""

    def __init__(self, reused: int) -> None:
        self._reused = reused
        self._issued: dict[str, _Issued] = {}

    def issue(self, person: str, now: datetime) -> str:
        code = secrets.token_urlsafe(24)
        self._issued[code] = _Issued(person, now + LIFETIME)
        return code

    def owner(self, code: str, now: datetime) -> str:
        """Whose code this is, still good; the code is not spent. Raises Refusal."""
        issued = self._issued.get(code)
        if issued is None:
            raise Refusal(40029)
        if issued.used:
            raise Refusal(self._reused)
        if now >= issued.until:
            raise Refusal(40029)
        return issued.person

    def spend(self, code: str, now: datetime) -> str:
        person = self.owner(code, now)
        self._issued[code].used = True
        return person
