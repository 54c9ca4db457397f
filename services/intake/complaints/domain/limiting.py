"""How much one account, one home and one address may file (T01): told, never silently dropped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from shared.clock import BEIJING
from shared.errors import TooMany
from shared.rulebook.sections.filing import FilingLimit, FilingLimits


class Counted(StrEnum):
    ACCOUNT = "ACCOUNT"
    HOME = "HOME"
    ADDRESS = "ADDRESS"


class FilingLimitReached(TooMany):
    """You have filed as much as may be filed for now; `again_from` says when it goes on. In danger
    call 110, 119 or 120.
    """

    code = "FILING_LIMIT_REACHED"
    chinese = "短时间内提交过多，请在 again_from 所示时间之后再提交；紧急情况请拨打110、119、120。"


@dataclass(frozen=True, slots=True)
class Tally:
    """How often it was filed within the window, and when the first of these was."""

    times: int = 0
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Tallies:
    account: Tally = Tally()
    home: Tally = Tally()
    address: Tally = Tally()


def refuse_excess(limits: FilingLimits, tallies: Tallies, now: datetime) -> None:
    """Raises FilingLimitReached."""
    for what, tally, limit in (
        (Counted.ACCOUNT, tallies.account, limits.account),
        (Counted.HOME, tallies.home, limits.home),
        (Counted.ADDRESS, tallies.address, limits.address),
    ):
        _refuse(what, limit, tally, now)


def refuse_flood(limit: FilingLimit, account: Tally, now: datetime, calls: Sequence[str]) -> None:
    """Of cries for help; the refusal says whom to call. Raises FilingLimitReached."""
    _refuse(Counted.ACCOUNT, limit, account, now, call=list(calls))


def _refuse(what: Counted, limit: FilingLimit, tally: Tally, now: datetime, **details: Any) -> None:
    if tally.times < limit.times:
        return
    again_from = (tally.since or now) + limit.window
    raise FilingLimitReached(
        counted=what,
        again_from=again_from.astimezone(BEIJING).isoformat(),
        retry_after_seconds=max(1, round((again_from - now).total_seconds())),
        **details,
    )
