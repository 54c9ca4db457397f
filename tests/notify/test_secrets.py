"""Rotating secrets and the platform's key: nobody notices but who asked for it (T19, P14)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import text

from services.notify.app import service
from services.notify.composition import compose
from services.notify.settings import NotifySettings
from services.notify.webhooks.sending.posting import Posting
from services.notify.webhooks.sending.sender import WebhookSender
from services.notify.webhooks.sending.ways import Given
from shared.clock import SimulatedClock
from shared.contracts.routing import JointOpened
from shared.signatures import PrivateKey
from tests.environment import environment
from tests.notify.conftest import migrate
from tests.notify.engineers import ENGINEER, asked, post, read, registered
from tests.notify.hooks import OFFICER_OF_FIRE, enter, hook, pump, with_fire
from tests.notify.town import VARIABLES, Town
from tests.notify.verifying import VerifyingReceiver, fits_public_key, fits_secret
from tests.samples import FIRE
from tests.servers import Databases
from tests.stage import Stage, staged

ROTATIONS, BETWEEN, DELIVERIES = 6, 30, 300

COPIES = text("""
    INSERT INTO webhook_delivery
        (id, endpoint_id, organisation_id, event_id, event_type, case_id, body, state, attempts,
         next_at, created_at, again)
    SELECT gen_random_uuid(), endpoint_id, organisation_id, gen_random_uuid(), event_type,
           gen_random_uuid(), body, state, attempts, next_at, created_at, again
    FROM webhook_delivery, generate_series(2, :deliveries)
""")


@pytest.fixture
async def receiver(stage: Stage, clock: SimulatedClock) -> AsyncIterator[VerifyingReceiver]:
    """In place of the town: everything goes to it."""
    receiver, runtime = VerifyingReceiver(clock, secret="whsec_"), stage.host.runtime
    keys = runtime.part(NotifySettings).signing_keys
    sender = WebhookSender(runtime, keys, Posting(Given(receiver)), chance=lambda: 0.0)
    runtime.put(sender)
    yield receiver
    await sender.close()


async def test_rotation_under_load(stage: Stage, receiver: VerifyingReceiver) -> None:
    """P14, T19: every delivery fits the one secret that the receiver held when it came, although
    the secret changes six times meanwhile; and every one fits the platform's key.
    """
    endpoint = await registered(stage)
    receiver.secret = endpoint["secret"]
    await stage.hear(with_fire(JointOpened))
    async with stage.host.runtime.database.transaction() as session:
        await session.execute(COPIES, {"deliveries": DELIVERIES})
    _, sent = await asyncio.gather(_rotate_meanwhile(stage, receiver, endpoint["id"]), pump(stage))
    assert (sent, len(receiver.taken), len(receiver.refused)) == (DELIVERIES, DELIVERIES, 0)
    assert len({request.headers["webhook-id"] for request in receiver.taken}) == DELIVERIES
    assert all(fits_public_key(each, endpoint["public_keys"][0]) for each in receiver.taken)


async def _rotate_meanwhile(stage: Stage, receiver: VerifyingReceiver, endpoint_id: str) -> None:
    """In turn: with deliveries on their way that were signed before, and a receiver that takes the
    new secret at once; and a receiver that goes on for a while with the old one.
    """
    for number in range(ROTATIONS):
        await _arrived(receiver, BETWEEN)
        receiver.road.clear()
        receiver.on_its_way.clear()
        await receiver.on_its_way.wait()
        fresh = await asked(stage, f"endpoints/{endpoint_id}/secret", {})
        if number % 2:
            receiver.road.set()
            await _arrived(receiver, BETWEEN // 2)
        receiver.secret = fresh["secret"]
        receiver.road.set()


async def _arrived(receiver: VerifyingReceiver, more: int) -> None:
    """Until so many more have come, or one was refused."""
    enough, wanted = asyncio.Event(), len(receiver.taken) + more

    def count() -> None:
        if receiver.refused or len(receiver.taken) >= wanted:
            enough.set()

    receiver.watch = count
    count()
    await enough.wait()


async def test_both_secrets_sign_until_the_overlap_ends(
    stage: Stage, receiver: VerifyingReceiver
) -> None:
    """24 hours, if nobody says otherwise; the log says which keys signed."""
    endpoint = await registered(stage)
    old = receiver.secret = endpoint["secret"]
    new = (await asked(stage, f"endpoints/{endpoint['id']}/secret", {}))["secret"]
    sent = await asked(stage, f"endpoints/{endpoint['id']}/test")
    await pump(stage)
    (request,) = receiver.taken
    assert fits_secret(request, new, stage.clock)
    shown = await read(stage, f"endpoints/{endpoint['id']}")
    states = {each["state"]: each for each in shown["secrets"]}
    assert states["PREVIOUS"]["until"] == "2026-03-03T09:00:00+08:00"
    (attempt,) = (await read(stage, f"deliveries/{sent['id']}"))["log"]
    assert attempt["signed_with"][1:] == [
        states[state]["fingerprint"] for state in ("CURRENT", "PREVIOUS", "NEXT")
    ]
    stage.clock.advance(timedelta(hours=24))
    await asked(stage, f"endpoints/{endpoint['id']}/test")
    await pump(stage)
    (request,) = receiver.refused
    assert fits_secret(request, new, stage.clock)
    assert not fits_secret(request, old, stage.clock)


async def test_a_secret_that_leaked_signs_no_more(
    stage: Stage, receiver: VerifyingReceiver
) -> None:
    """Without overlap every earlier secret ends, also one that was promised more time."""
    endpoint = await registered(stage)
    path = f"endpoints/{endpoint['id']}/secret"
    second = (await asked(stage, path, {"overlap_hours": 168}))["secret"]
    receiver.secret = (await asked(stage, path, {"overlap_hours": 0}))["secret"]
    await asked(stage, f"endpoints/{endpoint['id']}/test")
    await pump(stage)
    (request,) = receiver.taken
    for old in (endpoint["secret"], second):
        assert not fits_secret(request, old, stage.clock)


async def test_what_is_refused_of_a_rotation(stage: Stage) -> None:
    endpoint = await registered(stage)
    path = f"endpoints/{endpoint['id']}/secret"
    for _ in range(8):
        await asked(stage, path, {"overlap_hours": 1})
    async with stage.client(ENGINEER) as client:
        many = await post(client, path, {"overlap_hours": 1})
        assert (many.status_code, many.json()["code"]) == (409, "TOO_MANY_OLD_SECRETS")
        for wrong in ({"overlap_hours": 169}, {"overlap_hours": -1}, {"overlap_hours": "1"}):
            assert (await post(client, path, wrong)).status_code == 422
    stage.clock.advance(timedelta(hours=1))
    assert await asked(stage, path, {"overlap_hours": 1}), "what is over is not counted"


async def test_an_endpoint_without_a_secret_gets_its_first(
    stage: Stage, receiver: VerifyingReceiver
) -> None:
    await enter(stage, FIRE)
    (endpoint,) = await read(stage, "endpoints")
    assert (endpoint["has_secret"], endpoint["secrets"]) == (False, [])
    receiver.secret = (await asked(stage, f"endpoints/{endpoint['id']}/secret", {}))["secret"]
    await asked(stage, f"endpoints/{endpoint['id']}/test")
    assert await pump(stage) == 1
    assert len(receiver.taken) == 1


async def test_the_platforms_key_changes_without_a_gap(
    postgres: Databases, clock: SimulatedClock, town: Town
) -> None:
    """Both keys sign, and both public parts are shown: receivers change when they like."""
    other = PrivateKey.generate()
    definition = replace(service, compose=partial(compose, network=town.network))
    database = await postgres.fresh_database(migrate)
    variables = VARIABLES | {"LIUDUAN_WEBHOOK_OTHER_SIGNING_KEY": other.text()}
    async with staged(definition, database, clock, **variables) as stage:
        await enter(stage, FIRE, url=hook(FIRE))
        await stage.hear(with_fire(JointOpened))
        await pump(stage)
        (request,) = town.network.requests
        async with stage.client(OFFICER_OF_FIRE) as client:
            (endpoint,) = (await client.get("/webhooks/endpoints")).json()
    own = PrivateKey.parse(environment()["LIUDUAN_WEBHOOK_SIGNING_KEY"])
    assert endpoint["public_keys"] == [own.public().text(), other.public().text()]
    for public_key in endpoint["public_keys"]:
        assert fits_public_key(request, public_key)
    assert not fits_public_key(request, PrivateKey.generate().public().text())
