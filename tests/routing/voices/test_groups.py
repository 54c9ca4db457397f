"""U26, X11: five households are an alert, ten a major matter; representatives speak for all."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from services.routing.voices.domain.groups import Member, Weight, households_of, leading, weigh
from shared.contracts import routing as said
from shared.rulebook import Rulebook
from tests.routing.drama import Drama, at, staff
from tests.routing.voices.choir import (
    DISPATCHER,
    LIFT,
    LIFT_AGAIN,
    about_income,
    complain,
    house,
)
from tests.rulebook import COMMITTED

GROUPS = Rulebook.load(COMMITTED).groups
WHY = {"reason": "同一笔公共收益"}


@pytest.mark.parametrize(
    ("households", "weight"),
    [(4, Weight.ORDINARY), (5, Weight.GROUP), (9, Weight.GROUP), (10, Weight.MAJOR)],
)
def test_five_are_a_group_and_ten_a_major_matter(households: int, weight: Weight) -> None:
    """U26."""
    assert weigh(households, GROUPS) is weight


def test_the_alerted_case_leads_else_the_oldest_open_one() -> None:
    """X11: one case stands for the group, and stays it."""
    old, alerted = _member("2026-03-02"), _member("2026-03-03", group_incident=True)
    closed = _member("2026-03-01", active=False)
    assert leading([closed, old]) is old
    assert leading([closed, old, alerted]) is alerted
    assert leading([closed]) is None
    assert len(households_of([closed, old, old])) == 2


async def test_w5_ten_households_and_their_common_income(drama: Drama) -> None:
    """W5, X11: 03-02 to 03-07, alert on the 5th, the 10th → MAJOR, joint opened, 1 case."""
    first = await drama.case_of(await complain(drama, 1, about_income(1)))
    for number in range(2, 11):
        drama.move_to(f"2026-03-{2 + number // 2:02d} {9 + number}:00")
        await drama.stage.sweep()
        own = await drama.case_of(await complain(drama, number, about_income(number)))
        alerts = await drama.stage.said(said.GroupAlerted)
        assert len(alerts) == (0 if number < 5 else 1 if number < 10 else 2)
        await drama.act(DISPATCHER, own, "merge", {"into": str(first), **WHY})
    assert drama.now == at("2026-03-07 19:00")
    alert, major = await drama.stage.said(said.GroupAlerted)
    assert (alert.households, alert.major, alert.case.id) == (5, False, first)
    assert (major.households, major.major, major.case.id) == (10, True, first)
    row = await drama.row(first)
    assert (row["grade"], row["state"], row["group_incident"]) == ("MAJOR", "JOINT", True)
    open_cases = await drama.rows("SELECT id FROM cases WHERE state <> 'CANCELLED'")
    assert [each["id"] for each in open_cases] == [first]
    assert await drama.stage.count("case_complaint", f"case_id = '{first}'") == 10
    reasons = [each["reason"] for each in (await _gradings(drama, first)) if each["reason"]]
    assert reasons == ["7日内10户反映同一问题，系统自动升级为大事"]
    assert (await drama.clock(first, "MAJOR_CONVENE"))["due_at"] == at("2026-03-08 19:00")
    assert (await drama.clock(first, "FEEDBACK"))["due_at"] == at("2026-03-10 00:00")


async def test_unmerged_cases_of_one_group_are_counted_together(drama: Drama) -> None:
    """X11: the tenth household at day 6 raises the oldest case, whether merged or not."""
    for number in range(1, 11):
        await complain(drama, number, about_income(number))
        if number == 1:
            drama.move_to("2026-03-02 12:00")
            await drama.stage.sweep()
        if number == 9:
            drama.move_to("2026-03-08 08:00")
    majors = await drama.rows("SELECT id FROM cases WHERE grade = 'MAJOR'")
    (oldest, *_) = await drama.rows("SELECT id FROM cases ORDER BY accepted_at, id")
    assert majors == [oldest]
    assert (await drama.row(oldest["id"]))["state"] == "JOINT"


async def test_ten_complaints_of_one_household_are_no_group(drama: Drama) -> None:
    """X11."""
    for number in range(1, 11):
        await complain(drama, 1, about_income(number), house_id=house(1))
    assert await drama.stage.said(said.GroupAlerted) == []
    assert await drama.stage.count("cases", "grade = 'MAJOR'") == 0


async def test_a_week_later_counting_begins_anew(drama: Drama) -> None:
    """U26: within seven days, of one category."""
    for number in range(1, 5):
        await complain(drama, number, about_income(number))
    await complain(drama, 6, LIFT)
    drama.move_to("2026-03-09 09:01")
    await complain(drama, 5, about_income(5))
    assert await drama.stage.said(said.GroupAlerted) == []


async def test_a_batch_of_ten_is_alerted_once(drama: Drama) -> None:
    """X11: whatever arrives together is counted together."""
    batch = [
        drama.submission(about_income(number), house_id=house(number), reporter=None)
        for number in range(1, 11)
    ]
    await drama.stage.hear(*batch)
    (alert,) = await drama.stage.said(said.GroupAlerted)
    assert (alert.households, alert.case.grade) == (10, "MAJOR")


async def test_up_to_five_speak_for_the_group(drama: Drama) -> None:
    """X11: named from the reporters, by street or centre, and named anew."""
    complaints = [await complain(drama, number, about_income(number)) for number in range(1, 7)]
    target, *others = [await drama.case_of(each) for each in complaints]
    for other in others:
        await drama.act(DISPATCHER, other, "merge", {"into": str(target), **WHY})
    names = [str(each) for each in complaints]
    six = {"complaint_ids": names}
    assert await drama.refused(DISPATCHER, target, "representatives", six) == (
        422,
        "TOO_MANY_REPRESENTATIVES",
    )
    stranger = {"complaint_ids": [str(uuid4())]}
    assert await drama.refused(DISPATCHER, target, "representatives", stranger) == (
        422,
        "NOT_A_REPORTER",
    )
    worker = staff("wangge.wenquan2")
    five = {"complaint_ids": names[:5]}
    assert (await drama.refused(worker, target, "representatives", five))[0] == 403
    answer = await drama.act(DISPATCHER, target, "representatives", five)
    assert len(answer["items"]) == 5
    await drama.act(DISPATCHER, target, "representatives", {"complaint_ids": names[4:6]})
    seen = await drama.see(worker, f"/cases/{target}/representatives")
    assert sorted(each["complaint_id"] for each in seen["items"]) == sorted(names[4:6])
    counts = [each.count for each in await drama.stage.said(said.RepresentativesNamed)]
    assert counts == [5, 2]


async def test_who_is_no_group_names_nobody(drama: Drama) -> None:
    """X11."""
    complaint = await complain(drama, 1, LIFT_AGAIN)
    body = {"complaint_ids": [str(complaint)]}
    case_id = await drama.case_of(complaint)
    assert await drama.refused(DISPATCHER, case_id, "representatives", body) == (409, "NOT_A_GROUP")


async def _gradings(drama: Drama, case_id: UUID) -> list[dict[str, str]]:
    seen = await drama.see(DISPATCHER, f"/cases/{case_id}")
    gradings: list[dict[str, str]] = seen["gradings"]
    return gradings


def _member(day: str, *, active: bool = True, group_incident: bool = False) -> Member:
    moment = at(f"{day} 09:00")
    return Member(uuid4(), moment, active, group_incident, frozenset({uuid4()}))
