"""Small cells are hidden, and so much beside them that no sum leads back to one.

A place's count is the sum of its parts' counts. Whoever knows all terms of such a sum but one knows
that one too, so a sum with a hidden term has another, and the hidden parts of a shown whole are
together no small cell either. With places in a tree that suffices: from any hidden term a way of
hidden terms leads up or down to an end, and along it the counts may be shifted without any shown
one changing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from services.survey.bulletins.domain.content import Figure, Measure

BLANK = {"numerator": None, "denominator": None, "percent": None, "rank": None, "hidden": True}


@dataclass(frozen=True)
class Smallness:
    """A figure is small where numerator or denominator counts somebody, but fewer than `at_least`;
    zeros and amounts of money are not. Of answers the difference counts as well: 99 of 100 say yes,
    and somebody may know the one who did not.
    """

    at_least: int
    answers: Collection[str] = ()  # codes

    def covers(self, figure: Figure) -> bool:
        return figure.measure is not Measure.FEN and self._any_few(figure.code, *_counts([figure]))

    def covers_sum(self, figures: Sequence[Figure]) -> bool:
        """Of those that are hidden under a shown whole: a difference tells their sums, and whether
        there is anything at all.
        """
        above, below = _counts(figures)
        return below < self.at_least or self._any_few(figures[0].code, above, below)

    def _any_few(self, code: str, above: int, below: int) -> bool:
        told = (above, below, below - above) if code in self.answers else (above, below)
        return any(0 < count < self.at_least for count in told)


def hide_small_cells(figures: Sequence[Figure], smallness: Smallness) -> tuple[Figure, ...]:
    """The figures in their order, some of them without numbers.

    A figure is hidden whole, for its percentage tells the numerator. Divisions are parts of each
    other by their codes. Only sums over places are looked at, not what one indicator tells of
    another. Ranks are to be given afterwards: a rank left out would tell where the hidden one
    stands.
    """
    groups: dict[tuple[str, str], dict[str, Figure]] = defaultdict(dict)
    for each in figures:
        groups[each.code, each.period][each.place] = each
    hidden = {key: _hidden_of(group, smallness) for key, group in groups.items()}
    return tuple(
        each.model_copy(update=BLANK) if each.place in hidden[each.code, each.period] else each
        for each in figures
    )


def _hidden_of(group: Mapping[str, Figure], smallness: Smallness) -> set[str]:
    parts: dict[str, list[str]] = defaultdict(list)
    for place in sorted(group):
        whole = _whole_of(place, group)
        if whole in group:
            parts[whole].append(place)
    hidden = {place for place, each in group.items() if each.hidden or smallness.covers(each)}
    while more := {
        betrayed
        for whole, below in parts.items()
        if (betrayed := _to_hide(group, whole, below, hidden, smallness)) is not None
    }:
        hidden |= more
    return hidden


def _counts(figures: Sequence[Figure]) -> tuple[int, int]:
    above = sum(each.numerator or 0 for each in figures)
    return above, sum(each.denominator or 0 for each in figures)


def _whole_of(place: str, group: Mapping[str, Figure]) -> str:
    prefixes = (place[:length] for length in range(len(place) - 1, 0, -1))
    return next((prefix for prefix in prefixes if prefix in group), "")


def _to_hide(
    group: Mapping[str, Figure],
    whole: str,
    parts: Sequence[str],
    hidden: set[str],
    smallness: Smallness,
) -> str | None:
    """What this sum needs next, if anything: its smallest shown part, at last the whole."""
    below = [place for place in parts if place in hidden]
    if whole in hidden:
        enough = bool(below)
    else:
        enough = not below or (
            len(below) > 1 and not smallness.covers_sum([group[each] for each in below])
        )
    if enough:
        return None
    shown = [place for place in parts if place not in hidden and group[place].denominator]
    if shown:
        return min(shown, key=lambda place: (group[place].denominator or 0, place))
    return None if whole in hidden else whole
