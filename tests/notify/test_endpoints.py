"""Endpoints: whose they are, who sees them, what they hear, and where they may be."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from sqlalchemy import text

from services.notify.app import service
from services.notify.composition import compose
from services.notify.webhooks.domain.addresses import EndpointAddressRefused, EndpointNotHttps
from shared.clock import SimulatedClock
from shared.contracts.routing import CaseRegraded, JointOpened
from shared.contracts.vocabulary import Grade
from shared.errors import DomainError
from shared.identity import End, Role
from tests.notify.conftest import migrate
from tests.notify.hooks import (
    CLERK,
    HANDED_OVER,
    OFFICER_OF_FIRE,
    POLICE,
    deliveries,
    enter,
    hook,
    pump,
    with_fire,
)
from tests.notify.town import VARIABLES, Town
from tests.samples import COURT, FIRE, WORKER, named, owner, staff
from tests.servers import Databases
from tests.stage import Stage, staged


async def test_the_event_filter_and_the_switch(stage: Stage) -> None:
    """An endpoint hears what it asked for; one that is switched off hears nothing."""
    await enter(stage, FIRE, events=["routing.joint_opened"])
    await stage.hear(with_fire(CaseRegraded, old_grade=Grade.SMALL), with_fire(JointOpened))
    assert await stage.count("webhook_delivery") == 1
    async with stage.host.runtime.database.transaction() as session:
        await session.execute(text("UPDATE webhook_endpoint SET active = false"))
    await stage.hear(with_fire(JointOpened))
    assert await stage.count("webhook_delivery") == 1
    assert await pump(stage) == 0, "what was waiting waits on"


async def test_organisations_see_their_own(ready: Stage) -> None:
    await ready.hear(with_fire(JointOpened), HANDED_OVER)
    await pump(ready)
    assert [each["event_type"] for each in await deliveries(ready, OFFICER_OF_FIRE)] == [
        "routing.joint_opened"
    ]
    assert [each["event_type"] for each in await deliveries(ready, CLERK)] == [
        "routing.judicial_handed_over"
    ]
    for path in ("/webhooks/endpoints", "/webhooks/deliveries"):
        worker = staff(WORKER, End.GRID, Role.GRID_WORKER, named("community"))
        for other in (owner(), worker):
            async with ready.client(other) as client:
                refused = await client.get(path)
            assert refused.status_code == 403
            assert refused.json()["code"] == "WEBHOOKS_FOR_ORGANISATIONS_ONLY"
    async with ready.client(CLERK) as client:
        (endpoint,) = (await client.get("/webhooks/endpoints")).json()
    assert endpoint["url"] == hook(COURT)


@pytest.mark.parametrize(
    ("url", "embedded", "refusal"),
    [
        ("https://fire.example.org/hook", "", None),
        ("https://10.1.2.3/hook", "", None),  # called once an exception is in force
        ("http://127.0.0.1:8000/hook", "1", None),
        ("http://fire.example.org/hook", "", EndpointNotHttps),
        ("http://127.0.0.1:8000/hook", "", EndpointNotHttps),
        ("https://user:secret@fire.example.org/hook", "", EndpointNotHttps),
        ("ftp://fire.example.org/hook", "1", EndpointNotHttps),
        ("https:///hook", "1", EndpointAddressRefused),
        ("https://fire.example.org:8443/hook", "", EndpointAddressRefused),
        ("https://127.0.0.1/hook", "", EndpointAddressRefused),
        ("https://localhost/hook", "", EndpointAddressRefused),
        ("https://消防.example.org/hook", "", EndpointAddressRefused),
    ],
)
async def test_https_only(
    postgres: Databases,
    clock: SimulatedClock,
    town: Town,
    url: str,
    embedded: str,
    refusal: type[DomainError] | None,
) -> None:
    """T20: plain http, other ports and loopback are for simulators on the same machine."""
    definition = replace(service, compose=partial(compose, network=town.network))
    database = await postgres.fresh_database(migrate)
    variables = VARIABLES | {"LIUDUAN_EMBEDDED": embedded}
    async with staged(definition, database, clock, **variables) as stage:
        if refusal is None:
            await enter(stage, POLICE, url=url)
            return
        with pytest.raises(refusal):
            await enter(stage, POLICE, url=url)


async def test_the_demo_world_is_entered_once(stage: Stage) -> None:
    """Every demo department and court of the city and its six counties."""
    await service.seed(stage.host.runtime)
    entered = await stage.count("webhook_endpoint")
    await service.seed(stage.host.runtime)
    assert await stage.count("webhook_endpoint") == entered == 7 * (12 + 1)
    assert await stage.count("webhook_endpoint", "url LIKE '%/simulators/court/%/hook'") == 7
