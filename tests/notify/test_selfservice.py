"""The engineer of a department or court keeps its endpoints by itself."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import httpx
import pytest

from shared.contracts.routing import JointOpened
from shared.identity import End, Role
from tests.notify.hooks import CLERK, OFFICER_OF_FIRE, deliveries, hook, pump, with_fire
from tests.notify.town import Town
from tests.samples import COURT, FIRE, named, staff
from tests.stage import Stage

ENGINEER = staff(named("fire engineer"), End.DEPARTMENT, Role.STAFF_ADMINISTRATOR, FIRE)
COURT_ENGINEER = staff(named("court engineer"), End.COURT, Role.STAFF_ADMINISTRATOR, COURT)
OBSERVER = staff(named("observer"), End.DEPARTMENT, Role.CITY_OBSERVER, FIRE)


def key() -> dict[str, str]:
    return {"Idempotency-Key": str(uuid4())}


async def post(client: httpx.AsyncClient, path: str, body: Any = None) -> httpx.Response:
    return await client.post(f"/webhooks/{path}", json=body, headers=key())


async def registered(stage: Stage, **wanted: Any) -> dict[str, Any]:
    """The endpoint of the fire brigade, with its secret."""
    async with stage.client(ENGINEER) as client:
        answer = await post(client, "endpoints", {"url": hook(FIRE)} | wanted)
    assert answer.status_code == 201, answer.text
    shown: dict[str, Any] = answer.json()
    return shown


async def test_an_engineer_registers_an_endpoint_and_is_told(stage: Stage, town: Town) -> None:
    """A06, P14: the secret is shown in this one answer."""
    shown = await registered(stage, events=["routing.joint_opened"], description="测试环境")
    assert shown["secret"].startswith("whsec_")
    assert (shown["events"], shown["description"]) == (["routing.joint_opened"], "测试环境")
    assert shown["organisation_id"] == str(FIRE)
    await stage.hear(with_fire(JointOpened))
    await pump(stage)
    assert len(town.hooked(FIRE)) == 1
    async with stage.client(ENGINEER) as client:
        (listed,) = (await client.get("/webhooks/endpoints")).json()
        one = (await client.get(f"/webhooks/endpoints/{shown['id']}")).json()
    assert listed == one == {name: each for name, each in shown.items() if name != "secret"}


@pytest.mark.parametrize("reader", [OFFICER_OF_FIRE, OBSERVER], ids=["officer", "observer"])
async def test_who_does_not_administer_looks_on(stage: Stage, reader: Any) -> None:
    """Where an organisation is told things is decided by whoever keeps its accounts."""
    shown = await registered(stage)
    path = f"/webhooks/endpoints/{shown['id']}"
    async with stage.client(reader) as client:
        assert (await client.get(path)).status_code == 200
        refused = [
            await post(client, "endpoints", {"url": "https://other.example.org/hook"}),
            await client.patch(path, json={"active": False}),
            await client.delete(path),
            await post(client, f"endpoints/{shown['id']}/secret", {}),
        ]
    assert {each.status_code for each in refused} == {403}
    assert {each.json()["code"] for each in refused} == {"WEBHOOK_ADMINISTRATORS_ONLY"}


async def test_officers_operate_and_observers_do_not(stage: Stage, town: Town) -> None:
    """A20: who observes changes nothing, not even by sending again."""
    shown = await registered(stage)
    await stage.hear(with_fire(JointOpened))
    await pump(stage)
    (delivery,) = await deliveries(stage, OFFICER_OF_FIRE)
    period = {"since": "2026-03-01T00:00:00+08:00", "until": "2026-03-03T00:00:00+08:00"}
    calls = [
        (f"endpoints/{shown['id']}/test", None),
        (f"endpoints/{shown['id']}/replay", period),
        (f"deliveries/{delivery['id']}/replay", None),
    ]
    async with stage.client(OBSERVER) as client:
        for path, body in calls:
            refused = await post(client, path, body)
            assert (refused.status_code, refused.json()["code"]) == (403, "WEBHOOK_OPERATORS_ONLY")
    async with stage.client(OFFICER_OF_FIRE) as client:
        for path, body in calls:
            assert (await post(client, path, body)).status_code == 202, path


async def test_another_organisations_things_are_not_there(stage: Stage, town: Town) -> None:
    shown = await registered(stage)
    await stage.hear(with_fire(JointOpened))
    (delivery,) = await deliveries(stage, ENGINEER)
    path = f"/webhooks/endpoints/{shown['id']}"
    period = {"since": "2026-03-01T00:00:00+08:00", "until": "2026-03-03T00:00:00+08:00"}
    for other in (COURT_ENGINEER, CLERK):
        async with stage.client(other) as client:
            answers = [
                await client.get(path),
                await client.patch(path, json={"active": False}),
                await client.delete(path),
                await post(client, f"endpoints/{shown['id']}/secret", {}),
                await post(client, f"endpoints/{shown['id']}/test"),
                await post(client, f"endpoints/{shown['id']}/replay", period),
                await client.get(f"/webhooks/deliveries/{delivery['id']}"),
                await post(client, f"deliveries/{delivery['id']}/replay"),
            ]
            listed = await client.get(f"/webhooks/deliveries?endpoint_id={shown['id']}")
        assert {each.status_code for each in answers} == {404}
        assert listed.json()["items"] == []
    assert await pump(stage) == 1, "nothing was changed"
