"""From raw gauges to the figures of a bulletin: rounded once, small ones hidden, ranked (D12)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from services.survey.bulletins.domain.content import Figure, Measure
from services.survey.bulletins.domain.gathered import Gathered, Gauge
from services.survey.bulletins.domain.ranking import ranks
from services.survey.indicators.domain.shares import Share
from services.survey.rendering.domain.hiding import BLANK, Smallness, hide_small_cells
from shared.divisions import COUNTY_DIGITS, STREET_DIGITS
from shared.rulebook import Rulebook

LEVELS = (COUNTY_DIGITS, STREET_DIGITS)


def figures_of(gathered: Gathered, book: Rulebook) -> tuple[Figure, ...]:
    """All core indicators of the division and the places below it, in the order of the rulebook
    (D11) and of the places. Hidden is what the whole city's figures call for.
    """
    found: list[Figure] = []
    for code in book.reports.core_indicators:
        of_code = {each.place: each for each in gathered.gauges if each.code == code}
        found += _of_indicator(code, of_code, gathered, book)
    return tuple(found)


def withheld_places(gathered: Gathered, code: str, book: Rulebook) -> frozenset[str]:
    """In the whole city, whatever place is reported on."""
    city = gathered.model_copy(update={"division": gathered.city.code})
    gauges = {each.place: each for each in gathered.gauges if each.code == code}
    return frozenset(each.place for each in _of_indicator(code, gauges, city, book) if each.hidden)


def of_place(figures: Iterable[Figure], place: str) -> tuple[Figure, ...]:
    return tuple(each for each in figures if each.place == place)


def of_level(figures: Iterable[Figure], code: str, digits: int) -> tuple[Figure, ...]:
    return tuple(each for each in figures if each.code == code and len(each.place) == digits)


def _of_indicator(
    code: str, gauges: Mapping[str, Gauge], gathered: Gathered, book: Rulebook
) -> Iterable[Figure]:
    plain = [
        _figure(code, place.code, place.name, gauges.get(place.code), gathered.period, book)
        for place in gathered.places
    ]
    shown = withheld(plain, book)
    here = [each for each in shown if each.place.startswith(gathered.division)]
    ranked = _ranks(here, gathered.division, code, book)
    return [each.model_copy(update={"rank": ranked.get(each.place)}) for each in here]


def withheld(figures: Sequence[Figure], book: Rulebook) -> tuple[Figure, ...]:
    """Of one indicator, the city first: small cells hidden, and what would lead back to them.

    How few cases a city had leads to nobody, so that is told all the same, except of answers;
    then none of its parts is shown, not even a zero, which would tell where they were.
    """
    smallness = Smallness(book.survey.cell_at_least, book.bulletins.answers)
    city, *parts = hide_small_cells(figures, smallness)
    if not city.hidden or city.code in book.bulletins.answers:
        return (city, *parts)
    return (figures[0], *(each.model_copy(update=BLANK) for each in parts))


def _figure(
    code: str, place: str, name: str, gauge: Gauge | None, period: str, book: Rulebook
) -> Figure:
    share = Share(gauge.numerator, gauge.denominator) if gauge else Share(0, 0)
    words = next(each for each in book.bulletins.figures if each.code == code)
    return Figure(
        code=code,
        chinese=chinese_of(code, book),
        place=place,
        place_name=name,
        numerator=share.numerator,
        denominator=share.denominator,
        measure=Measure.FEN if code in book.bulletins.in_money else Measure.COUNT,
        percent=share.percent(book.scores),
        period=period,
        source=words.source,
    )


def chinese_of(code: str, book: Rulebook) -> str:
    return next(each.chinese for each in book.indicators.formulas if each.code == code)


def _ranks(figures: Iterable[Figure], whole: str, code: str, book: Rulebook) -> dict[str, int]:
    """Among the places of one level; the whole has no rank."""
    rules = book.bulletins
    lowest_first = code in rules.lower_is_better
    found: dict[str, int] = {}
    for digits in LEVELS:
        level = {
            each.place: each.percent
            for each in figures
            if len(each.place) == digits and each.place != whole
        }
        found |= ranks(level, rules.ranked_at_least, lowest_first=lowest_first)
    return found
