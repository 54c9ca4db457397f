"""Many filings at once: one key takes effect once, and no filing spoils another (T01)."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import asyncpg
import httpx

from deploy.demo import world
from services.intake.app import service
from services.intake.complaints.filing import FilingDesk
from shared.contracts.intake import ComplaintSubmitted
from shared.hosting import mounted
from shared.ids import new_id
from tests.intake.people import ANNA, BORIS, GARDEN, complaint, lives_in, once, owner
from tests.stage import ORIGIN, Stage, staged
from tests.waiting import until


def numbers(answers: list[httpx.Response]) -> list[str]:
    return sorted(answer.json()["number"] for answer in answers)


async def test_fifty_at_once_with_one_key_make_one_complaint(stage: Stage) -> None:
    """Everybody gets the first answer; all but one are told that it is a replay."""
    header = once()
    async with stage.client(owner(ANNA)) as anna:
        answers = await asyncio.gather(
            *(anna.post("/complaints", json=complaint(), headers=header) for _ in range(50))
        )
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    replays = Counter(answer.headers.get("idempotent-replayed") for answer in answers)
    assert replays == {None: 1, "true": 49}
    for table in ("complaint", "complaint_timeline"):
        assert await stage.count(table) == 1
    assert len(await stage.said(ComplaintSubmitted)) == 1


async def test_a_key_is_for_one_body(stage: Stage) -> None:
    header = once()
    async with stage.client(owner(ANNA)) as anna:
        first = await anna.post("/complaints", json=complaint(), headers=header)
        other = await anna.post("/complaints", json=complaint(title="别的事"), headers=header)
        spaced = await anna.post(
            "/complaints",
            content=first.request.content.replace(b'":"', b'" : "'),
            headers=header | {"Content-Type": "application/json"},
        )
    assert (other.status_code, other.json()["code"]) == (422, "IDEMPOTENCY_KEY_REUSED")
    assert spaced.content == first.content, "how the JSON is written does not matter"
    assert await stage.count("complaint") == 1


async def test_a_key_belongs_to_its_actor_and_its_endpoint(stage: Stage) -> None:
    header = once()
    house = str(ANNA.homes[0].building.houses[5].id)
    binding = {"house_id": house, "relation": "OWNER"}
    async with stage.client(owner(ANNA)) as anna, stage.client(owner(BORIS)) as boris:
        assert (await anna.post("/bindings", json=binding, headers=header)).status_code == 201
        crossed = await anna.post("/complaints", json=complaint(), headers=header)
        others = await boris.post("/complaints", json=complaint(), headers=header)
        back = await boris.post("/bindings", json=binding, headers=header)
    assert (crossed.status_code, crossed.json()["code"]) == (422, "IDEMPOTENCY_KEY_REUSED")
    assert others.status_code == 201
    assert (back.status_code, back.json()["code"]) == (422, "IDEMPOTENCY_KEY_REUSED")


async def test_a_replay_is_answered_after_the_home_is_gone(stage: Stage) -> None:
    """The first answer counts, whatever changed since."""
    header = once()
    async with stage.client(owner(ANNA)) as anna:
        first = await anna.post("/complaints", json=complaint(), headers=header)
        await run(stage, f"DELETE FROM house_binding WHERE owner_id = '{ANNA.id}'")
        replay = await anna.post("/complaints", json=complaint(), headers=header)
        fresh = await anna.post("/complaints", json=complaint(), headers=once())
    assert (replay.status_code, replay.content) == (201, first.content)
    assert fresh.json()["code"] == "HOUSE_BINDING_REQUIRED"


async def test_a_batch_gives_out_every_number_once(stage: Stage) -> None:
    """By five neighbours: one account may file twenty a day."""
    neighbours = [person for person in world.OWNERS if lives_in(person, GARDEN)][:5]
    async with AsyncExitStack() as stack:
        clients = [
            await stack.enter_async_context(stage.client(owner(person))) for person in neighbours
        ]
        answers = await asyncio.gather(
            *(each.post("/complaints", json=complaint(), headers=once()) for each in clients * 20)
        )
    assert numbers(answers) == [f"SQ421202-20260302-{n:05d}" for n in range(1, 101)]


async def test_two_processes_share_keys_and_numbers(stage: Stage) -> None:
    """The same ten keys through two desks at once: ten complaints, the same answers."""
    headers = [once() for _ in range(10)]
    async with (
        staged(service, stage.host.runtime.settings.database_url) as second,
        stage.client(owner(ANNA)) as anna,
        second.client(owner(ANNA)) as again,
    ):
        here = [anna.post("/complaints", json=complaint(), headers=each) for each in headers]
        there = [again.post("/complaints", json=complaint(), headers=each) for each in headers]
        answers = await asyncio.gather(*here, *there)
    assert [answer.content for answer in answers[:10]] == [a.content for a in answers[10:]]
    assert len({answer.content for answer in answers}) == 10
    assert numbers(answers[:10]) == [f"SQ421202-20260302-{n:05d}" for n in range(1, 11)]
    assert await stage.count("complaint") == 10


async def test_a_refused_filing_leaves_its_neighbours_alone(stage: Stage) -> None:
    """Every other one is about an unknown estate."""
    bodies = [complaint(), complaint(estate_id=str(new_id()))] * 10
    async with stage.client(owner(ANNA)) as anna:
        answers = await asyncio.gather(
            *(anna.post("/complaints", json=body, headers=once()) for body in bodies)
        )
    assert [answer.status_code for answer in answers] == [201, 422] * 10
    assert await stage.count("complaint") == 10
    assert await stage.count("idempotency_key") == 10


async def test_a_filing_the_database_refuses_fails_alone(stage: Stage) -> None:
    """The batch is taken apart: nine are stored, the tenth leaves nothing behind."""
    await run(stage, POISON)
    bodies = [complaint(title="毒" if n == 4 else "好") for n in range(10)]
    keys = [once() for _ in bodies]
    async with tolerant_client(stage) as anna:
        answers = await asyncio.gather(
            *(
                anna.post("/complaints", json=body, headers=key)
                for body, key in zip(bodies, keys, strict=True)
            )
        )
        assert [answer.status_code for answer in answers] == [201] * 4 + [500] + [201] * 5
        assert answers[4].json()["code"] == "INTERNAL_FAILURE"
        assert await stage.count("complaint") == await stage.count("idempotency_key") == 9

        await run(stage, "DROP TRIGGER poison ON complaint")
        later = await anna.post("/complaints", json=bodies[4], headers=keys[4])
    good = [answer for answer in (*answers, later) if answer.status_code == 201]
    assert numbers(good) == [f"SQ421202-20260302-{n:05d}" for n in range(1, 11)]


async def test_an_outcome_nobody_knows_is_settled_by_asking_again(stage: Stage) -> None:
    """The database goes away mid-batch: 503 for all, and the same key is safe to send again."""
    headers = [once(), once()]
    async with stage.client(owner(ANNA)) as anna:
        async with numbers_locked(stage):
            posts = [anna.post("/complaints", json=complaint(), headers=each) for each in headers]
            waiting = [asyncio.create_task(post) for post in posts]
            await until(lambda: someone_waits(stage))
            await run(stage, f"SELECT pg_terminate_backend(pid) {WAITING}")
            answers = await asyncio.gather(*waiting)
        again = [await anna.post("/complaints", json=complaint(), headers=h) for h in headers]
    told = {(answer.status_code, answer.json()["code"]) for answer in answers}
    assert told == {(503, "OUTCOME_UNKNOWN")}
    assert answers[0].headers["retry-after"]
    assert [answer.status_code for answer in again] == [201, 201]
    assert await stage.count("complaint") == 2


async def test_a_reporter_who_hangs_up_changes_nothing_for_others(stage: Stage) -> None:
    header = once()
    async with stage.client(owner(ANNA)) as anna:
        async with numbers_locked(stage):
            posts = [
                anna.post("/complaints", json=complaint(), headers=h) for h in (header, once())
            ]
            gone, stays = (asyncio.create_task(post) for post in posts)
            await until(lambda: someone_waits(stage))
            gone.cancel()
        assert (await stays).status_code == 201
        replay = await anna.post("/complaints", json=complaint(), headers=header)
    assert replay.headers["idempotent-replayed"] == "true", "it was stored all the same"
    assert await stage.count("complaint") == 2


async def test_a_closed_desk_takes_nothing(stage: Stage) -> None:
    await stage.host.runtime.part(FilingDesk).close()
    async with stage.client(owner(ANNA)) as anna:
        refused = await anna.post("/complaints", json=complaint(), headers=once())
    assert (refused.status_code, refused.json()["code"]) == (503, "UNAVAILABLE")


POISON = """
    CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'poisoned'; END $$;
    CREATE TRIGGER poison BEFORE INSERT ON complaint
    FOR EACH ROW WHEN (NEW.title = '毒') EXECUTE FUNCTION poison()
"""
WAITING = """
    FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


@asynccontextmanager
async def numbers_locked(stage: Stage) -> AsyncIterator[None]:
    """No batch gets past its numbers meanwhile."""
    blocker = await asyncpg.connect(stage.host.runtime.settings.database_url)
    try:
        await blocker.execute("BEGIN; LOCK TABLE complaint_number IN EXCLUSIVE MODE")
        yield
    finally:
        await blocker.close()


async def someone_waits(stage: Stage) -> bool:
    pool = await stage.host.runtime.database.pool()
    return bool(await pool.fetchval(f"SELECT count(*) {WAITING}"))


async def run(stage: Stage, statements: str) -> None:
    pool = await stage.host.runtime.database.pool()
    await pool.execute(statements)


def tolerant_client(stage: Stage) -> httpx.AsyncClient:
    """A browser that sees a 500 as an answer, as over a real connection."""
    transport = httpx.ASGITransport(app=mounted(stage.host), raise_app_exceptions=False)
    with_token = stage.client(owner(ANNA))
    return httpx.AsyncClient(
        transport=transport, base_url=f"{ORIGIN}/intake", headers=with_token.headers
    )
