"""T10: dispatch by map, by a person's choice, and never to somebody with a stake."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from deploy.demo import world
from shared.contracts import routing as said
from shared.contracts.intake import ComplaintSubmitted
from shared.contracts.narrative import Narrative
from shared.contracts.vocabulary import Channel
from tests.routing.drama import (
    FEES,
    GARDEN,
    HOMESTEAD,
    ILLEGAL,
    NOISE,
    TRAPPED,
    Drama,
    Place,
    staff,
)

STREET = staff("zhongzhi.wenquan")
GUIYU = Place("桂语雅苑（演示）", "1")


async def test_a_small_matter_goes_to_the_grid_worker(drama: Drama) -> None:
    """B09, B20: building 4 of the garden belongs to grid 2; the company is told."""
    case_id = await drama.submit(NOISE, place=GARDEN)
    handler = (await drama.stage.said(said.CaseDispatched))[0].case.handler
    assert handler is not None
    assert handler.person_id == staff("wangge.wenquan2").id
    units = await drama.units(case_id)
    assert units["CO"] == [world.company("温馨物业服务有限公司（演示）").name]


async def test_a_medium_matter_goes_to_the_street_centre(drama: Drama) -> None:
    """B10, B19: 421281002 means the centre of 赤马港街道, with community and company beside it."""
    case_id = await drama.submit(FEES, place=HOMESTEAD)
    handler = (await drama.stage.said(said.CaseDispatched))[0].case.handler
    assert handler is not None
    assert handler.organisation_id == world.centre("421281002")
    assert len((await drama.units(case_id))["INFO"]) == 2


async def test_a_place_without_a_grid_goes_to_the_street_centre(drama: Drama) -> None:
    """A01: no rule, no grid; the street's queue, not a department's."""
    nowhere = {"estate_id": uuid4(), "building_id": None, "division": "421202001"}
    case_id = await drama.submit(NOISE, house_id=None, **nowhere)
    row = await drama.row(case_id)
    assert row["state"] == "DISPATCHED"
    handler = (await drama.stage.said(said.CaseDispatched))[0].case.handler
    assert handler is not None
    assert handler.organisation_id == world.centre("421202001")


async def test_the_grid_on_the_day_of_dispatch_counts(drama: Drama) -> None:
    """B20, X30: building 3 moves to another grid; open cases stay where they are."""
    moved = world.estate(GARDEN.estate).building("3").coverage[1].valid_from
    before = await drama.submit(NOISE, place=Place(building="3"))
    drama.move_to(f"{moved} 08:00")
    after = await drama.submit(NOISE, place=Place(building="3"))
    assert (await drama.row(before))["grid_code"] == "421202001901001"
    assert (await drama.row(after))["grid_code"] == "421202001901002"


@pytest.mark.parametrize("how", ["confidential", "anonymous"])
async def test_a_hidden_reporter_s_grid_is_found_without_telling_the_building(
    drama: Drama, how: str
) -> None:
    """X15, X16, B20: the sealed building leads to the grid and is told to nobody."""
    building = world.estate(GARDEN.estate).building("3")
    drama.move_to(f"{building.coverage[1].valid_from} 08:00")
    hidden: dict[str, Any] = {how: True, "building_id": None, "house_id": None}
    event = drama.submission(NOISE, **hidden)
    await drama.stage.hear(_sealed_building(drama, event, building.id))
    row = await drama.row(await drama.case_of(event.complaint.id))
    assert (row["grid_code"], row["building_id"]) == ("421202001901002", None)
    (created,) = await drama.stage.said(said.CaseCreated)
    assert str(building.id) not in created.model_dump_json()


async def test_nobody_gets_a_case_against_the_own_company(drama: Drama) -> None:
    """A13: the site manager is also the grid worker; the case goes to the grid leader."""
    await drama.submit(NOISE, place=GUIYU)
    handler = (await drama.stage.said(said.CaseDispatched))[0].case.handler
    assert handler is not None
    assert (handler.person_id, handler.end) == (staff("wanggezhang.wenquan").id, "GRID")


async def test_nobody_gets_a_case_of_the_own_house(drama: Drama) -> None:
    """A13: the worker of grid 1 lives in 401; from another flat the same worker is asked."""
    await drama.submit(NOISE, place=Place(building="1", room="401"))
    await drama.submit(NOISE, place=Place(building="1", room="402"))
    handlers = [each.case.handler for each in await drama.stage.said(said.CaseDispatched)]
    assert [handler.person_id for handler in handlers if handler] == [
        staff("wanggezhang.wenquan").id,
        staff("wangge.wenquan1").id,
    ]


async def test_a_dispatcher_cannot_name_somebody_with_a_stake(drama: Drama) -> None:
    """X20: refused, with the alternative proposed; somebody without a stake is taken."""
    case_id = await drama.submit(NOISE, place=GUIYU, channel=Channel.HOTLINE)
    person = {"person_id": str(staff("wuye.guiyu").id)}
    answer = await drama.send(STREET, f"/cases/{case_id}/dispatch", person)
    assert (answer.status_code, answer.json()["code"]) == (422, "CONFLICT_OF_INTEREST")
    assert answer.json()["alternative"]["person_id"] == str(staff("wanggezhang.wenquan").id)
    company = {"organisation_id": str(world.staff("wuye.guiyu").organisation_id)}
    assert (await drama.refused(STREET, case_id, "dispatch", company))[0] == 422
    other = {"person_id": str(staff("wangge.wenquan1").id)}
    done = await drama.act(STREET, case_id, "dispatch", other)
    assert done["handler"]["person_id"] == other["person_id"]


@pytest.mark.parametrize(
    ("words", "channel", "state"),
    [
        (NOISE, Channel.MINI_PROGRAM, "DISPATCHED"),
        (NOISE, Channel.HOTLINE, "TO_DISPATCH"),
        (ILLEGAL, Channel.MINI_PROGRAM, "TO_DISPATCH"),
        (TRAPPED, Channel.HOTLINE, "DISPATCHED"),
    ],
    ids=["small at once", "hotline waits", "major waits", "emergency at once (X31)"],
)
async def test_what_waits_for_a_dispatcher(
    drama: Drama, words: object, channel: Channel, state: str
) -> None:
    """T10: the rulebook names the channels and grades that a person confirms."""
    case_id = await drama.submit(words, channel=channel)
    assert (await drama.row(case_id))["state"] == state


async def test_an_hour_to_the_second(drama: Drama) -> None:
    """B04: accepted 09:00:00; dispatched 10:00:00 is on time, 10:00:01 is late and stays late."""
    on_time = await drama.submit(NOISE, channel=Channel.HOTLINE)
    late = await drama.submit(NOISE, channel=Channel.HOTLINE)
    drama.move_to("2026-03-02 10:00:00")
    await drama.stage.sweep()
    await drama.act(STREET, on_time, "dispatch", {})
    drama.move_to("2026-03-02 10:00:01")
    await drama.stage.sweep()
    await drama.act(STREET, late, "dispatch", {})
    assert (await drama.clock(on_time, "DISPATCH"))["breached_at"] is None
    assert (await drama.row(on_time))["overdue"] is False
    assert (await drama.clock(late, "DISPATCH"))["breached_at"] is not None
    assert (await drama.row(late))["overdue"] is True


async def test_who_may_dispatch(drama: Drama) -> None:
    """3.9: the centre everywhere, the leader small matters to the own community, others not."""
    leader = staff("wanggezhang.wenquan")
    case_id = await drama.submit(NOISE, channel=Channel.HOTLINE)
    assert (await drama.refused(staff("wangge.wenquan2"), case_id, "dispatch", {}))[0] == 403
    assert (await drama.refused(staff("wuye.wenquan"), case_id, "dispatch", {}))[0] == 403
    assert (await drama.refused(staff("shegong.shi"), case_id, "dispatch", {}))[0] == 403
    assert (await drama.refused(staff("zhongzhi.chibi"), case_id, "dispatch", {}))[0] == 404
    away = {"organisation_id": str(world.centre("421202001"))}
    refused = await drama.refused(leader, case_id, "dispatch", away)
    assert refused == (403, "BEYOND_YOUR_COMMUNITY")
    stranger = {"person_id": str(staff("wangge.fushan1").id)}
    refused = await drama.refused(leader, case_id, "dispatch", stranger)
    assert refused == (403, "BEYOND_YOUR_COMMUNITY"), "a grid worker, but of another community"
    colleague = {"person_id": str(staff("wangge.wenquan1").id)}
    await drama.act(leader, case_id, "dispatch", colleague)
    assert await drama.refused(STREET, case_id, "dispatch", {}) == (409, "ACTION_NOT_POSSIBLE")


async def test_the_company_at_the_time_of_the_facts(drama: Drama) -> None:
    """A03, X40: after the contract's end the old company reads its cases and gets no new ones."""
    old, new = staff("wuye.chimagang"), staff("wuye.jiayuan")
    before = await drama.submit(FEES, place=HOMESTEAD)
    drama.move_to("2026-04-01 08:00")
    after = await drama.submit(FEES, place=HOMESTEAD)
    assert (await drama.read(old, f"/cases/{before}")).status_code == 200
    assert (await drama.read(old, f"/cases/{after}")).status_code == 404
    assert (await drama.read(new, f"/cases/{before}")).status_code == 404
    assert (await drama.read(new, f"/cases/{after}")).status_code == 200


def _sealed_building(
    drama: Drama, event: ComplaintSubmitted, building_id: UUID
) -> ComplaintSubmitted:
    narrative = Narrative(title=NOISE.title, text=NOISE.text, building_id=building_id)
    sealed = drama.stage.host.runtime.sealer.seal(
        narrative.model_dump_json(), audience="routing", subject=str(event.complaint.id)
    )
    return event.model_copy(update={"narrative": sealed})
