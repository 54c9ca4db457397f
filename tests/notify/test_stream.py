"""The live stream: what is told at once, to whom, after a break, and when it ends."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from services.notify.changes.domain.cursor import Cursor
from services.notify.changes.reading import snapshot
from services.notify.stream.events import End as StreamEnd
from services.notify.stream.hub import Hub
from shared.identity import Actor, End, Role
from shared.ids import new_id
from tests.notify.live import live
from tests.notify.news import closed, dispatched, feedback, owner_known, submitted, suspended
from tests.notify.test_changes import WRITE
from tests.samples import (
    CASE,
    COMMUNITY,
    FIRE,
    FIRE_BRIGADE,
    NEIGHBOUR,
    OFFICER,
    OWNER,
    STRANGER,
    owner,
    staff,
)
from tests.stage import START, Stage

OFFICER_OF_FIRE = staff(OFFICER, End.DEPARTMENT, Role.DEPARTMENT_OFFICER, FIRE, ("421202",))
GRID = staff(STRANGER, End.GRID, Role.GRID_WORKER, COMMUNITY)


async def read_first(stage: Stage, actor: Actor) -> str:
    async with stage.client(actor) as client:
        newest = (await client.get("/inbox")).json()["items"][0]["id"]
        await client.post(f"/inbox/{newest}/reading")
    return str(newest)


async def test_a_message_its_reading_and_the_count_are_told(stage: Stage) -> None:
    """N06: an id, a title, the case; never what the message says, never a person."""
    await stage.hear(owner_known())
    async with live(stage) as town, town.at_rest(owner()) as window:
        await stage.hear(dispatched())
        message, count = await window.hear(2)
        assert (message.name, message.data["notification"]) == ("message", "N06")
        assert (message.data["case_id"], message.data["title"]) == (str(CASE), "诉求已派单")
        assert (count.name, count.data["total"]) == ("unread", 1)
        read = await read_first(stage, owner())
        reading, count = await window.hear(2)
    assert (reading.name, reading.data["id"]) == ("reading", read)
    assert (count.name, count.data["total"]) == ("unread", 0)
    assert set(message.data) == {
        *("id", "notification", "family", "title", "case_id", "created_at", "read_at")
    }
    assert window.answer.headers["content-type"].startswith("text/event-stream")


async def test_a_stream_tells_its_own_and_its_organisations(stage: Stage) -> None:
    async with live(stage) as town, AsyncExitStack() as stack:
        officer, neighbour, grid = [
            await stack.enter_async_context(town.at_rest(actor))
            for actor in (OFFICER_OF_FIRE, owner(NEIGHBOUR), GRID)
        ]
        await stage.hear(dispatched(handler=FIRE_BRIGADE))
        assert [each.data["notification"] for each in await officer.told()] == ["N04"]
        await town.hub.close()
        assert [each.name for each in await neighbour.rest()] == ["end"]
        assert [each.name for each in await grid.rest()] == ["end"]


async def test_a_stream_without_a_token_is_refused(stage: Stage) -> None:
    async with stage.client() as client:
        answer = await client.get("/stream")
    assert (answer.status_code, answer.json()["code"]) == (401, "TOKEN_MISSING")


async def test_it_is_taken_up_again_without_a_gap_or_a_repetition(stage: Stage) -> None:
    """Cut off after each event in turn, also in the middle of what came together."""
    async with live(stage) as town:
        async with town.at_rest(owner()) as window:
            await stage.hear(submitted(), dispatched(), feedback(), closed())
            everything = await window.told(4)
        told = [each.data["id"] for each in everything]
        assert len(set(told)) == 4
        for number, event in enumerate(everything, 1):
            async with town.window(owner(), last=event.id) as again:
                rest = await again.told(4 - number)
                assert [each.data["id"] for each in rest] == told[number:]
                await stage.hear(suspended())  # N12 once: later deliveries are the same event
                (newest,) = await again.told()
                assert newest.data["notification"] == "N12"
            await _forget(stage, newest.data["id"])


async def _forget(stage: Stage, message_id: str) -> None:
    async with stage.host.runtime.database.transaction() as session:
        await session.execute(text("DELETE FROM message WHERE id = :id"), {"id": UUID(message_id)})


async def test_whoever_commits_late_is_told_though_the_stream_was_cut_meanwhile(
    stage: Stage,
) -> None:
    """Reliability finding 5: the older message becomes visible after the newer one was seen."""
    database = stage.host.runtime.database
    async with live(stage) as town:
        async with database.transaction() as slow:
            late, early = new_id(), new_id()
            row = {"owner": OWNER, "at": START}
            await slow.execute(WRITE, row | {"id": late})
            async with town.at_rest(owner()) as window:
                async with database.transaction() as quick:
                    await quick.execute(WRITE, row | {"id": early})
                await town.hub.pump()
                (seen,) = await window.told()
        async with town.window(owner(), last=seen.id) as again:
            (missed,) = await again.told()
    assert (seen.data["id"], missed.data["id"]) == (str(early), str(late))


@pytest.mark.parametrize("last", ["nonsense", "OTAwMDAwMDAwMDo5MDAwMDAwMDAwOg=="])
async def test_an_id_that_leads_nowhere_says_to_read_anew(stage: Stage, last: str) -> None:
    async with live(stage) as town, town.window(owner(), last=last) as window:
        assert [each.name for each in await window.hear(2)] == ["resync", "unread"]
        await stage.hear(submitted())
        assert [each.data["notification"] for each in await window.told()] == ["N01"]


async def test_it_ends_with_the_token(stage: Stage) -> None:
    async with live(stage) as town, town.at_rest(owner()) as window:
        town.hub.look_round()
        stage.clock.move_to(stage.clock.now() + timedelta(minutes=15))
        town.hub.look_round()
        (last,) = await window.rest()
    assert (last.name, last.data) == ("end", {"reason": StreamEnd.TOKEN_EXPIRED})


async def test_it_ends_with_the_session_and_nobody_elses_does(stage: Stage) -> None:
    runtime = stage.host.runtime
    async with live(stage) as town, AsyncExitStack() as stack:
        mine = await stack.enter_async_context(town.at_rest(owner()))
        others = await stack.enter_async_context(town.at_rest(owner(NEIGHBOUR)))
        session_id = owner().session_id
        assert session_id is not None
        async with runtime.database.transaction() as session:
            await runtime.revocations.record(session, [session_id], at=stage.clock.now())
        town.hub.look_round()
        (last,) = await mine.rest()
        assert last.data == {"reason": StreamEnd.SESSION_REVOKED}
        await stage.hear(submitted(owner_id=NEIGHBOUR))
        assert [each.data["notification"] for each in await others.told()] == ["N01"]


async def test_a_server_that_stops_ends_its_streams_by_itself(stage: Stage) -> None:
    async with live(stage) as town, town.at_rest(owner()) as window:
        stage.host.drain()
        (last,) = await window.rest()
        assert last.data == {"reason": StreamEnd.SHUTTING_DOWN}
        async with town.window(owner()) as refused:
            assert refused.answer.status_code == 503


async def test_one_person_has_so_many_streams(stage: Stage) -> None:
    async with live(stage) as town, AsyncExitStack() as stack:
        for _ in range(5):
            await stack.enter_async_context(town.at_rest(owner()))
        async with town.window(owner()) as refused:
            code = (await refused.answer.aread()).decode()
            assert refused.answer.status_code == 429
            assert "TOO_MANY_STREAMS" in code
            assert "Retry-After" in refused.answer.headers
        async with town.at_rest(owner(NEIGHBOUR)):
            pass


async def test_a_closed_window_makes_room(stage: Stage) -> None:
    async with live(stage) as town:
        for _ in range(7):
            async with town.at_rest(owner()):
                pass
            async with asyncio.timeout(10):
                while len(town.hub) > 0:  # noqa: ASYNC110 — the server notices by itself
                    await asyncio.sleep(0.01)


async def test_no_stream_holds_a_connection_of_the_database(stage: Stage) -> None:
    """More streams than the pool has connections, and the pool is at rest."""
    pool = stage.host.runtime.database.engine.pool
    people = [owner(uuid4()) for _ in range(20)]
    async with live(stage) as town, AsyncExitStack() as stack:
        for person in people:
            await stack.enter_async_context(town.at_rest(person))
        async with asyncio.timeout(10):
            while pool.checkedout():  # type: ignore[attr-defined]  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        ears = await stage_ears(stage)
    assert ears == 1, "one ear for all"


async def stage_ears(stage: Stage) -> int:
    query = text("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"
                 " AND datname = current_database()")  # fmt: skip
    async with stage.host.runtime.database.transaction() as session:
        return int((await session.execute(query)).scalar_one())


async def test_a_slow_listener_is_told_to_read_anew(stage: Stage) -> None:
    """What waits for it is bounded; afterwards it goes on."""
    runtime = stage.host.runtime
    hub, waiting = runtime.part(Hub), []
    token = str(stage.client(owner()).headers["Authorization"]).removeprefix("Bearer ")
    async with hub.listening(owner(), token, None) as listener:
        for batch in (150, 100, 3):
            async with runtime.database.transaction() as session:
                for _ in range(batch):
                    row = {"id": new_id(), "owner": OWNER, "at": START}
                    await session.execute(WRITE, row)
            await hub.pump()
        listener.end(StreamEnd.SHUTTING_DOWN)
        async for event in listener.events():
            waiting.append(event.event)
    assert waiting == ["resync", "message", "message", "message", "end", "unread"]
    await hub.close()


async def test_what_a_stream_found_by_itself_the_hub_does_not_tell_again(stage: Stage) -> None:
    """The hub looked last before the message; the stream took it up when it was opened."""
    runtime, hub = stage.host.runtime, stage.host.runtime.part(Hub)
    token = str(stage.client(owner()).headers["Authorization"]).removeprefix("Bearer ")
    async with hub.listening(owner(NEIGHBOUR), token, None):
        async with runtime.database.transaction() as session:
            before = Cursor(await snapshot(session)).text
        async with runtime.database.transaction() as session:
            await session.execute(WRITE, {"id": new_id(), "owner": OWNER, "at": START})
        async with hub.listening(owner(), token, before) as listener:
            await hub.pump()
            listener.end(StreamEnd.SHUTTING_DOWN)
            heard = [event.event async for event in listener.events()]
    await hub.close()
    assert heard == ["message", "end", "unread"]
