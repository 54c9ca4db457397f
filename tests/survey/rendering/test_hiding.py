"""No cell of fewer than five is shown, nor can one be computed from those that are (E05, E06)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.survey.bulletins.domain.content import Figure, Measure
from services.survey.rendering.domain.hiding import Smallness, hide_small_cells

AT_LEAST = 5
PLAIN = Smallness(AT_LEAST)
ANSWERS = Smallness(AT_LEAST, {"SATISFACTION"})
Counts = Mapping[str, tuple[int, int]]


def figure(place: str, numerator: int, denominator: int, **other: object) -> Figure:
    plain = {
        "code": "SATISFACTION",
        "chinese": "群众满意度",
        "place": place,
        "place_name": place,
        "numerator": numerator,
        "denominator": denominator,
        "percent": Decimal("50.00") if denominator else None,
        "rank": 1,
        "period": "2026-Q1",
        "source": "六端互通平台回访记录",
    }
    return Figure.model_validate({**plain, **other})


def hidden_in(counts: Counts, smallness: Smallness = PLAIN) -> set[str]:
    figures = [figure(place, *pair) for place, pair in counts.items()]
    return {each.place for each in hide_small_cells(figures, smallness) if each.hidden}


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ({"4212": (50, 60), "421202": (30, 35), "421281": (20, 25)}, set()),
        # the smallest sibling goes with it, or the city's figure would tell
        (
            {"4212": (50, 63), "421202": (30, 35), "421221": (16, 24), "421281": (4, 4)},
            {"421221", "421281"},
        ),
        # two small ones whose sum would be small again
        (
            {"4212": (30, 40), "421202": (28, 36), "421221": (1, 2), "421281": (1, 2)},
            {"421202", "421221", "421281"},
        ),
        # zeros hide nothing: then the whole goes
        ({"4212": (3, 9), "421202": (3, 9), "421221": (0, 0)}, {"4212", "421202"}),
        # a county that goes for another one's sake takes one of its own streets with it
        (
            {
                "4212": (60, 84),
                "421202": (12, 20),
                "421202001": (5, 12),
                "421202002": (7, 8),
                "421221": (46, 60),
                "421281": (2, 4),
            },
            {"421202", "421202002", "421281"},
        ),
        # a smallest sibling without a success: the difference would tell the two of the other one
        (
            {"4212": (42, 210), "421202": (40, 100), "421221": (0, 10), "421281": (2, 100)},
            {"421202", "421221", "421281"},
        ),
        # denominators of zero are no small cells, they read "—"
        ({"4212": (0, 0), "421202": (0, 0)}, set()),
    ],
)
def test_what_would_lead_back_to_a_small_cell_is_hidden_too(
    counts: Counts, hidden: set[str]
) -> None:
    assert hidden_in(counts) == hidden


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        # the four of 421281 who were not satisfied, and whoever would tell them by subtraction
        (
            {"4212": (50, 63), "421202": (19, 28), "421221": (20, 20), "421281": (11, 15)},
            {"421202", "421221", "421281"},
        ),
        ({"4212": (60, 60), "421202": (36, 36), "421281": (24, 24)}, set()),
        ({"4212": (55, 60), "421202": (31, 36), "421281": (24, 24)}, set()),
        ({"4212": (56, 60), "421202": (32, 36), "421281": (24, 24)}, {"4212", "421202"}),
    ],
)
def test_of_answers_the_few_others_are_a_small_cell_as_well(
    counts: Counts, hidden: set[str]
) -> None:
    """E05, E06: 96 of 100 are satisfied, and somebody may know who the four are."""
    assert hidden_in(counts, ANSWERS) == hidden
    assert not hidden_in(counts)


def test_a_hidden_figure_has_no_number_left_and_the_others_stay() -> None:
    figures = (figure("4212", 50, 60), figure("421202", 3, 25), figure("421281", 47, 35))
    shown, *gone = hide_small_cells(figures, PLAIN)
    assert shown == figures[0]
    for each in gone:
        assert (each.numerator, each.denominator, each.percent, each.rank) == (None,) * 4
        assert each.hidden


def test_periods_and_indicators_are_judged_apart_and_money_not_at_all() -> None:
    figures = (
        figure("4212", 50, 60),
        figure("421202", 50, 60),
        figure("421202", 1, 2, period="2025-Q4"),
        figure("421202", 1, 2, code="FEES_COLLECTED", measure=Measure.FEN),
    )
    assert [each.hidden for each in hide_small_cells(figures, PLAIN)] == [0, 0, 1, 0]


counts = st.one_of(st.integers(0, 6), st.integers(0, 60)).flatmap(
    lambda denominator: st.tuples(st.integers(0, denominator), st.just(denominator))
)
streets = st.lists(counts, min_size=1, max_size=4)
smallnesses = st.sampled_from([PLAIN, ANSWERS])


@st.composite
def cities(draw: st.DrawFn) -> dict[str, tuple[int, int]]:
    """A city of counties of streets whose counts add up; some counties show no streets."""
    shown: dict[str, tuple[int, int]] = {}
    counties = []
    for county in range(1, draw(st.integers(1, 4)) + 1):
        parts = draw(streets)
        total = (sum(each[0] for each in parts), sum(each[1] for each in parts))
        counties.append(total)
        shown[f"42120{county}"] = total
        if draw(st.booleans()):
            shown |= {f"42120{county}00{each}": pair for each, pair in enumerate(parts)}
    shown["4212"] = (sum(each[0] for each in counties), sum(each[1] for each in counties))
    return shown


@given(cities(), smallnesses)
def test_no_small_cell_is_shown(city: dict[str, tuple[int, int]], smallness: Smallness) -> None:
    hidden = hidden_in(city, smallness)
    for place, (above, below) in city.items():
        assert place in hidden or not any(0 < each < AT_LEAST for each in (above, below))
        assert place in hidden or smallness is PLAIN or not 0 < below - above < AT_LEAST


@given(cities(), smallnesses)
def test_no_hidden_cell_follows_from_the_sums(
    city: dict[str, tuple[int, int]], smallness: Smallness
) -> None:
    """Solved as the equations that every reader may write down."""
    hidden = sorted(hidden_in(city, smallness))
    follows = solved(hidden, list(sums(city)))
    assert not follows, f"{follows} from {city} without {hidden}"


@given(cities(), smallnesses)
def test_hidden_parts_of_a_shown_whole_are_together_no_small_cell(
    city: dict[str, tuple[int, int]], smallness: Smallness
) -> None:
    hidden = hidden_in(city, smallness)
    for whole, parts in sums(city):
        below = [place for place in parts if place in hidden]
        if below and whole not in hidden:
            assert len(below) > 1
            assert sum(city[place][1] for place in below) >= AT_LEAST
            above, total = (sum(city[place][at] for place in below) for at in (0, 1))
            assert not 0 < above < AT_LEAST
            assert smallness is PLAIN or not 0 < total - above < AT_LEAST


def sums(city: Counts) -> Iterator[tuple[str, list[str]]]:
    for whole in city:
        width = {4: 6, 6: 9}.get(len(whole), 0)
        parts = [place for place in city if len(place) == width and place.startswith(whole)]
        if parts:
            yield whole, parts


def solved(unknown: Sequence[str], equations: Sequence[tuple[str, list[str]]]) -> set[str]:
    """The unknowns that have one solution alone: Gauss and Jordan, exactly."""
    rows = [
        [Fraction((place in parts) - (place == whole)) for place in unknown]
        for whole, parts in equations
    ]
    done = 0
    for column in range(len(unknown)):
        pivot = next((row for row in range(done, len(rows)) if rows[row][column]), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        rows[done] = [each / rows[done][column] for each in rows[done]]
        for other in range(len(rows)):
            if other != done and (factor := rows[other][column]):
                rows[other] = [
                    mine - factor * its for mine, its in zip(rows[other], rows[done], strict=True)
                ]
        done += 1
    alone = [[place for place, each in zip(unknown, row, strict=True) if each] for row in rows]
    return {row[0] for row in alone if len(row) == 1}
