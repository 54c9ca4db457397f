"""Refresh tokens: rotation, reuse, lost answers, sign-out (P19, T22; RFC 9700 section 4.14)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import MetaData, text

from shared.clock import SimulatedClock
from shared.database import Database
from shared.identity import (
    Grant,
    RefreshSessions,
    Refusal,
    Revocations,
    SessionRevoked,
    TokenExpired,
    TokenInvalid,
    add_tables,
    purge_sessions,
)
from tests.servers import Databases

METADATA = MetaData()
add_tables(METADATA)
NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PHONE, THIEF = "installation of the owner", "installation of a thief"


class World:
    """One database, the sessions in it, and a clock at nine."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = SimulatedClock(NINE)
        self.revocations = Revocations(self.clock)
        self.sessions = RefreshSessions(
            self.revocations, idle=timedelta(days=7), absolute=timedelta(days=30)
        )

    async def open(self, subject_id: UUID | None = None) -> Grant:
        async with self.database.transaction() as session:
            return await self.sessions.open(
                session, subject_id=subject_id or uuid4(), client=PHONE, at=self.clock.now()
            )

    async def present(self, token: str, client: str = PHONE) -> Grant | Refusal:
        async with self.database.transaction() as session:
            return await self.sessions.rotate(session, token, client=client, at=self.clock.now())

    async def refresh(self, grant: Grant) -> Grant:
        outcome = await self.present(grant.refresh_token)
        assert isinstance(outcome, Grant)
        return outcome

    async def refused(self, grant: Grant, client: str = PHONE) -> Refusal:
        outcome = await self.present(grant.refresh_token, client)
        assert isinstance(outcome, Refusal)
        return outcome


@pytest.fixture
async def world(postgres: Databases) -> AsyncIterator[World]:
    database = Database(await postgres.fresh_database(METADATA))
    yield World(database)
    await database.dispose()


async def test_each_use_gives_a_new_token_of_the_same_session(world: World) -> None:
    first = await world.open()
    second = await world.refresh(first)
    third = await world.refresh(second)
    assert len({first.refresh_token, second.refresh_token, third.refresh_token}) == 3
    assert {second.session_id, third.session_id} == {first.session_id}
    assert third.subject_id == first.subject_id
    assert first.refresh_token not in repr(first)


async def test_t22_reuse_ends_the_whole_session_at_once(world: World) -> None:
    first = await world.open()
    second = await world.refresh(first)
    world.clock.advance(timedelta(seconds=11))

    reuse = await world.refused(first)

    assert isinstance(reuse.error, SessionRevoked)
    assert reuse.revoked == first.session_id
    assert world.revocations.includes(first.session_id)
    assert isinstance((await world.refused(second)).error, SessionRevoked)


async def test_t22_an_older_token_is_reuse_however_soon(world: World) -> None:
    first = await world.open()
    await world.refresh(await world.refresh(first))
    assert isinstance((await world.refused(first)).error, SessionRevoked)


async def test_t22_a_lost_answer_can_be_had_again_for_ten_seconds(world: World) -> None:
    first = await world.open()
    lost = await world.refresh(first)
    world.clock.advance(timedelta(seconds=10))
    again = await world.refresh(first)
    assert again == lost
    assert await world.refresh(again)


async def test_t22_the_grace_is_for_the_same_client_only(world: World) -> None:
    first = await world.open()
    second = await world.refresh(first)
    assert (await world.refused(first, THIEF)).revoked == first.session_id
    assert isinstance((await world.refused(second)).error, SessionRevoked)


async def test_a_token_in_other_hands_ends_the_session(world: World) -> None:
    grant = await world.open()
    assert (await world.refused(grant, THIEF)).revoked == grant.session_id


async def test_t22_refreshes_at_once_agree_and_lock_nobody_out(world: World) -> None:
    first = await world.open()
    answers = await asyncio.gather(*(world.refresh(first) for _ in range(6)))
    assert len({answer.refresh_token for answer in answers}) == 1
    assert await world.refresh(answers[0])


async def test_t22_one_token_is_stored_per_use_and_only_as_a_hash(world: World) -> None:
    first = await world.open()
    second = await world.refresh(first)
    async with world.database.transaction() as session:
        rows = (await session.execute(text("SELECT * FROM refresh_token"))).all()
        salts = [row.successor_salt for row in rows]
        dump = repr(rows) + repr(
            (await session.execute(text("SELECT * FROM refresh_session"))).all()
        )
    assert len(rows) == 2
    assert sum(salt is not None for salt in salts) == 1
    for secret in (first.refresh_token, second.refresh_token, PHONE):
        assert secret.removeprefix("ldr_") not in dump


async def test_the_salt_of_a_spent_token_does_not_outlive_its_use(world: World) -> None:
    await world.refresh(await world.refresh(await world.open()))
    async with world.database.transaction() as session:
        salted = await session.scalar(
            text("SELECT count(*) FROM refresh_token WHERE successor_salt IS NOT NULL")
        )
    assert salted == 1


async def test_a_session_that_is_not_used_for_seven_days_ends(world: World) -> None:
    grant = await world.open()
    assert grant.expires_at == NINE + timedelta(days=7)
    world.clock.advance(timedelta(days=7) - timedelta(seconds=1))
    grant = await world.refresh(grant)
    world.clock.advance(timedelta(days=7))
    assert isinstance((await world.refused(grant)).error, TokenExpired)


async def test_a_session_that_is_used_ends_after_thirty_days(world: World) -> None:
    grant = await world.open()
    for _ in range(5):
        world.clock.advance(timedelta(days=5))
        grant = await world.refresh(grant)
    assert grant.expires_at == NINE + timedelta(days=30)
    world.clock.advance(timedelta(days=5))
    assert isinstance((await world.refused(grant)).error, TokenExpired)


@pytest.mark.parametrize("token", ["", "ldr_unknown", "令牌", "\ud800", "x" * 100_000])
async def test_an_unknown_token_is_refused(token: str, world: World) -> None:
    outcome = await world.present(token)
    assert isinstance(outcome, Refusal)
    assert isinstance(outcome.error, TokenInvalid)
    assert outcome.revoked is None


async def test_signing_out_ends_this_session_and_no_other(world: World) -> None:
    person = uuid4()
    here, there = await world.open(person), await world.open(person)
    async with world.database.transaction() as session:
        ended = await world.sessions.sign_out(session, here.session_id, at=NINE)
        again = await world.sessions.sign_out(session, here.session_id, at=NINE)
    assert (list(ended), list(again)) == ([here.session_id], [])
    assert isinstance((await world.refused(here)).error, SessionRevoked)
    assert await world.refresh(there)


async def test_signing_out_everywhere_ends_all_of_one_person(world: World) -> None:
    person, other = uuid4(), await world.open()
    mine = [await world.open(person) for _ in range(3)]
    async with world.database.transaction() as session:
        ended = await world.sessions.sign_out_everywhere(session, person, at=NINE)
    assert set(ended) == {grant.session_id for grant in mine}
    for grant in mine:
        assert world.revocations.includes(grant.session_id)
        assert isinstance((await world.refused(grant)).error, SessionRevoked)
    assert await world.refresh(other)


async def test_a_sign_out_that_is_rolled_back_revokes_nothing(world: World) -> None:
    grant = await world.open()
    with pytest.raises(RuntimeError, match="too late"):
        await sign_out_in_vain(world, grant)
    assert not world.revocations.includes(grant.session_id)
    assert await world.refresh(grant)


async def test_p19_other_processes_learn_at_their_next_look(world: World) -> None:
    grant = await world.open()
    elsewhere = Revocations(world.clock)
    async with world.database.transaction() as session:
        await world.sessions.sign_out(session, grant.session_id, at=NINE)
    assert not elsewhere.includes(grant.session_id)
    await look(world, elsewhere)
    assert elsewhere.includes(grant.session_id)


async def test_a_look_that_began_before_forgets_nothing_that_was_heard_since(world: World) -> None:
    ended = uuid4()
    async with world.database.transaction() as old:
        await old.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        await old.execute(text("SELECT count(*) FROM revoked_session"))
        async with world.database.transaction() as session:
            await world.revocations.record(session, [ended], at=NINE)
        await world.revocations.refresh(old)
    assert world.revocations.includes(ended)


async def test_a_revocation_heard_by_event_twice_is_one(world: World) -> None:
    ended = uuid4()
    for _ in range(2):
        async with world.database.transaction() as session:
            await world.revocations.record(session, [ended], at=NINE)
    async with world.database.transaction() as session:
        assert await session.scalar(text("SELECT count(*) FROM revoked_session")) == 1
    assert world.revocations.includes(ended)


async def test_a_revocation_is_kept_as_long_as_a_token_may_live(world: World) -> None:
    ended = uuid4()
    async with world.database.transaction() as session:
        await world.revocations.record(session, [ended], at=NINE - timedelta(hours=3))
    world.clock.advance(timedelta(minutes=15))
    await look(world, world.revocations)
    assert world.revocations.includes(ended)

    world.clock.advance(timedelta(minutes=5))
    await look(world, world.revocations)
    assert not world.revocations.includes(ended)
    async with world.database.transaction() as session:
        await world.revocations.purge(session)
        assert await session.scalar(text("SELECT count(*) FROM revoked_session")) == 0


async def test_purging_takes_ended_sessions_with_their_tokens(world: World) -> None:
    await world.refresh(await world.open())
    world.clock.advance(timedelta(days=20))
    alive = await world.open()
    async with world.database.transaction() as session:
        await purge_sessions(session, before=NINE + timedelta(days=31))
        assert await session.scalar(text("SELECT count(*) FROM refresh_token")) == 1
    assert await world.refresh(alive)


async def sign_out_in_vain(world: World, grant: Grant) -> None:
    async with world.database.transaction() as session:
        await world.sessions.sign_out(session, grant.session_id, at=NINE)
        raise RuntimeError("too late")


async def look(world: World, revocations: Revocations) -> None:
    async with world.database.transaction() as session:
        await revocations.refresh(session)
