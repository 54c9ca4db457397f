"""D10, D12: 上期 is what was published of the quarter before, not what it would be today."""

from __future__ import annotations

from collections.abc import Iterable

from services.survey.bulletins.domain.former import past_as_counted, past_as_published
from services.survey.bulletins.domain.gathered import Gathered, Past
from services.survey.bulletins.domain.steadying import steadied
from tests.stage import Stage
from tests.survey.bulletins.newsroom import CITY, Newsroom, a_quarter_of_cases
from tests.survey.bulletins.raw import BOOK, COMPUTED, STREETS, Counts, everything
from tests.survey.bulletins.test_steadying import BEGINNING
from tests.survey.indicators.cases import DAY, case, hear_cases

HANDLED, REPEATED, ANSWERS = "COMPLAINTS_HANDLED", "REPEAT_COMPLAINTS", "SATISFACTION"


def on_day(number: int, streets: Counts) -> Gathered:
    return everything(streets).model_copy(update={"computed_at": COMPUTED + number * DAY})


def told(found: Iterable[Past]) -> dict[str, tuple[int, int, bool]]:
    return {each.code: (each.numerator, each.denominator, each.hidden) for each in found}


FIRST = on_day(0, BEGINNING)
SECOND = on_day(60, dict.fromkeys(STREETS, (70, 130)))


def test_the_newest_edition_counts_and_of_what_grows_the_first() -> None:
    """U03: of the first edition the repeated complaints were as young as the present ones."""
    for published in ([FIRST, SECOND], [SECOND, FIRST]):
        past = told(past_as_published(CITY, published, BOOK))
        assert past[HANDLED] == past[ANSWERS] == (280, 520, False)
        assert past[REPEATED] == (240, 480, False)


def test_what_any_edition_withheld_stays_withheld() -> None:
    few = on_day(0, BEGINNING | {STREETS[0]: (0, 3)})
    past = told(past_as_published(STREETS[0], [few, SECOND], BOOK))
    assert past[HANDLED] == (70, 130, True)
    assert told(past_as_published(CITY, [few, SECOND], BOOK))[HANDLED] == (280, 520, False)


def test_without_a_bulletin_neither_answers_nor_what_has_grown_are_compared() -> None:
    past = told(past_as_counted(CITY, FIRST, BOOK))
    assert past[HANDLED] == (240, 480, False)
    assert past.keys() == set(BOOK.reports.core_indicators) - {ANSWERS, REPEATED}


async def test_a_reopened_case_does_not_change_the_quarter_before(stage: Stage) -> None:
    """The next bulletin says 上期 as it was read, although five cases were reopened meanwhile."""
    await a_quarter_of_cases(stage)
    room = Newsroom(stage)
    first = (await room.published())["content"]
    (before,) = (
        each["percent"]
        for each in first["figures"]
        if (each["code"], each["place"]) == (HANDLED, CITY)
    )
    again = [case(f"421202001 {number}", division="421202001", version=20) for number in range(5)]
    await hear_cases(stage, again)
    stage.clock.move_to(COMPUTED + 91 * DAY)
    second = (await room.drafted(period="2026-Q2"))["content"]
    (section,) = (each for each in second["sections"] if each["heading"] == "核心指标")
    rows = {row[0]: row for row in section["tables"][0]["rows"]}
    assert rows["投诉处理率（办结率）"][2] == before


def test_steadied_of_nothing_published_is_as_counted() -> None:
    assert steadied(FIRST, [], BOOK) == FIRST
