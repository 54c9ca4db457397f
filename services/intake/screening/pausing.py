"""When nothing is asked of WeChat, because it would refuse every text alike."""

from __future__ import annotations

from datetime import datetime

from services.intake.screening.domain.timing import SET_UP_LOOKED_AT_AFTER, new_quota_at
from shared.clock import Clock
from shared.wechat import LongLimit, Malformed, Misconfigured, WeChatError
from shared.wechat.errors import STABLE_TOKEN


class Pause:
    """Until tomorrow once the day's quota is spent, for minutes while the set-up is wrong.

    Every path has a quota of its own; without a token none can be asked.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._until: dict[str, datetime] = {}

    def lasts(self, path: str) -> bool:
        now = self._clock.now()
        return any(now < self._until.get(each, now) for each in (path, STABLE_TOKEN))

    def begin(self, error: WeChatError) -> None:
        """If the error is one of those; one about a single call is none."""
        now = self._clock.now()
        if isinstance(error, LongLimit):
            self._until[error.path] = new_quota_at(now)
        elif isinstance(error, Misconfigured) and not isinstance(error, Malformed):
            self._until[error.path] = now + SET_UP_LOOKED_AT_AFTER
