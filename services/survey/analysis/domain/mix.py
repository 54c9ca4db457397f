"""What the disputes of a time are about: every category with its share of all (C10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.survey.indicators.domain.shares import Share


@dataclass(frozen=True)
class Part:
    """So many of all disputes are of this category."""

    code: str
    share: Share

    @property
    def count(self) -> int:
        return self.share.numerator


def parts_of(counts: Mapping[str, int]) -> Sequence[Part]:
    """The most frequent first, equals by their code. Together they are the whole."""
    total = sum(counts.values())
    parts = [Part(code, Share(count, total)) for code, count in counts.items() if count]
    return sorted(parts, key=lambda part: (-part.count, part.code))
