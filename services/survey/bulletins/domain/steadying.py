"""What people said of themselves changes by enough at once, or not at all (E05).

Two editions of a period, or the city's and a county's of different days, tell by their difference
what somebody answered in between; and what is withheld in one of them may follow from the other. So
a figure of answers stays as it was published until many answers have been added everywhere that
any was, and the same places are withheld.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from services.survey.bulletins.domain.figures import withheld_places
from services.survey.bulletins.domain.gathered import Gathered
from shared.errors import Conflict
from shared.rulebook import Rulebook

NOBODY = (0, 0, 0)
Counts = Mapping[str, tuple[int, int, int]]  # by place, who said so, who did not, and all


class AnswersMoved(Conflict):
    """Another bulletin of this period was published meanwhile, and a few answers came in between:
    return the draft and compute it anew.
    """

    code = "ANSWERS_MOVED"
    chinese = "同期已有通报发布，其后群众满意度数据仅有少量变动，请退回并重新计算后再发布。"


def steadied(gathered: Gathered, published: Sequence[Gathered], book: Rulebook) -> Gathered:
    """`published`: of the same period, whatever place they report on."""
    return _as_published(gathered, published, _moved_by_few(gathered, published, book))


def refuse_moved(gathered: Gathered, published: Sequence[Gathered], book: Rulebook) -> None:
    """Raises AnswersMoved."""
    if _moved_by_few(gathered, published, book):
        raise AnswersMoved


def _as_published(
    gathered: Gathered, published: Sequence[Gathered], codes: Collection[str]
) -> Gathered:
    """These codes as in what was counted last; a place that has gone since still takes part."""
    if not codes:
        return gathered
    gauges = [each for each in gathered.gauges if each.code not in codes]
    places = {each.code: each for each in gathered.places}
    if published:
        newest = max(published, key=lambda each: each.computed_at)
        gauges += (each for each in newest.gauges if each.code in codes)
        places = {each.code: each for each in newest.places} | places
    in_order = sorted(places.values(), key=lambda each: (len(each.code), each.code))
    return gathered.model_copy(update={"gauges": tuple(gauges), "places": tuple(in_order)})


def _moved_by_few(
    gathered: Gathered, published: Sequence[Gathered], book: Rulebook
) -> frozenset[str]:
    return frozenset(
        code for code in book.bulletins.answers if _tells_of_few(code, gathered, published, book)
    )


def _tells_of_few(
    code: str, gathered: Gathered, published: Sequence[Gathered], book: Rulebook
) -> bool:
    new, old = _counts(gathered, code), [_counts(each, code) for each in published]
    if new in old:
        return False
    withheld = withheld_places(gathered, code, book)
    if any(withheld_places(each, code, book) != withheld for each in published):
        return True
    return any(_is_close(new, each, book.survey.cell_at_least) for each in old)


def _counts(gathered: Gathered, code: str) -> Counts:
    return {
        each.place: (each.numerator, each.denominator - each.numerator, each.denominator)
        for each in gathered.gauges
        if each.code == code and each.denominator
    }


def _is_close(new: Counts, old: Counts, at_least: int) -> bool:
    return any(
        0 < abs(after - before) < at_least
        for place in new.keys() | old.keys()
        for after, before in zip(new.get(place, NOBODY), old.get(place, NOBODY), strict=True)
    )
