"""What a grid worker does without a network, and in which order it takes effect."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar

from shared.errors import Invalid


class Kind(StrEnum):
    """In the order in which they follow from each other, where two were made in one second."""

    FINDING = "finding"
    SIGN = "sign"
    CONTACT = "contact"
    PERSUASION = "persuasion"
    PROGRESS = "progress"
    MEDIATION = "mediation"
    CONSENT = "consent"
    SESSION = "session"
    REFUSAL = "refusal"
    AGREEMENT = "agreement"
    RESULT = "result"


RANK = {kind: rank for rank, kind in enumerate(Kind)}


class Made(Protocol):
    @property
    def made_at(self) -> datetime: ...

    @property
    def kind(self) -> Kind: ...


M = TypeVar("M", bound=Made)


class MadeInTheFuture(Invalid):
    """The device's clock is ahead of ours; set it by `now` of this answer."""

    code = "MADE_IN_THE_FUTURE"
    chinese = "设备时间超前，请校准后重试。"


def in_order(operations: Iterable[M]) -> list[M]:
    """As they were made, in whatever order they arrive."""
    return sorted(operations, key=lambda each: (each.made_at, RANK[each.kind]))


def refuse_future(moment: datetime, now: datetime, skew: timedelta) -> None:
    """Clocks of telephones differ a little. Raises MadeInTheFuture."""
    if moment > now + skew:
        raise MadeInTheFuture(now=now.isoformat(), skew_seconds=int(skew.total_seconds()))
