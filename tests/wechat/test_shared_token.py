"""The token in the database: one for all processes, fetched by one of them (wechat.md 2)."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import MetaData, text

from deploy.embedded.processes import free_port
from deploy.simulators.faults import Fault
from deploy.simulators.wechat import Vendor
from shared.clock import SimulatedClock
from shared.database import Database
from shared.privacy import FieldCipher, KeyRing
from shared.serving import server_for
from shared.wechat import (
    AccessTokens,
    Credentials,
    DatabaseTokenStore,
    StoredToken,
    TokenRejected,
    Unreachable,
    WeChatClient,
    Wire,
    token_table,
)
from tests.house.source import CHECKOUT
from tests.servers import Databases
from tests.wechat.conftest import APPID
from tests.wechat.test_access_tokens import PHONE, STABLE_TOKEN, fetches, rejecting

SCHEMA = MetaData()
token_table.add_tables(SCHEMA)


@pytest.fixture(scope="module")
def keys() -> str:
    return KeyRing.generate().to_json()


@pytest.fixture
async def database(postgres: Databases) -> AsyncIterator[Database]:
    database = Database(await postgres.fresh_database(SCHEMA))
    yield database
    await database.dispose()


@pytest.fixture
def shared_store(database: Database, keys: str) -> DatabaseTokenStore:
    return DatabaseTokenStore(database, FieldCipher(KeyRing.parse(keys)), APPID)


@pytest.fixture
def tokens(
    wire: Wire, credentials: Credentials, shared_store: DatabaseTokenStore, clock: SimulatedClock
) -> AccessTokens:
    return AccessTokens(wire, credentials, shared_store, clock, jitter=lambda: 0.0)


@asynccontextmanager
async def served(simulator: FastAPI) -> AsyncIterator[str]:
    port = free_port()
    server = server_for(simulator, port=port)
    serving = asyncio.create_task(server.serve())
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        await serving


@asynccontextmanager
async def process(*arguments: str) -> AsyncIterator[asyncio.subprocess.Process]:
    pipes = {"stdin": asyncio.subprocess.PIPE, "stdout": asyncio.subprocess.PIPE}
    started = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.wechat.token_process", *arguments),
        cwd=CHECKOUT,
        **pipes,  # type: ignore[arg-type]
    )
    try:
        assert started.stdout
        assert await started.stdout.readline() == b"ready\n"
        yield started
    finally:
        if started.returncode is None:
            started.kill()
        await started.wait()


async def test_two_processes_at_once_make_one_call(
    postgres: Databases, simulator: FastAPI, vendor: Vendor, keys: str
) -> None:
    """The answer comes late, so that the second process surely asks while the first one waits."""
    url = await postgres.fresh_database(SCHEMA)
    vendor.script.add(Fault(call=STABLE_TOKEN, delay_seconds=0.5))
    async with (
        served(simulator) as wechat,
        process(url, wechat, keys) as first,
        process(url, wechat, keys) as second,
    ):
        answers = await asyncio.gather(first.communicate(b"go\n"), second.communicate(b"go\n"))
    (said, _), (said_too, _) = answers
    assert said == said_too
    assert len(said.split()) == fetches(vendor) == 1


async def test_a_token_revoked_amid_200_requests_costs_each_one_retry_at_most(
    wire: Wire,
    credentials: Credentials,
    shared_store: DatabaseTokenStore,
    vendor: Vendor,
    clock: SimulatedClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client = WeChatClient(wire, credentials, shared_store, clock)
    codes = [vendor.press_phone_button("owner-1", "13900000001") for _ in range(200)]
    openid, real = vendor.openid("owner-1"), vendor.phone_number

    def revoked_in_the_middle(token: str, content: bytes) -> dict[str, Any]:
        if vendor.script.calls[PHONE] == 100:
            vendor.tokens.kill()
        return real(token, content)

    async def ask(code: str) -> str:
        return (await client.phone_number(code, openid)).number

    await client.tokens.current()
    monkeypatch.setattr(vendor, "phone_number", revoked_in_the_middle)
    assert set(await asyncio.gather(*map(ask, codes))) == {"13900000001"}
    assert 200 < vendor.script.calls[PHONE] <= 400
    assert (fetches(vendor), vendor.tokens.forces) == (2, [])


async def test_a_dead_token_that_the_vendor_repeats_is_fetched_once_for_all(
    wire: Wire,
    credentials: Credentials,
    shared_store: DatabaseTokenStore,
    vendor: Vendor,
    clock: SimulatedClock,
) -> None:
    """What burnt the quota of others: everybody who is refused asks again, without end."""
    client = WeChatClient(wire, credentials, shared_store, clock)
    held = await client.tokens.current()
    await shared_store.replace(
        StoredToken(held.value, held.expires_at, held.version + 1, clock.now())
    )
    vendor.script.add(rejecting(40001, times=20))
    openid = vendor.openid("owner-1")
    calls = (client.phone_number("any", openid) for _ in range(20))
    outcomes = await asyncio.gather(*calls, return_exceptions=True)
    assert {type(each) for each in outcomes} == {TokenRejected}
    assert vendor.script.calls[PHONE] == 20
    assert fetches(vendor) == 2


async def test_the_token_is_ciphertext_at_rest(tokens: AccessTokens, database: Database) -> None:
    held = await tokens.current()
    async with database.transaction() as session:
        (row,) = (await session.execute(text("SELECT * FROM wechat_token"))).mappings()
    assert held.value not in str(dict(row))
    assert (row["appid"], row["version"]) == (APPID, 1)


async def test_the_old_token_serves_on_when_its_renewal_fails(
    tokens: AccessTokens, vendor: Vendor, clock: SimulatedClock
) -> None:
    first = await tokens.current()
    clock.advance(timedelta(seconds=6950))
    vendor.script.add(Fault(call=STABLE_TOKEN, status=502, body="no", times=1000))
    assert await tokens.current() == first


async def test_while_another_renews_a_living_token_serves_on(
    tokens: AccessTokens, shared_store: DatabaseTokenStore, vendor: Vendor, clock: SimulatedClock
) -> None:
    first = await tokens.current()
    clock.advance(timedelta(seconds=6950))
    async with shared_store.refreshing(), asyncio.timeout(20):
        assert await tokens.current() == first
    assert fetches(vendor) == 1
    clock.advance(timedelta(seconds=10))
    assert (await tokens.current()).value != first.value


async def test_a_lock_that_cannot_be_had_costs_nothing_while_the_token_lives(
    tokens: AccessTokens,
    database: Database,
    clock: SimulatedClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = await tokens.current()

    def crowded(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr(database, "exclusive", crowded)
    clock.advance(timedelta(seconds=7199))
    assert await tokens.current() == first
    clock.advance(timedelta(seconds=1))
    with pytest.raises(Unreachable):
        await tokens.current()


async def test_jitter_spreads_the_renewals(
    wire: Wire, credentials: Credentials, shared_store: DatabaseTokenStore, clock: SimulatedClock
) -> None:
    """300 s before the end, and up to a minute later."""
    late = AccessTokens(wire, credentials, shared_store, clock, jitter=lambda: 1.0)
    first = await late.current()
    clock.advance(timedelta(seconds=6959))
    assert await late.current() == first
    clock.advance(timedelta(seconds=1))
    assert (await late.current()).value != first.value


async def test_a_late_replacement_changes_nothing(
    shared_store: DatabaseTokenStore, clock: SimulatedClock
) -> None:
    first, late = (StoredToken(value, clock.now(), 1) for value in ("first", "late"))
    assert await shared_store.replace(first) == first
    assert await shared_store.replace(late) == first
    following = StoredToken("next", clock.now(), 2, clock.now())
    assert await shared_store.replace(following) == await shared_store.read() == following


async def test_who_waits_too_long_for_the_lock_asks_nothing(database: Database) -> None:
    async with database.exclusive("token"), database.exclusive("another"):
        with pytest.raises(TimeoutError):
            async with database.exclusive("token", patience=0.01):
                pytest.fail("two hold it")
    async with database.exclusive("token"):
        pass


async def test_no_transaction_is_open_while_the_vendor_is_asked(
    wire: Wire,
    credentials: Credentials,
    shared_store: DatabaseTokenStore,
    database: Database,
    vendor: Vendor,
    clock: SimulatedClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nine wait for one fetch, and the pool of eight is free."""
    tokens = AccessTokens(wire, credentials, shared_store, clock)
    open_meanwhile: list[int] = []
    real, pool = vendor.stable_token, database.engine.pool

    def watched(content: bytes) -> dict[str, Any]:
        open_meanwhile.append(pool.checkedout())  # type: ignore[attr-defined]
        return real(content)

    monkeypatch.setattr(vendor, "stable_token", watched)
    vendor.script.add(Fault(call=STABLE_TOKEN, delay_seconds=0.1))
    await asyncio.gather(*(tokens.current() for _ in range(9)))
    assert open_meanwhile == [0]
