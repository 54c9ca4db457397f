"""E05: no two bulletins of a period tell by their difference what a few people answered."""

from __future__ import annotations

import asyncio
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.survey.bulletins.domain.figures import figures_of
from services.survey.bulletins.domain.gathered import Gathered
from services.survey.bulletins.domain.steadying import (
    AnswersMoved,
    refuse_moved,
    steadied,
)
from tests.stage import Stage
from tests.survey.bulletins.newsroom import (
    CITY,
    COUNTY,
    DRAFTER,
    PUBLICATION,
    Newsroom,
    a_quarter_of_cases,
    late_closing,
)
from tests.survey.bulletins.raw import BOOK, COMPUTED, STREETS, Counts, gathered
from tests.survey.indicators.cases import DAY, closed, hear_cases
from tests.survey.indicators.test_rules import answered

ANSWERS, HANDLED = "SATISFACTION", "COMPLAINTS_HANDLED"
FEW = 5
BEGINNING = dict.fromkeys(STREETS, (60, 120))
CHANGES = st.sampled_from([0, 0, 1, -2, 5, -6, 9])
STEPS = st.fixed_dictionaries({street: st.tuples(CHANGES, CHANGES) for street in STREETS})


def counts_of(found: Gathered, code: str) -> dict[str, tuple[int, int]]:
    return {
        each.place: (each.numerator, each.denominator) for each in found.gauges if each.code == code
    }


def on_day(number: int, streets: Counts, code: str = ANSWERS) -> Gathered:
    computed = COMPUTED + number * DAY
    return gathered({code: streets}).model_copy(update={"computed_at": computed})


def days_of(steps: list[dict[str, tuple[int, int]]]) -> list[Gathered]:
    """Each day's counts are those of the day before, changed in some streets by a few or more."""
    streets = BEGINNING
    found = [on_day(0, streets)]
    for number, step in enumerate(steps, start=1):
        streets = {
            street: (above + step[street][0], below + step[street][1])
            for street, (above, below) in streets.items()
        }
        found.append(on_day(number, streets))
    return found


def changes_between(one: Gathered, other: Gathered) -> set[int]:
    """Of all who answered, of those who were satisfied and of those who were not."""
    before, after = counts_of(one, ANSWERS), counts_of(other, ANSWERS)
    found = set()
    for place, (positive, all_) in before.items():
        more, more_of_all = after[place][0] - positive, after[place][1] - all_
        found |= {abs(more), abs(more_of_all), abs(more_of_all - more)}
    return found


@given(st.lists(STEPS, max_size=6).flatmap(lambda steps: st.permutations(days_of(steps))))
def test_what_is_published_differs_by_enough_or_not_at_all(days: list[Gathered]) -> None:
    """Whatever day is published after whichever: each is refused, or steadied and then allowed."""
    published: list[Gathered] = []
    for each in days:
        steady = steadied(each, published, BOOK)
        refuse_moved(steady, published, BOOK)
        published.append(steady)
    for one, other in combinations(published, 2):
        assert all(change == 0 or change >= FEW for change in changes_between(one, other))


def test_it_follows_once_enough_have_changed() -> None:
    """And a change that it waited for is made up for later."""
    one = dict.fromkeys(STREETS, (1, 1))
    first, small, large = days_of([one, dict.fromkeys(STREETS, (8, 8))])
    assert steadied(small, [first], BOOK).gauges == first.gauges
    with pytest.raises(AnswersMoved):
        refuse_moved(small, [first], BOOK)
    assert steadied(large, [first], BOOK) == large


def test_cases_are_told_as_they_are() -> None:
    """However few were added: cases lead to nobody."""
    first = on_day(0, BEGINNING, HANDLED)
    later = on_day(1, BEGINNING | {STREETS[0]: (61, 121)}, HANDLED)
    assert steadied(later, [first], BOOK) == later


def test_what_was_counted_last_stands_not_what_was_published_last() -> None:
    """A county's bulletin of the first day, published after the city's of the fifth."""
    county, city = on_day(1, BEGINNING), on_day(5, dict.fromkeys(STREETS, (70, 130)))
    later = on_day(6, dict.fromkeys(STREETS, (71, 131)))
    assert steadied(later, [city, county], BOOK).gauges == city.gauges


def test_what_is_published_already_may_be_published_again() -> None:
    """Two that are too close, from before this was a rule, close the period to nobody."""
    one, other = on_day(0, BEGINNING), on_day(1, dict.fromkeys(STREETS, (61, 122)))
    correction = steadied(on_day(2, dict.fromkeys(STREETS, (62, 123))), [one, other], BOOK)
    assert correction.gauges == other.gauges
    refuse_moved(correction, [one, other], BOOK)


def test_what_was_withheld_is_not_shown_beside_it() -> None:
    """That all changed by five or more would make a withheld nought of three exact."""
    few = BEGINNING | {STREETS[0]: (0, 3)}
    many = BEGINNING | {STREETS[0]: (5, 13)}
    first, later = on_day(0, few), on_day(1, many)
    assert steadied(later, [first], BOOK).gauges == first.gauges


def test_a_place_that_has_gone_still_hides_its_neighbours() -> None:
    """A street that no longer exists had two answers: its neighbour stays withheld."""
    first = on_day(0, {"421202001": (2, 2), "421202002": (10, 10)})
    later = on_day(1, {"421202001": (0, 0), "421202002": (12, 12)})
    places = tuple(each for each in later.places if each.code != "421202001")
    gauges = tuple(each for each in later.gauges if each.place != "421202001")
    gone = later.model_copy(update={"places": places, "gauges": gauges})
    shown = figures_of(steadied(gone, [first], BOOK), BOOK)
    neighbour = [each for each in shown if (each.code, each.place) == (ANSWERS, "421202002")]
    assert [each.hidden for each in neighbour] == [True]


async def moved(stage: Stage, *numbers: int) -> None:
    """It turns out that these cases were another street's, and their answers with them."""
    states = [
        closed(f"answered {number}", division="421221103", grid_code="421221103001001", version=12)
        for number in numbers
    ]
    await hear_cases(stage, states)


def told(content: dict[str, Any], code: str) -> dict[str, tuple[int | None, int | None]]:
    return {
        each["place"]: (each["numerator"], each["denominator"])
        for each in content["figures"]
        if each["code"] == code
    }


async def test_a_correction_waits_for_enough_answers(stage: Stage) -> None:
    """Two answers that moved leave the figure as it was; six change it."""
    await answered(stage, [5] * 18 + [1] * 6)
    await a_quarter_of_cases(stage)
    room = Newsroom(stage)
    first = (await room.published())["content"]
    assert told(first, ANSWERS)[CITY] == (18, 24)
    await moved(stage, 0, 1)
    await late_closing(stage)
    second = (await room.published(reason="温泉街道补报3月办结1件。"))["content"]
    assert told(second, ANSWERS) == told(first, ANSWERS)
    assert told(second, HANDLED) != told(first, HANDLED)
    assert ANSWERS not in {each["code"] for each in second["corrects"]["differences"]}
    await moved(stage, *range(2, 8))
    third = (await room.published(reason="更正案件所属街道。"))["content"]
    assert told(third, ANSWERS)[COUNTY] == (10, 16)
    assert told(third, ANSWERS)["421221"] == (8, 8)


async def test_city_and_county_do_not_differ_by_a_few(stage: Stage) -> None:
    """Drafted on different days; the one that is published later is computed anew."""
    await answered(stage, [5] * 18 + [1] * 6)
    await a_quarter_of_cases(stage)
    await moved(stage, *range(6))
    county, city = Newsroom(stage), Newsroom(stage)
    await county.drafted(division=COUNTY)
    await moved(stage, 6, 7)
    published = await city.published()
    await county.approved()
    stage.clock.move_to(PUBLICATION)
    refused = await county.act("publication")
    assert (refused.status_code, refused.json()["code"]) == (409, "ANSWERS_MOVED")
    await county.act("return", {"reason": "重新计算"})
    await county.act("computation", actor=DRAFTER)
    await county.approved()
    answer = await county.act("publication")
    assert answer.status_code == 200, answer.text
    ours = told(answer.json()["content"], ANSWERS)
    theirs = told(published["content"], ANSWERS)
    assert ours[COUNTY] == theirs[COUNTY] == (10, 16)


async def test_two_of_one_period_are_published_one_after_the_other(stage: Stage) -> None:
    await a_quarter_of_cases(stage)
    rooms = [Newsroom(stage), Newsroom(stage)]
    for room, division in zip(rooms, (CITY, COUNTY), strict=True):
        await room.drafted(division=division)
        await room.approved()
    answers = await asyncio.gather(*(room.act("publication") for room in rooms))
    assert [each.status_code for each in answers] == [200, 200]
