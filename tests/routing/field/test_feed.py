"""The feed of changes: nothing is missed, whatever commits when."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import text

from shared.contracts.vocabulary import Channel
from shared.identity import Actor, Scope
from tests.routing.drama import NOISE, Drama, Place
from tests.routing.field.device import COMPANY, LEADER, OTHER_WORKER, STREET, WORKER, Device

TOUCH = text("UPDATE cases SET urged_count = urged_count + 1 WHERE id = :id")


class Follower:
    """A telephone that keeps what the feed told it, page by page."""

    def __init__(self, drama: Drama, actor: Actor = WORKER, limit: int = 2) -> None:
        self.drama, self.actor, self.limit = drama, actor, limit
        self.cursor: str | None = None
        self.cases: dict[str, int] = {}

    async def follow(self) -> list[str]:
        """Ids in the order in which they were told, until there are no more."""
        told: list[str] = []
        while True:
            query: dict[str, Any] = {"limit": self.limit}
            if self.cursor:
                query["cursor"] = self.cursor
            page = await self.drama.see(self.actor, "/field/changes", **query)
            if page["reset"]:
                self.cases.clear()
            for item in page["items"]:
                told.append(item["id"])
                self._take(item)
            self.cursor = page["cursor"]
            if not page["more"]:
                return told

    def _take(self, item: dict[str, Any]) -> None:
        if item["gone"]:
            assert item["case"] is None
            self.cases.pop(item["id"], None)
        else:
            self.cases[item["id"]] = item["version"]


async def test_what_changed_since_the_cursor(drama: Drama, device: Device) -> None:
    """A02: first every open case, then only changes, the oldest first."""
    cases = [str(await drama.submit(NOISE)) for _ in range(5)]
    follower = Follower(drama)
    assert await follower.follow() == cases
    assert await follower.follow() == []
    for case_id in (cases[3], cases[1]):
        await drama.act(WORKER, UUID(case_id), "signature")
    assert await follower.follow() == [cases[3], cases[1]]
    assert follower.cases == dict.fromkeys(cases, 3) | dict.fromkeys([cases[3], cases[1]], 4)


async def test_a_change_that_commits_late_is_not_missed(drama: Drama) -> None:
    """Two transactions interleaved: the one that began first commits last, after a reading."""
    early, late = [str(await drama.submit(NOISE)) for _ in range(2)]
    follower = Follower(drama)
    await follower.follow()
    database = drama.stage.host.runtime.database
    async with database.transaction() as slow:
        await slow.execute(TOUCH, {"id": early})
        async with database.transaction() as quick:
            await quick.execute(TOUCH, {"id": late})
        assert await follower.follow() == [], "told once nobody before it is still writing"
    assert await follower.follow() == [early, late]
    assert await follower.follow() == []


async def test_a_change_that_is_taken_back_is_not_told(drama: Drama) -> None:
    case_id = str(await drama.submit(NOISE))
    follower = Follower(drama)
    await follower.follow()
    database = drama.stage.host.runtime.database
    async with database.engine.connect() as connection:
        await connection.execute(TOUCH, {"id": case_id})
        await connection.rollback()
    assert await follower.follow() == []


async def test_every_way_to_change_a_case_is_noticed(drama: Drama, device: Device) -> None:
    """Admission in bulk, a command, the sweeper."""
    follower = Follower(drama)
    assert await follower.follow() == []
    case_id = str(await drama.submit(NOISE))
    assert await follower.follow() == [case_id]
    await device.send(device.sign(UUID(case_id)))
    assert await follower.follow() == [case_id]
    await drama.pass_time(hours=25)
    assert await follower.follow() == [case_id]
    assert follower.cases[case_id] == (await drama.row(UUID(case_id)))["version"]


async def test_a_case_that_went_to_somebody_else_is_gone(drama: Drama) -> None:
    """A worker helped out in another grid; the street takes the case over, then the county."""
    case_id = await drama.submit(NOISE, channel=Channel.HOTLINE)
    await drama.act(STREET, case_id, "grading", {"grade": "SMALL", "reason": "轻微噪音"})
    wish = {
        "organisation_id": str(OTHER_WORKER.organisation_id),
        "person_id": str(OTHER_WORKER.id),
    }
    await drama.act(STREET, case_id, "dispatch", wish)
    helper, stranger = Follower(drama, OTHER_WORKER), Follower(drama, LEADER)
    assert await helper.follow() == [str(case_id)]
    await stranger.follow()
    await drama.act(STREET, case_id, "grading", {"grade": "MEDIUM", "reason": "劝导无效"})
    await helper.follow()
    assert str(case_id) in helper.cases, "still informed"
    await drama.rows(
        "UPDATE assignment SET ended_at = now() WHERE case_id = :id AND person_id = :person"
        " RETURNING id",
        id=case_id,
        person=OTHER_WORKER.id,
    )
    await drama.act(STREET, case_id, "grading", {"grade": "MAJOR", "reason": "群体性"})
    assert await helper.follow() == [str(case_id)]
    assert helper.cases == {}
    await stranger.follow()
    assert str(case_id) in stranger.cases


async def test_of_another_grid_not_even_ids_are_told(drama: Drama) -> None:
    """A02: neither as a change nor as gone."""
    foreign = await drama.submit(NOISE, place=Place("温泉花园（演示）", "1", "101"))
    follower = Follower(drama)
    assert await follower.follow() == []
    await drama.act(OTHER_WORKER, foreign, "signature")
    assert await follower.follow() == []


async def test_another_scope_begins_anew(drama: Drama) -> None:
    """X30: the worker moved to grid 1; open cases stay with whoever has them."""
    held = await drama.submit(NOISE)
    other = await drama.submit(NOISE, place=Place("温泉花园（演示）", "1", "101"))
    follower = Follower(drama)
    await follower.follow()
    follower.actor = replace(WORKER, scope=Scope(grids=OTHER_WORKER.scope.grids))
    assert await follower.follow() == [str(held), str(other)]
    assert set(follower.cases) == {str(held), str(other)}
    page = await drama.see(follower.actor, "/field/changes", cursor=follower.cursor)
    assert page["reset"] is False


async def test_what_ended_before_is_not_told_and_what_ends_is(drama: Drama, device: Device) -> None:
    """A new telephone gets what is open; one that follows is told of the end."""
    case_id = await drama.submit(NOISE, anonymous=True)
    follower = Follower(drama)
    await follower.follow()
    await device.send(device.sign(case_id), device.result(case_id))
    await drama.act(LEADER, case_id, "review", {"decision": "APPROVE", "reply": "已处理"})
    await drama.pass_time(days=30)
    await drama.pass_time(days=30)
    assert (await drama.row(case_id))["state"] == "CLOSED"
    assert await follower.follow() == [str(case_id)]
    assert await Follower(drama).follow() == []


async def test_a_cursor_of_something_else_is_refused(drama: Drama) -> None:
    for cursor in ("x", "WzFd", "WyJhIiwgImIiLCAiYyIsICJkIl0="):
        answer = await drama.read(WORKER, "/field/changes", cursor=cursor)
        assert (answer.status_code, answer.json()["code"]) == (422, "CURSOR_INVALID")
    assert (await drama.read(COMPANY, "/field/changes")).status_code == 403
