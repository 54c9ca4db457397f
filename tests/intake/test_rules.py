"""The pure rules of intake: numbers, content, places, answers, words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from deploy.documents.traceability import RULEBOOK
from services.intake.complaints.domain.answering import (
    AlreadyConfirmed,
    AnonymousCannotRate,
    AnswerTooLate,
    Asked,
    FeedbackNotGiven,
    open_question,
)
from services.intake.complaints.domain.content import (
    CategoryUnknown,
    TextTooShort,
    check_content,
    emergency_calls,
    title_of,
)
from services.intake.complaints.domain.numbers import complaint_number, county_of, day_of
from services.intake.complaints.domain.placing import (
    BuildingNotInEstate,
    EstateUnknown,
    Ground,
    HouseBindingRequired,
    HouseNotInEstate,
    Place,
    Wish,
    place,
)
from services.intake.complaints.domain.promises import next_step
from services.intake.complaints.domain.words import in_words
from shared.clock import BEIJING
from shared.contracts.vocabulary import CaseStatus, Solved
from shared.errors import DomainError
from shared.ids import new_id
from shared.rulebook import Rulebook

BOOK = Rulebook.load(RULEBOOK)
ESTATE, BUILDING, HOME, OTHER = (new_id() for _ in range(4))
GROUND = Ground(
    division="421202001", building_fits=True, building_of_house=None, homes={HOME: BUILDING}
)
FITS: dict[str, Any] = {"building_of_house": BUILDING}
NOW = datetime(2026, 3, 9, 10, 0, tzinfo=BEIJING)
ASKED = Asked(
    state=CaseStatus.FEEDBACK,
    feedback_at=NOW - timedelta(days=1),
    until=None,
    anonymous=False,
    answered=False,
)


def test_a_number_tells_county_day_and_order() -> None:
    """Numbers follow Beijing's calendar, whatever the clock's offset."""
    night = datetime(2026, 3, 1, 16, 30, tzinfo=UTC)
    number = complaint_number(county_of("421202001"), day_of(night), 17)
    assert number == "SQ421202-20260302-00017"
    assert complaint_number("421202", day_of(night), 123456).endswith("-123456")


@pytest.mark.parametrize(
    ("text", "accepted"),
    [
        pytest.param("十个字的诉求刚好够长", True, id="T01-ten"),
        pytest.param("九个字的诉求不够长", False, id="T01-nine"),
        pytest.param("电梯困人", True, id="X31-danger-needs-no-more-words"),
    ],
)
def test_a_text_has_ten_characters_unless_there_is_danger(text: str, accepted: bool) -> None:
    urgent = bool(emergency_calls(BOOK, "", text))
    if accepted:
        check_content(BOOK, text, None, urgent=urgent)
        return
    with pytest.raises(TextTooShort) as refused:
        check_content(BOOK, text, None, urgent=urgent)
    assert refused.value.details == {"at_least": BOOK.intake.text_characters_at_least}


def test_a_category_is_one_of_the_rulebook() -> None:
    check_content(BOOK, "十个字的诉求刚好够长", "NS01", urgent=False)
    with pytest.raises(CategoryUnknown):
        check_content(BOOK, "十个字的诉求刚好够长", "ZZ99", urgent=False)


def test_danger_now_is_told_whom_to_call() -> None:
    """X31: at once, and only for danger now."""
    assert "119" in emergency_calls(BOOK, "", "电梯困人，里面有老人")
    assert emergency_calls(BOOK, "", "以前发生过电梯困人，经常坏") == ()
    assert emergency_calls(BOOK, "", "楼道灯坏了半个月") == ()


def test_a_title_is_taken_from_the_text_when_missing() -> None:
    assert title_of("楼道灯", "无所谓") == "楼道灯"
    assert title_of(None, "短的") == "短的"
    assert title_of(None, "长" * 30) == "长" * 19 + "…"


@pytest.mark.parametrize(
    ("wish", "ground", "refusal"),
    [
        pytest.param({}, {}, None, id="A04-own-estate"),
        pytest.param({}, {"homes": {}}, HouseBindingRequired, id="A04-unbound"),
        pytest.param({}, {"division": None}, EstateUnknown, id="unknown-estate"),
        pytest.param({"building_id": BUILDING}, {}, None, id="building"),
        pytest.param(
            {"building_id": OTHER}, {"building_fits": False}, BuildingNotInEstate, id="building-not"
        ),
        pytest.param({"house_id": HOME}, FITS, None, id="own-house"),
        pytest.param({"house_id": OTHER}, FITS, HouseBindingRequired, id="A04-other's-house"),
        pytest.param({"house_id": HOME}, {}, HouseNotInEstate, id="house-not"),
        pytest.param(
            {"house_id": HOME, "building_id": OTHER}, FITS, HouseNotInEstate, id="house-elsewhere"
        ),
    ],
)
def test_a_complaint_belongs_where_its_reporter_lives(
    wish: dict[str, Any], ground: dict[str, Any], refusal: type[DomainError] | None
) -> None:
    asked, known = Wish(ESTATE, **wish), replace(GROUND, **ground)
    if refusal is None:
        said = wish.get("building_id")
        belongs = Place("421202001", said, HOME, home_building_id=BUILDING)
        assert place(asked, known, at_home=True) == belongs
        return
    with pytest.raises(refusal):
        place(asked, known, at_home=True)


def test_the_hotline_may_report_for_anybody() -> None:
    """B03: no binding is asked for, but estate and house must exist."""
    stranger = replace(GROUND, homes={})
    assert place(Wish(ESTATE), stranger, at_home=False) == Place("421202001", None, None)
    with pytest.raises(HouseNotInEstate):
        place(Wish(ESTATE, house_id=OTHER), stranger, at_home=False)


def test_a_reporter_with_two_homes_is_not_guessed_at() -> None:
    """X11 counts households: better none than the wrong one."""
    two = replace(GROUND, homes={HOME: BUILDING, OTHER: BUILDING})
    assert place(Wish(ESTATE), two, at_home=True) == Place("421202001", None, None)


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        pytest.param(ASKED, None, id="T31-feedback"),
        pytest.param(replace(ASKED, state=CaseStatus.CLOSED), None, id="T33-closed"),
        pytest.param(replace(ASKED, until=NOW), None, id="CK-15-last-instant"),
        pytest.param(None, FeedbackNotGiven, id="no-case"),
        pytest.param(replace(ASKED, state=CaseStatus.HANDLING), FeedbackNotGiven, id="handling"),
        pytest.param(replace(ASKED, anonymous=True), AnonymousCannotRate, id="X15"),
        pytest.param(replace(ASKED, answered=True), AlreadyConfirmed, id="answered"),
        pytest.param(
            replace(ASKED, until=NOW - timedelta(seconds=1)), AnswerTooLate, id="CK-15-over"
        ),
    ],
)
def test_a_feedback_is_answered_once_and_in_time(
    asked: Asked | None, refusal: type[DomainError] | None
) -> None:
    if refusal is None:
        assert open_question(asked, NOW) == ASKED.feedback_at
        return
    with pytest.raises(refusal):
        open_question(asked, NOW)


@pytest.mark.parametrize(
    ("solved", "level", "bad"),
    [
        (Solved.YES, 5, False),
        (Solved.PARTLY, 3, False),
        (Solved.YES, 2, True),
        (Solved.NO, 5, True),
    ],
)
def test_a_bad_answer_asks_for_more_when_it_says_why(solved: Solved, level: int, bad: bool) -> None:
    """T32, X34: the limit is the rulebook's; without a reason an answer only counts."""
    assert BOOK.reopening.is_asked(solved, [level], "灯还是不亮") is bad
    assert not BOOK.reopening.is_asked(solved, [level], None)
    assert not BOOK.reopening.is_asked(solved, [level], "")


def test_midnight_belongs_to_the_day_it_ends() -> None:
    assert in_words(datetime(2026, 3, 10, 0, 0, tzinfo=BEIJING)) == "3月9日 24:00"
    assert in_words(datetime(2026, 3, 9, 2, 5, tzinfo=UTC)) == "3月9日 10:05"


def test_the_next_step_quotes_the_promises() -> None:
    """B04, B06: one hour, seven days."""
    step = next_step(BOOK, by_code=False)
    assert "1小时内派单" in step
    assert "7日内反馈" in step
