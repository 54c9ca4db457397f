"""Access tokens: stable ones, the same until five minutes before its end, and classic ones, another
for every call (wechat.md 2)."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from deploy.simulators.wechat.refusal import Refusal
from shared.clock import BEIJING

LIFETIME = timedelta(seconds=7200)
OVERLAP = timedelta(seconds=300)
FORCE_SPACING = timedelta(seconds=30)
FORCES_A_DAY = 20


class StableTokens:
    """`forces` are the moments of true forced refreshes."""

    def __init__(self) -> None:
        self._ends: dict[str, datetime] = {}
        self._current: str | None = None
        self.forces: list[datetime] = []

    def normal(self, now: datetime) -> tuple[str, int]:
        """The current token and its remaining seconds; renewed, with an overlap, near its end."""
        if self._current is None or self._ends[self._current] - now <= OVERLAP:
            self._current = self._mint(now)
        return self._current, self._remaining(self._current, now)

    def forced(self, now: datetime) -> tuple[str, int]:
        """A new token, the old ones dead at once; but the same one within 30 s of the last."""
        if self.forces and now - self.forces[-1] < FORCE_SPACING:
            return self.normal(now)
        if self._forces_on(now) >= FORCES_A_DAY:
            raise Refusal(45009)
        self.forces.append(now)
        self.kill()
        return self.normal(now)

    def kill(self) -> None:
        """As if somebody else had forced a refresh: what clients hold is no longer the latest."""
        self._ends.clear()
        self._current = None

    def check(self, token: str, now: datetime) -> None:
        """Raises Refusal unless the token may be used."""
        if not token:
            raise Refusal(41001)
        if token not in self._ends:
            raise Refusal(40001)
        if now >= self._ends[token]:
            raise Refusal(42001)

    def _mint(self, now: datetime) -> str:
        token = secrets.token_urlsafe(96)
        self._ends[token] = now + LIFETIME
        return token

    def _remaining(self, token: str, now: datetime) -> int:
        return int((self._ends[token] - now).total_seconds())

    def _forces_on(self, now: datetime) -> int:
        today = now.astimezone(BEIJING).date()
        return sum(each.astimezone(BEIJING).date() == today for each in self.forces)


class ClassicTokens:
    """Apart from the stable ones: getting one kind leaves the other alone."""

    def __init__(self) -> None:
        self._ends: dict[str, datetime] = {}

    def fresh(self, now: datetime) -> tuple[str, int]:
        """Another token; all earlier ones end within five minutes."""
        self._ends = {token: min(end, now + OVERLAP) for token, end in self._ends.items()}
        token = secrets.token_urlsafe(96)
        self._ends[token] = now + LIFETIME
        return token, int(LIFETIME.total_seconds())

    def is_good(self, token: str, now: datetime) -> bool:
        return token in self._ends and now < self._ends[token]
