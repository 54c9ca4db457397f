"""How often a reporter may urge (T45, X17)."""

from __future__ import annotations

from datetime import datetime

from shared.clock import BEIJING
from shared.errors import TooMany
from shared.rulebook.sections.handling import Urging


class UrgedTooSoon(TooMany):
    """You have urged already; `again_from` says when you may do so again."""

    code = "URGED_TOO_SOON"
    chinese = "距上次催办时间过短，请在 again_from 所示时间之后再催办。"


def refuse_too_soon(urging: Urging, last: datetime | None, now: datetime) -> None:
    """Raises UrgedTooSoon."""
    if last is not None and now < last + urging.interval:
        again_from = (last + urging.interval).astimezone(BEIJING)
        wait = round((again_from - now).total_seconds())
        raise UrgedTooSoon(again_from=again_from.isoformat(), retry_after_seconds=max(1, wait))
