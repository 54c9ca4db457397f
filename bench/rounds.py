"""Variants measured in turns: on a machine that others use, only figures of one round compare."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from statistics import median
from time import monotonic

Variant = Callable[[], Awaitable[float]]

FEWEST = 3  # rounds


@dataclass
class Rounds:
    """One figure per variant and round; the order of a round is turned each time."""

    figures: list[dict[str, float]] = field(default_factory=list)

    async def measure(self, variants: Mapping[str, Variant], seconds: float) -> None:
        """Begin rounds until `seconds` are used up, but no fewer than FEWEST."""
        started = monotonic()
        while len(self.figures) < FEWEST or self._fits(monotonic() - started, seconds):
            self.figures.append(await self._round(variants))

    def median(self, variant: str) -> float:
        return median(each[variant] for each in self.figures)

    def ratio(self, variant: str, base: str) -> float:
        """The median of the ratios within each round."""
        return median(each[variant] / each[base] for each in self.figures)

    def spread(self, variant: str) -> str:
        values = [each[variant] for each in self.figures]
        return f"{min(values):,.0f} to {max(values):,.0f}"

    def _fits(self, used: float, seconds: float) -> bool:
        return used + used / len(self.figures) <= seconds

    async def _round(self, variants: Mapping[str, Variant]) -> dict[str, float]:
        names = list(variants)
        turn = len(self.figures) % len(names)
        measured = {name: await variants[name]() for name in names[turn:] + names[:turn]}
        return {name: measured[name] for name in names}
