"""The first rule that fits decides: condition by condition, and whatever else stands below it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.routing.dispatching.domain.comparing import changes_between
from services.routing.dispatching.domain.lifecycle import (
    RuleSetNotSo,
    SetAction,
    SetState,
    advance,
)
from services.routing.dispatching.domain.rules import (
    Conditions,
    Facts,
    Rule,
    Source,
    first_match,
)
from services.routing.dispatching.domain.targets import Desk, Target
from services.routing.dispatching.domain.windows import Window
from shared.clock import BEIJING
from tests.routing.drama import at

ESTATE = UUID(int=1)
FACTS = Facts(
    place_code="421202001901002",
    estate_id=ESTATE,
    category="NS01",
    grade="SMALL",
    channel="HOTLINE",
    at=at("2026-03-06 23:30"),  # a Friday
)
NIGHT = Window(start=time(22), end=time(6))
CENTRE = Target(Desk.STREET_CENTRE)


def rule(position: int = 1, **asked: Any) -> Rule:
    return Rule(position, f"规则{position}", CENTRE, "理由", conditions=Conditions(**asked))


@pytest.mark.parametrize(
    ("asked", "fits"),
    [
        ({}, True),
        ({"divisions": ("421202001",)}, True),
        ({"divisions": ("421202001901002",)}, True),
        ({"divisions": ("421281", "421202")}, True),
        ({"divisions": ("421202002",)}, False),
        ({"estates": frozenset({ESTATE})}, True),
        ({"estates": frozenset({UUID(int=2)})}, False),
        ({"categories": ("NS01",)}, True),
        ({"categories": ("NS",)}, True),
        ({"categories": ("NS02", "PF")}, False),
        ({"grades": frozenset({"SMALL", "MEDIUM"})}, True),
        ({"grades": frozenset({"MAJOR"})}, False),
        ({"channels": frozenset({"HOTLINE"})}, True),
        ({"channels": frozenset({"WALK_IN"})}, False),
        ({"window": NIGHT}, True),
        ({"window": Window(start=time(8), end=time(18))}, False),
        ({"window": Window(frozenset({5}))}, True),
        ({"window": Window(frozenset({6, 7}))}, False),
        ({"valid_from": date(2026, 3, 6)}, True),
        ({"valid_from": date(2026, 3, 7)}, False),
        ({"valid_to": date(2026, 3, 6)}, True),
        ({"valid_to": date(2026, 3, 5)}, False),
        ({"categories": ("NS",), "grades": frozenset({"MAJOR"})}, False),
    ],
)
def test_each_condition(asked: dict[str, Any], fits: bool) -> None:
    """By division, estate, category, grade, channel and time; all that are asked must fit."""
    found = first_match([rule(**asked)], FACTS)
    assert (found is not None) is fits


@pytest.mark.parametrize(
    ("moment", "inside"),
    [
        ("2026-03-06 21:59", False),
        ("2026-03-06 22:00", True),
        ("2026-03-07 00:00", True),
        ("2026-03-07 05:59", True),
        ("2026-03-07 06:00", False),
        ("2026-03-06 05:00", False),
        ("2026-03-07 22:00", False),
    ],
)
def test_a_window_over_midnight_belongs_to_the_day_it_begins(moment: str, inside: bool) -> None:
    """Friday night ends on Saturday morning; Friday morning is still Thursday's night."""
    assert Window(frozenset({5}), time(22), time(6)).covers(at(moment)) is inside


TIMES = st.times().map(lambda each: each.replace(tzinfo=None))
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)).map(  # noqa: DTZ001
    lambda moment: moment.replace(tzinfo=BEIJING)
)


@given(TIMES, TIMES, MOMENTS)
def test_a_window_and_the_rest_of_the_day_share_every_moment(
    start: time, end: time, moment: datetime
) -> None:
    """Any window and its counterpart: exactly one of the two covers a moment, night or day."""
    if start == end:
        return
    inside, outside = Window(start=start, end=end), Window(start=end, end=start)
    assert inside.covers(moment) != outside.covers(moment)


@given(st.sets(st.integers(1, 7), min_size=1), TIMES, TIMES, MOMENTS)
def test_what_a_window_covers_goes_back_to_one_of_its_days(
    days: set[int], start: time, end: time, moment: datetime
) -> None:
    if start == end or not Window(frozenset(days), start, end).covers(moment):
        return
    over_midnight = start > end and moment.time() < end
    began = moment - timedelta(days=1) if over_midnight else moment
    assert began.isoweekday() in days


CONDITIONS = st.builds(
    Conditions,
    divisions=st.lists(st.sampled_from(["421202", "421281", "421202001"]), max_size=2).map(tuple),
    categories=st.lists(st.sampled_from(["NS", "NS01", "PF01"]), max_size=2).map(tuple),
    grades=st.frozensets(st.sampled_from(["SMALL", "MEDIUM"]), max_size=1),
    window=st.sampled_from([Window(), NIGHT, Window(frozenset({1, 2}))]),
)
RULES = st.lists(CONDITIONS, max_size=6).map(
    lambda every: [Rule(n, f"r{n}", CENTRE, "x", (), each) for n, each in enumerate(every, 1)]
)
FACT = st.builds(
    replace,
    st.just(FACTS),
    category=st.sampled_from(["NS01", "PF01"]),
    grade=st.sampled_from(["SMALL", "MEDIUM", "MAJOR"]),
    at=MOMENTS,
)


@given(RULES, FACT)
def test_the_first_that_fits_decides(rules: list[Rule], facts: Facts) -> None:
    """T10: none before it fits, and its reason is kept with its place."""
    fitting = [rule for rule in rules if rule.conditions.fit(facts)]
    found = first_match(rules, facts)
    assert (found.rule if found else None) == (fitting[0] if fitting else None)
    if found is not None:
        assert found.chosen_by.endswith(f":{fitting[0].position}")


@given(RULES, CONDITIONS, FACT)
def test_a_rule_below_changes_no_earlier_match(
    rules: list[Rule], added: Conditions, facts: Facts
) -> None:
    below = Rule(len(rules) + 1, "below", CENTRE, "x", (), added)
    before, after = first_match(rules, facts), first_match([*rules, below], facts)
    assert after == before or (before is None and after is not None and after.rule is below)


def test_the_reason_names_set_rule_and_words() -> None:
    source = Source(uuid4(), "421202", 3)
    found = first_match([replace(rule(), source=source)], FACTS)
    assert found is not None
    assert found.reason == "派单规则421202第3版第1条“规则1”：理由"
    assert found.chosen_by == f"rule:{source.set_id}:1"


def test_two_sets_differ_by_name() -> None:
    """New, gone, changed and moved rules; what is equal is not told."""
    first, second, third = rule(1), rule(2), rule(3)
    changed = replace(second, lead=Target(Desk.COUNTY_CENTRE), position=1)
    new = replace(third, name="新规则", position=2)
    found = changes_between([first, second, third], [changed, new, third])
    told = [(each.name, bool(each.before), bool(each.after), each.fields) for each in found]
    assert told == [
        ("规则2", True, True, ("position", "lead")),
        ("新规则", False, True, ()),
        ("规则1", True, False, ()),
    ]


@pytest.mark.parametrize(
    ("state", "action", "then"),
    [
        (SetState.DRAFT, SetAction.ACTIVATE, SetState.ACTIVE),
        (SetState.DRAFT, SetAction.RETIRE, SetState.RETIRED),
        (SetState.ACTIVE, SetAction.RETIRE, SetState.RETIRED),
        (SetState.ACTIVE, SetAction.ACTIVATE, None),
        (SetState.RETIRED, SetAction.ACTIVATE, None),
        (SetState.RETIRED, SetAction.RETIRE, None),
    ],
)
def test_the_life_of_a_set(state: SetState, action: SetAction, then: SetState | None) -> None:
    if then is not None:
        assert advance(state, action) is then
        return
    with pytest.raises(RuleSetNotSo):
        advance(state, action)
