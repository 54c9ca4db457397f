"""Stable tokens: the vendor's semantics and our rules for living with them (wechat.md 2)."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta

import pytest

from deploy.simulators.faults import Fault
from deploy.simulators.wechat import Vendor
from deploy.simulators.wechat.refusal import Refusal
from shared.clock import SimulatedClock
from shared.wechat import (
    AccessTokens,
    Credentials,
    LongLimit,
    MemoryTokenStore,
    Misconfigured,
    OutcomeUnknown,
    StoredToken,
    TokenRejected,
    WeChatClient,
    Wire,
)
from tests.wechat.conftest import APPID

STABLE_TOKEN = "/cgi-bin/stable_token"
PHONE = "/wxa/business/getuserphonenumber"


@pytest.fixture
def tokens(
    wire: Wire, credentials: Credentials, store: MemoryTokenStore, clock: SimulatedClock
) -> AccessTokens:
    return AccessTokens(wire, credentials, store, clock, jitter=lambda: 0.0)


def fetches(vendor: Vendor) -> int:
    return vendor.script.calls[STABLE_TOKEN]


class RenewedMeanwhile(MemoryTokenStore):
    """Another process stores `coming` right after the token was read once more."""

    coming: StoredToken | None = None

    async def read(self) -> StoredToken | None:
        read, coming = await super().read(), self.coming
        if coming:
            self.coming = None
            await self.replace(coming)
        return read


async def read_phone(client: WeChatClient, vendor: Vendor) -> str:
    """Any call that needs a token."""
    code = vendor.press_phone_button("owner-1", "13900000001")
    return (await client.phone_number(code, vendor.openid("owner-1"))).number


def rejecting(errcode: int, times: int = 1) -> Fault:
    return Fault(call=PHONE, body=f'{{"errcode":{errcode},"errmsg":"dead"}}', times=times)


async def test_the_same_token_until_five_minutes_before_its_end(
    vendor: Vendor, clock: SimulatedClock
) -> None:
    first, whole = vendor.tokens.normal(clock.now())
    clock.advance(timedelta(seconds=6899))
    same, rest = vendor.tokens.normal(clock.now())
    clock.advance(timedelta(seconds=1))
    renewed, _ = vendor.tokens.normal(clock.now())
    assert (whole, rest) == (7200, 301)
    assert first == same != renewed
    vendor.tokens.check(first, clock.now())
    clock.advance(timedelta(seconds=300))
    with pytest.raises(Refusal, match="42001"):
        vendor.tokens.check(first, clock.now())
    vendor.tokens.check(renewed, clock.now())


async def test_a_renewal_that_failed_is_not_tried_by_every_call(
    tokens: AccessTokens, vendor: Vendor, clock: SimulatedClock
) -> None:
    await tokens.current()
    vendor.script.add(Fault(call=STABLE_TOKEN, body='{"errcode":45009}', times=2))
    clock.advance(timedelta(seconds=7000))
    await asyncio.gather(*(tokens.current() for _ in range(20)))
    assert fetches(vendor) == 2
    clock.advance(timedelta(seconds=10))
    await tokens.current()
    assert fetches(vendor) == 3


async def test_a_forced_refresh_kills_the_old_token_but_not_twice_in_30_seconds(
    vendor: Vendor, clock: SimulatedClock
) -> None:
    old, _ = vendor.tokens.normal(clock.now())
    forced, _ = vendor.tokens.forced(clock.now())
    with pytest.raises(Refusal, match="40001"):
        vendor.tokens.check(old, clock.now())
    clock.advance(timedelta(seconds=29))
    assert vendor.tokens.forced(clock.now())[0] == forced
    clock.advance(timedelta(seconds=1))
    assert vendor.tokens.forced(clock.now())[0] != forced


async def test_twenty_forced_refreshes_a_day(
    tokens: AccessTokens, vendor: Vendor, clock: SimulatedClock
) -> None:
    for _ in range(20):
        await tokens.force()
        clock.advance(timedelta(minutes=1))
    with pytest.raises(LongLimit):
        await tokens.force()
    clock.advance(timedelta(hours=14))
    assert await tokens.force()


async def test_a_token_is_kept_and_renewed_before_its_end(
    tokens: AccessTokens, vendor: Vendor, clock: SimulatedClock
) -> None:
    first = await tokens.current()
    clock.advance(timedelta(seconds=6899))
    assert await tokens.current() == first
    clock.advance(timedelta(seconds=1))
    assert (await tokens.current()).value != first.value
    assert fetches(vendor) == 2


async def test_many_at_once_fetch_once(tokens: AccessTokens, vendor: Vendor) -> None:
    held: Sequence[StoredToken] = await asyncio.gather(*(tokens.current() for _ in range(20)))
    assert len({each.value for each in held}) == fetches(vendor) == 1


async def test_a_failed_renewal_costs_nothing_while_the_old_token_lives(
    tokens: AccessTokens, vendor: Vendor, clock: SimulatedClock
) -> None:
    first = await tokens.current()
    vendor.script.add(Fault(call=STABLE_TOKEN, status=502, body="no", times=1000))
    clock.advance(timedelta(seconds=7199))
    assert await tokens.current() == first
    clock.advance(timedelta(seconds=1))
    with pytest.raises(OutcomeUnknown):
        await tokens.current()


@pytest.mark.parametrize("errcode", [40001, 40014, 42001])
async def test_one_retry_with_the_token_somebody_else_stored(
    wire: Wire, credentials: Credentials, vendor: Vendor, clock: SimulatedClock, errcode: int
) -> None:
    """Two processes share the store: the other has renewed already, nothing is fetched."""
    store = RenewedMeanwhile()
    client = WeChatClient(wire, credentials, store, clock)
    old = await client.tokens.current()
    value, _ = vendor.tokens.forced(clock.now())
    store.coming = StoredToken(value, old.expires_at, old.version + 1)
    vendor.script.add(rejecting(errcode))
    assert await read_phone(client, vendor) == "13900000001"
    assert fetches(vendor) == 1


@pytest.mark.parametrize("errcode", [40001, 40014, 42001])
async def test_one_retry_with_a_newly_fetched_token(
    client: WeChatClient, vendor: Vendor, errcode: int
) -> None:
    """Somebody forced a refresh elsewhere: a normal fetch brings the living token."""
    await read_phone(client, vendor)
    vendor.tokens.kill()
    vendor.script.add(rejecting(errcode))
    assert await read_phone(client, vendor) == "13900000001"
    assert (fetches(vendor), vendor.tokens.forces) == (2, [])


async def test_one_retry_with_a_forced_token_when_the_vendor_repeats_the_dead_one(
    client: WeChatClient, vendor: Vendor, store: MemoryTokenStore
) -> None:
    await read_phone(client, vendor)
    before = await store.read()
    vendor.script.add(rejecting(40001))
    assert await read_phone(client, vendor) == "13900000001"
    after = await store.read()
    assert before
    assert after
    assert after.value != before.value
    assert after.forced_at is not None


async def test_never_more_than_one_retry(
    client: WeChatClient, vendor: Vendor, clock: SimulatedClock
) -> None:
    """The vendor's last word is what surfaces, and the quota is not burnt."""
    vendor.script.add(rejecting(40001, times=2))
    with pytest.raises(TokenRejected) as rejected:
        await read_phone(client, vendor)
    assert (rejected.value.errcode, rejected.value.errmsg) == (40001, "dead")
    assert await read_phone(client, vendor) == "13900000001"


async def test_forcing_is_rare(client: WeChatClient, vendor: Vendor, clock: SimulatedClock) -> None:
    """20 a day is all there is: a second need within three hours is an alarm, not a force."""
    vendor.script.add(rejecting(40001))
    await read_phone(client, vendor)
    vendor.script.add(rejecting(40001))
    with pytest.raises(TokenRejected):
        await read_phone(client, vendor)
    assert len(vendor.tokens.forces) == 1
    clock.advance(timedelta(hours=3))
    vendor.script.add(rejecting(40001))
    assert await read_phone(client, vendor) == "13900000001"
    assert len(vendor.tokens.forces) == 2


async def test_two_databases_leave_the_operator_some_of_twenty(
    client: WeChatClient, vendor: Vendor, clock: SimulatedClock
) -> None:
    for _ in range(48):
        vendor.script.add(rejecting(40001))
        with suppress(TokenRejected):
            await read_phone(client, vendor)
        clock.advance(timedelta(minutes=30))
    assert 2 * len(vendor.tokens.forces) == 16


async def test_an_expired_token_is_renewed_before_use(
    client: WeChatClient, vendor: Vendor, clock: SimulatedClock
) -> None:
    await read_phone(client, vendor)
    clock.advance(timedelta(days=3))
    assert await read_phone(client, vendor) == "13900000001"


async def test_40001_on_the_token_endpoint_is_a_wrong_secret(
    tokens: AccessTokens, vendor: Vendor
) -> None:
    vendor.script.add(Fault(call=STABLE_TOKEN, body='{"errcode":40001,"errmsg":"no"}'))
    with pytest.raises(Misconfigured):
        await tokens.current()


async def test_a_wrong_secret_is_not_retried(
    wire: Wire, vendor: Vendor, clock: SimulatedClock, pauses: list[float]
) -> None:
    tokens = AccessTokens(wire, Credentials(APPID, "wrong"), MemoryTokenStore(), clock)
    with pytest.raises(Misconfigured) as refused:
        await tokens.current()
    assert (refused.value.errcode, pauses) == (40125, [])


async def test_replace_is_a_compare_and_swap(
    store: MemoryTokenStore, clock: SimulatedClock
) -> None:
    first, late = (StoredToken(value, clock.now(), 1) for value in ("first", "late"))
    assert await store.replace(first) == first
    assert await store.replace(late) == first
    assert await store.replace(StoredToken("next", clock.now(), 2)) == await store.read()
