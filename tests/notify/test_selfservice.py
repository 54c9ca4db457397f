"""The engineer of a department or court keeps its endpoints by itself."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from sqlalchemy import text

from shared.contracts.directory import OrganisationChanged, OrganisationState
from shared.contracts.routing import CaseRegraded, JointOpened
from shared.contracts.vocabulary import Grade, OrganisationKind
from shared.identity import Actor, End, Role
from tests.notify.engineers import (
    COURT_ENGINEER,
    DAY,
    ENGINEER,
    OBSERVER,
    asked,
    key,
    post,
    read,
    registered,
)
from tests.notify.hooks import (
    CLERK,
    HANDED_OVER,
    OFFICER_OF_FIRE,
    deliveries,
    enter,
    hook,
    pump,
    with_fire,
)
from tests.notify.town import Town
from tests.samples import COURT, FIRE, OWNER, STRANGER, named, owner, staff
from tests.stage import Stage

PLACE = "421202"


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
    calls = [
        (f"endpoints/{shown['id']}/test", None),
        (f"endpoints/{shown['id']}/replay", DAY),
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
    for other in (COURT_ENGINEER, CLERK):
        async with stage.client(other) as client:
            answers = [
                await client.get(path),
                await client.patch(path, json={"active": False}),
                await client.delete(path),
                await post(client, f"endpoints/{shown['id']}/secret", {}),
                await post(client, f"endpoints/{shown['id']}/test"),
                await post(client, f"endpoints/{shown['id']}/replay", DAY),
                await client.get(f"/webhooks/deliveries/{delivery['id']}"),
                await post(client, f"deliveries/{delivery['id']}/replay"),
            ]
            listed = await client.get(f"/webhooks/deliveries?endpoint_id={shown['id']}")
        assert {each.status_code for each in answers} == {404}
        assert listed.json()["items"] == []
    assert await pump(stage) == 1, "nothing was changed"


async def test_what_is_refused(stage: Stage) -> None:
    """Types are checked against the catalogue: also one that a department never hears of."""
    await registered(stage)
    refusals = {
        "ENDPOINT_EXISTS": ({"url": hook(FIRE)}, 409),
        "EVENT_TYPE_UNKNOWN": ({"url": hook(COURT), "events": ["routing.case_lost"]}, 422),
        "ENDPOINT_NOT_HTTPS": ({"url": "ftp://fire.example.org/hook"}, 422),
        "INVALID_FIELDS": ({"url": hook(COURT), "secret": "whsec_mine"}, 422),
    }
    async with stage.client(ENGINEER) as client:
        for code, (body, status) in refusals.items():
            refused = await post(client, "endpoints", body)
            assert (refused.status_code, refused.json()["code"]) == (status, code), refused.text
        others = {"url": hook(COURT), "events": ["routing.judicial_handed_over", "webhook.test"]}
        refused = await post(client, "endpoints", others)
        assert refused.json()["unknown"] == others["events"]
        without_key = await client.post("/webhooks/endpoints", json={"url": hook(COURT)})
    assert (without_key.status_code, without_key.json()["code"]) == (400, "IDEMPOTENCY_KEY_MISSING")
    assert await stage.count("webhook_endpoint") == 1


async def test_ten_endpoints_are_enough(stage: Stage) -> None:
    for number in range(10):
        await registered(stage, url=f"{hook(FIRE)}?{number}")
    async with stage.client(ENGINEER) as client:
        refused = await post(client, "endpoints", {"url": hook(FIRE)})
        assert (refused.status_code, refused.json()["code"]) == (409, "TOO_MANY_ENDPOINTS")
        (first, *_) = (await client.get("/webhooks/endpoints")).json()
        assert (await client.delete(f"/webhooks/endpoints/{first['id']}")).status_code == 204
        assert (await post(client, "endpoints", {"url": hook(FIRE)})).status_code == 201


async def test_the_same_request_again_shows_no_secret(stage: Stage) -> None:
    """P3: one endpoint; the answer is kept without what is shown once."""
    once, body = key(), {"url": hook(FIRE)}
    async with stage.client(ENGINEER) as client:
        first = await client.post("/webhooks/endpoints", json=body, headers=once)
        again = await client.post("/webhooks/endpoints", json=body, headers=once)
    assert again.headers["idempotent-replayed"] == "true"
    assert again.json() == first.json() | {"secret": None}
    assert await stage.count("webhook_endpoint") == 1
    secret = first.json()["secret"]
    for table in ("idempotency_key", "webhook_endpoint", "audit_entry", "outbox"):
        assert await stage.count(f"{table} AS row", f"row::text LIKE '%{secret}%'") == 0
    assert await stage.count("idempotency_key AS row", "row::text LIKE '%whsec%'") == 0


async def test_an_endpoint_is_changed_in_what_is_given(stage: Stage, town: Town) -> None:
    shown = await registered(stage, description="一", events=["routing.joint_opened"])
    path = f"/webhooks/endpoints/{shown['id']}"
    async with stage.client(ENGINEER) as client:
        changed = await client.patch(path, json={"description": "二"})
        assert changed.json()["description"] == "二"
        assert changed.json()["events"] == ["routing.joint_opened"]
        await client.patch(path, json={"active": False})
        await stage.hear(with_fire(JointOpened))
        assert await stage.count("webhook_delivery") == 0, "off is off"
        await client.patch(path, json={"active": True, "events": []})
        await stage.hear(with_fire(CaseRegraded, old_grade=Grade.SMALL))
        assert await pump(stage) == 1
        await registered(stage, url=hook(COURT))
        taken = await client.patch(path, json={"url": hook(COURT)})
        assert (taken.status_code, taken.json()["code"]) == (409, "ENDPOINT_EXISTS")
        unknown = await client.patch(path, json={"events": ["case.lost"]})
        assert unknown.json()["code"] == "EVENT_TYPE_UNKNOWN"
    changes = "action = 'webhook_endpoint.changed'"
    assert await stage.count("audit_entry", changes) == 3


async def test_what_was_delivered_stays_readable_after_deletion(stage: Stage, town: Town) -> None:
    shown = await registered(stage)
    await stage.hear(with_fire(JointOpened))
    await pump(stage)
    await stage.hear(with_fire(CaseRegraded, old_grade=Grade.SMALL))
    path = f"/webhooks/endpoints/{shown['id']}"
    async with stage.client(ENGINEER) as client:
        assert (await client.delete(path)).status_code == 204
        assert (await client.get(path)).status_code == 404
        assert (await client.delete(path)).status_code == 404
        waiting, delivered = await deliveries(stage, ENGINEER)
        assert (waiting["state"], delivered["state"]) == ("CANCELLED", "DELIVERED")
        refused = await post(client, f"deliveries/{delivered['id']}/replay")
        assert (refused.status_code, refused.json()["code"]) == (409, "ENDPOINT_DELETED")
    detail = await read(stage, f"deliveries/{delivered['id']}")
    assert detail["url"] == hook(FIRE)
    assert await pump(stage) == 0
    assert await stage.count("webhook_endpoint", "secret IS NOT NULL") == 0
    assert await registered(stage), "the address is free again"


async def test_a_test_event(stage: Stage, town: Town) -> None:
    """A delivery like any other, whatever the endpoint asked for."""
    shown = await registered(stage, events=["routing.joint_opened"])
    sent = await asked(stage, f"endpoints/{shown['id']}/test")
    assert (sent["event_type"], sent["case_id"], sent["state"]) == ("webhook.test", None, "WAITING")
    await pump(stage)
    (received,) = town.hooked(FIRE)
    assert received.payload["type"] == "webhook.test"
    assert received.payload["endpoint_id"] == shown["id"]
    assert (await read(stage, f"deliveries/{sent['id']}"))["state"] == "DELIVERED"
    async with stage.client(ENGINEER) as client:
        await client.patch(f"/webhooks/endpoints/{shown['id']}", json={"active": False})
        refused = await post(client, f"endpoints/{shown['id']}/test")
    assert (refused.status_code, refused.json()["code"]) == (409, "ENDPOINT_IS_OFF")


async def test_tests_are_counted(stage: Stage) -> None:
    shown = await registered(stage)
    async with stage.host.runtime.database.transaction() as session:
        await session.execute(
            text(
                "INSERT INTO webhook_delivery (id, endpoint_id, organisation_id, event_id,"
                " event_type, body, state, attempts, next_at, created_at, again)"
                " SELECT gen_random_uuid(), :endpoint, :fire, gen_random_uuid(), 'webhook.test',"
                " '', 'DELIVERED', 1, :now, :now, false FROM generate_series(1, 60)"
            ),
            {"endpoint": shown["id"], "fire": FIRE, "now": stage.clock.now()},
        )
    async with stage.client(ENGINEER) as client:
        refused = await post(client, f"endpoints/{shown['id']}/test")
    assert (refused.status_code, refused.json()["code"]) == (429, "TOO_MANY_WEBHOOK_TESTS")


def administrator(*divisions: str) -> Actor:
    return staff(named("guanli"), End.CENTRE, Role.ADMINISTRATOR, named("centre"), divisions)


def located(organisation: Any, division: str) -> OrganisationChanged:
    state = OrganisationState(
        id=organisation,
        version=1,
        kind=OrganisationKind.DEPARTMENT,
        specialty=None,
        level="COUNTY",
        division=division,
        display_name="演示单位",
    )
    return OrganisationChanged(organisation=state)


async def test_the_centres_administrator_looks_on_in_the_own_division(
    ready: Stage, town: Town
) -> None:
    """To help: everything but the secret, and nothing can be changed."""
    await ready.hear(located(FIRE, PLACE), located(COURT, "421281"))
    await ready.hear(with_fire(JointOpened), HANDED_OVER)
    await pump(ready)
    (delivery,) = await deliveries(ready, OFFICER_OF_FIRE)
    (foreign,) = await deliveries(ready, CLERK)
    path = f"/webhooks/endpoints/{delivery['endpoint_id']}"
    async with ready.client(administrator(PLACE)) as client:
        (endpoint,) = (await client.get("/webhooks/endpoints")).json()
        assert endpoint["organisation_id"] == str(FIRE)
        assert (await client.get(path)).json() == endpoint
        assert (await client.get(f"/webhooks/deliveries/{delivery['id']}")).status_code == 200
        assert (await client.get(f"/webhooks/deliveries/{foreign['id']}")).status_code == 404
        (listed,) = (await client.get("/webhooks/deliveries")).json()["items"]
        assert listed["id"] == delivery["id"]
        for refused in (
            await client.patch(path, json={"active": False}),
            await client.delete(path),
            await post(client, f"endpoints/{endpoint['id']}/secret", {}),
            await post(client, f"endpoints/{endpoint['id']}/test"),
            await post(client, f"deliveries/{delivery['id']}/replay"),
            await post(client, "endpoints", {"url": hook(FIRE)}),
        ):
            assert refused.status_code == 403
    async with ready.client(administrator("4212")) as client:
        assert len((await client.get("/webhooks/endpoints")).json()) == 2
        query = f"/webhooks/endpoints?organisation_id={COURT}"
        assert [each["url"] for each in (await client.get(query)).json()] == [hook(COURT)]
    for nobody in (administrator("421221"), administrator()):
        async with ready.client(nobody) as client:
            assert (await client.get("/webhooks/endpoints")).json() == []
            assert (await client.get(path)).status_code == 404


async def test_dispatchers_and_owners_are_refused(ready: Stage) -> None:
    dispatcher = staff(STRANGER, End.CENTRE, Role.DISPATCHER, named("centre"), (PLACE,))
    await ready.hear(located(FIRE, PLACE))
    for actor in (dispatcher, owner(OWNER)):
        async with ready.client(actor) as client:
            for path in ("endpoints", "deliveries", "event-types"):
                refused: httpx.Response = await client.get(f"/webhooks/{path}")
                assert refused.json()["code"] == "WEBHOOKS_FOR_ORGANISATIONS_ONLY"


async def test_a_paused_endpoint_is_resumed(ready: Stage, town: Town) -> None:
    """What waited goes out; nothing was dropped meanwhile."""
    await enter(ready, FIRE)
    (endpoint,) = await read(ready, "endpoints")
    async with ready.host.runtime.database.transaction() as session:
        await session.execute(
            text("UPDATE webhook_endpoint SET paused_at = now(), paused_because = 'GONE'")
        )
    await ready.hear(with_fire(JointOpened))
    assert await pump(ready) == 0
    (endpoint,) = await read(ready, "endpoints")
    assert endpoint["paused_because"] == "GONE"
    path = f"endpoints/{endpoint['id']}/resumption"
    for actor, status in ((OBSERVER, 403), (COURT_ENGINEER, 404), (OFFICER_OF_FIRE, 200)):
        async with ready.client(actor) as client:
            assert (await client.post(f"/webhooks/{path}")).status_code == status
    assert await pump(ready) == 1
    async with ready.client(ENGINEER) as client:
        again = await client.post(f"/webhooks/{path}")
    assert (again.status_code, again.json()["code"]) == (409, "ENDPOINT_NOT_PAUSED")
