"""Who is told that complaints were merged, and that many households have one problem."""

from __future__ import annotations

import pytest

from shared.contracts.directory import StaffChanged
from shared.identity import End, Role
from tests.notify.news import dispatched, feedback, grouped, joined, staff_known, submitted
from tests.notify.test_messages import codes, inbox
from tests.samples import NEIGHBOUR, OWNER, a_case, named, owner, staff
from tests.stage import Stage

NEIGHBOURS = named("neighbour's complaint")
GRID_CODE = "421202001001001"
PEOPLE = {
    "leader": (End.GRID, "GRID_LEADER", ("421202001001",)),
    "other leader": (End.GRID, "GRID_LEADER", ("421202001002",)),
    "street": (End.CENTRE, "STREET_OFFICER", ("421202001",)),
    "dispatcher": (End.CENTRE, "DISPATCHER", ("421202001",)),
    "county": (End.CENTRE, "DISPATCHER", ("421202",)),
    "elsewhere": (End.CENTRE, "DISPATCHER", ("421281",)),
}


def seat(name: str) -> StaffChanged:
    end, role, divisions = PEOPLE[name]
    office = named(f"{name} office")
    return staff_known(named(name), name, office, end=end, roles=(role,), divisions=divisions)


async def told(stage: Stage, name: str) -> list[str]:
    end, role, _ = PEOPLE[name]
    return await codes(stage, staff(named(name), end, Role(role), named(f"{name} office")))


async def test_who_joins_a_case_is_told_its_number(stage: Stage) -> None:
    """T07: joined to case no.; who was there before hears nothing of it."""
    await stage.hear(submitted(), submitted(id=NEIGHBOURS, owner_id=NEIGHBOUR))
    await stage.hear(joined(NEIGHBOURS))
    entry = next(each for each in await inbox(stage, owner(NEIGHBOUR)) if "并案" in each["title"])
    assert (entry["notification"], a_case().number in entry["body"]) == ("N01", True)
    assert "并案" not in "".join(each["title"] for each in await inbox(stage, owner()))


async def test_a_joined_complaint_that_is_not_known_yet_is_waited_for(stage: Stage) -> None:
    """X37: nobody is forgotten."""
    early = await stage.hear_early(joined(NEIGHBOURS))
    await stage.hear(submitted(id=NEIGHBOURS, owner_id=NEIGHBOUR))
    await stage.host.consumer.receive([early])
    assert await codes(stage, owner(NEIGHBOUR)) == ["N01", "N01"]


async def test_every_merged_reporter_gets_the_feedback(stage: Stage) -> None:
    """X09, N11: two households, two messages, one case."""
    await stage.hear(submitted(), submitted(id=NEIGHBOURS, owner_id=NEIGHBOUR))
    both = {"complaint_ids": (a_case().complaint_ids[0], NEIGHBOURS)}
    await stage.hear(feedback(owner_ids=(OWNER, NEIGHBOUR), **both))
    for person in (OWNER, NEIGHBOUR):
        assert (await codes(stage, owner(person))).count("N11") == 1


@pytest.mark.parametrize("grid_code", [GRID_CODE, None])
async def test_a_group_alert_reaches_the_desks_of_the_place(
    stage: Stage, grid_code: str | None
) -> None:
    """N18, X11: grid leader, street and dispatcher; the nearest, and nobody elsewhere."""
    await stage.hear(*(seat(name) for name in PEOPLE))
    await stage.hear(grouped(grid_code=grid_code))
    assert await told(stage, "street") == await told(stage, "dispatcher") == ["N18"]
    assert await told(stage, "leader") == (["N18"] if grid_code else [])
    for name in ("other leader", "county", "elsewhere"):
        assert await told(stage, name) == []


async def test_the_alert_says_where_what_and_how_many(stage: Stage) -> None:
    """N18: estate, category, households; no owner is told."""
    await stage.hear(seat("dispatcher"), submitted())
    await stage.hear(grouped(7))
    dispatcher = staff(named("dispatcher"), End.CENTRE, Role.DISPATCHER, named("dispatcher office"))
    (entry,) = await inbox(stage, dispatcher)
    for word in ("演示·桂花园", "轻微噪音", "7户"):
        assert word in entry["body"]
    assert "N18" not in await codes(stage, owner())


async def test_without_a_dispatcher_of_the_street_the_county_is_told(stage: Stage) -> None:
    """N18: somebody is always there."""
    await stage.hear(seat("county"), seat("elsewhere"))
    await stage.hear(dispatched(), grouped())
    assert await told(stage, "county") == ["N18"]
    assert await told(stage, "elsewhere") == []
