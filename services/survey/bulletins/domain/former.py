"""How it was in an earlier period: as it was published, for that is what readers have before them.

Counted today it would be another figure, and the comparison one that nobody can follow; what was
withheld then would be told by it now.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from services.survey.bulletins.domain.figures import withheld_places
from services.survey.bulletins.domain.gathered import Gathered, Gauge, Past
from shared.rulebook import Rulebook


def past_as_published(
    division: str, published: Sequence[Gathered], book: Rulebook
) -> Iterator[Past]:
    """`published`: of that period, whatever place each reports on, at least one. Withheld is what
    any of them withheld.

    What goes on growing after its period is taken from the first of them: that was about as young
    then as the present figure is now.
    """
    in_turn = sorted(published, key=lambda each: each.computed_at)
    for code in book.reports.core_indicators:
        told = in_turn[0] if code in book.bulletins.maturing else in_turn[-1]
        yield _past(told, division, code, in_turn, book)


def past_as_counted(division: str, counted: Gathered, book: Rulebook) -> Iterator[Past]:
    """Of a period without a bulletin, `counted` today: without answers, which nobody may read off
    a comparison, and without what has grown since.
    """
    silent = {*book.bulletins.answers, *book.bulletins.maturing}
    for code in book.reports.core_indicators:
        if code not in silent:
            yield _past(counted, division, code, [counted], book)


def _past(
    told: Gathered, division: str, code: str, judged: Sequence[Gathered], book: Rulebook
) -> Past:
    gauge = _gauges(told, code).get(division)
    return Past(
        period=told.period,
        code=code,
        numerator=gauge.numerator if gauge else 0,
        denominator=gauge.denominator if gauge else 0,
        hidden=any(division in withheld_places(each, code, book) for each in judged),
    )


def _gauges(gathered: Gathered, code: str) -> Mapping[str, Gauge]:
    return {each.place: each for each in gathered.gauges if each.code == code}
