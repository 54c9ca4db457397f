"""The dry run: how many past cases would change hands, from whom to whom, and by which rule."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from deploy.demo import world
from services.routing.dispatching.commands import try_out
from tests.routing.dispatching.desk import COUNTY, activated, drafted, row
from tests.routing.drama import FEES, HOMESTEAD, ILLEGAL, NOISE, Drama, staff

SINCE = "2026-03-01T00:00:00+08:00"
STREET = staff("zhongzhi.wenquan")


async def tried(drama: Drama, set_id: UUID, **body: Any) -> dict[str, Any]:
    answer = await drama.send(COUNTY, f"/dispatch-rules/{set_id}/trial", {"since": SINCE} | body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_how_many_change_hands(drama: Drama) -> None:
    """Two noises by day, one by night, a fee; the rule sends what comes by night to the county."""
    await drama.submit(NOISE)
    await drama.submit(NOISE)
    await drama.submit(FEES)
    drama.move_to("2026-03-02 23:00")
    night = await drama.submit(NOISE)
    await drama.submit(NOISE, place=HOMESTEAD)
    drama.move_to("2026-03-03 09:00")
    draft = await drafted(
        drama,
        row("夜间", lead="县级综治中心", times="22:00-06:00"),
        row("收费", lead="街道综治中心", categories="PF"),
        row("从不", lead="市级综治中心", channels="来访"),
    )
    found = await tried(drama, draft)
    assert (found["cases"], found["changed"], found["complete"]) == (4, 1, True)
    assert found["moves"] == [{"before": "COMMUNITY", "after": "COUNTY_CENTRE", "cases": 1}]
    assert [(each["name"], each["matched"], each["changed"]) for each in found["rules"]] == [
        ("夜间", 1, 1),
        ("收费", 1, 0),
        ("从不", 0, 0),
    ]
    assert found["samples"] == [(await drama.row(night))["number"]]
    assert (await drama.row(night))["version"] == 3, "nothing takes effect by a trial"


async def test_what_an_older_set_no_longer_decides(drama: Drama) -> None:
    """The draft stands in for the set of its own division; the city's rules stay beside it."""
    await activated(drama, row(lead="县级综治中心", categories="NS"))
    await drama.submit(NOISE)
    draft = await drafted(drama, row(lead="县级综治中心", categories="PF"))
    drama.move_to("2026-03-02 10:00")
    found = await tried(drama, draft)
    assert (found["changed"], found["changed_without_rule"]) == (1, 1)
    assert found["moves"] == [{"before": "COUNTY_CENTRE", "after": "COMMUNITY", "cases": 1}]


async def test_the_grade_at_the_first_dispatch_counts(drama: Drama) -> None:
    """A noise that was raised later is tried as the small matter that it was."""
    case_id = await drama.submit(NOISE)
    drama.move_to("2026-03-02 10:00")
    await drama.act(STREET, case_id, "grading", {"grade": "MEDIUM", "reason": "多户受影响"})
    draft = await drafted(drama, row(lead="县级综治中心", grades="小事"))
    drama.move_to("2026-03-02 11:00")
    assert (await tried(drama, draft))["changed"] == 1


async def test_what_was_never_dispatched_is_not_tried(drama: Drama) -> None:
    await drama.submit(ILLEGAL)
    drama.move_to("2026-03-02 10:00")
    assert (await tried(drama, await drafted(drama, row())))["cases"] == 0


async def test_the_day_of_validity_may_be_another(drama: Drama) -> None:
    """Rules that begin next month are tried as of that day."""
    await drama.submit(NOISE)
    drama.move_to("2026-03-02 10:00")
    draft = await drafted(drama, row(lead="县级综治中心", valid_from="2026-04-01"))
    assert (await tried(drama, draft))["changed"] == 0
    assert (await tried(drama, draft, day="2026-04-01"))["changed"] == 1


@pytest.mark.parametrize(
    "period",
    [
        {"since": "2026-03-02T10:00:01+08:00"},
        {"until": "2026-03-01T00:00:00+08:00"},
        {"since": "2025-01-01T00:00:00+08:00"},
    ],
)
async def test_periods(drama: Drama, period: dict[str, str]) -> None:
    """It begins before it ends, and looks back no longer than the rulebook says."""
    drama.move_to("2026-03-02 10:00")
    path = f"/dispatch-rules/{await drafted(drama, row())}/trial"
    answer = await drama.send(COUNTY, path, {"since": SINCE} | period)
    assert (answer.status_code, answer.json()["code"]) == (422, "TRIAL_PERIOD_INVALID")


async def test_many_cases_page_by_page_up_to_a_limit(
    drama: Drama, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The newest are looked at, and the answer says that there were more."""
    events = [drama.submission(NOISE) for _ in range(7)]
    await drama.stage.hear(*events)
    drama.move_to("2026-03-02 10:00")
    draft = await drafted(drama, row(lead="县级综治中心"))
    monkeypatch.setattr(try_out, "PAGE", 2)
    found = await tried(drama, draft)
    assert (found["cases"], found["changed"], found["complete"]) == (7, 7, True)
    for most, complete in ((7, True), (5, False)):
        _limit(drama, monkeypatch, most)
        found = await tried(drama, draft)
        assert (found["cases"], found["complete"]) == (most, complete)


async def test_only_the_own_division_is_tried(drama: Drama) -> None:
    """No number of another county is told."""
    await drama.submit(NOISE, place=HOMESTEAD)
    drama.move_to("2026-03-02 10:00")
    found = await tried(drama, await drafted(drama, row(lead="县级综治中心")))
    assert (found["cases"], found["samples"]) == (0, [])


async def test_a_trial_tells_nothing_personal(drama: Drama) -> None:
    case_id = await drama.submit(NOISE)
    drama.move_to("2026-03-02 10:00")
    draft = await drafted(drama, row(lead="县级综治中心"))
    answer = await drama.send(COUNTY, f"/dispatch-rules/{draft}/trial", {"since": SINCE})
    for secret in (str(case_id), str(world.owner("owner-1").id), NOISE.title):
        assert secret not in answer.text


def _limit(drama: Drama, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    book = drama.stage.host.runtime.rulebooks.in_force_at(drama.now)
    limited = book.dispatch.model_copy(update={"trial_cases_at_most": most})
    monkeypatch.setitem(book.__dict__, "dispatch", limited)
