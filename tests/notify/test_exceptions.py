"""T20, rule 10: private networks for webhooks, asked for, approved by two, revoked."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import text

from services.notify.exceptions.domain.lifecycle import (
    TRANSITIONS,
    ExceptionAction,
    ExceptionSettled,
    ExceptionStatus,
    advance,
)
from services.notify.settings import NotifySettings
from services.notify.webhooks.sending.posting import Posting
from services.notify.webhooks.sending.sender import WebhookSender
from services.notify.webhooks.sending.ways import Egress
from shared.contracts.routing import JointOpened
from shared.egress import tls
from shared.identity import Actor, End, Role
from tests.notify.engineers import ENGINEER, OBSERVER
from tests.notify.hooks import CLERK, OFFICER_OF_FIRE, deliveries, enter, pump, with_fire
from tests.notify.news import CENTRE, organisation_known, staff_known
from tests.notify.receivers import Names
from tests.notify.test_forbidden import Sockets
from tests.samples import COURT, FIRE, WORKER, named, owner, staff
from tests.stage import Stage

COUNTY = "421202"
PRIVATE = "10.1.2.3"
URL = f"https://{PRIVATE}/hook"
WISH = {"cidr": "10.1.2.0/24", "reason": "接收系统在政务外网，无公网地址"}


def administrator(name: str, *divisions: str) -> Actor:
    role = Role.ADMINISTRATOR
    return staff(named(name), End.CENTRE, role, CENTRE, divisions or (COUNTY,))


FIRST, SECOND, ELSEWHERE = (
    administrator("first"),
    administrator("second", "4212"),
    administrator("elsewhere", "421281"),
)
DISPATCHER = staff(named("desk"), End.CENTRE, Role.DISPATCHER, CENTRE, (COUNTY,))
COLLEAGUE = staff(named("colleague"), End.DEPARTMENT, Role.DEPARTMENT_OFFICER, FIRE)


@pytest.fixture
async def endpoint(stage: Stage) -> UUID:
    """Of the fire brigade of the county."""
    await stage.hear(organisation_known(FIRE, "DEPARTMENT", "FIRE", COUNTY, "演示消防"))
    await enter(stage, FIRE, url=URL)
    async with stage.host.runtime.database.transaction() as session:
        found = await session.execute(text("SELECT id FROM webhook_endpoint"))
        return UUID(str(found.scalar_one()))


async def post(stage: Stage, actor: Actor, path: str, body: Any = None) -> httpx.Response:
    async with stage.client(actor) as client:
        headers = {"Idempotency-Key": str(uuid4())}
        return await client.post(f"/webhooks{path}", json=body, headers=headers)


async def asked(stage: Stage, endpoint: UUID, actor: Actor = OFFICER_OF_FIRE) -> str:
    answer = await post(stage, actor, f"/endpoints/{endpoint}/exceptions", WISH)
    assert answer.status_code == 201, answer.text
    assert answer.json()["state"] == "ASKED"
    return str(answer.json()["id"])


async def approve(stage: Stage, actor: Actor, exception: str) -> httpx.Response:
    return await post(stage, actor, f"/exceptions/{exception}/approval")


async def revoke(stage: Stage, actor: Actor, exception: str) -> httpx.Response:
    return await post(stage, actor, f"/exceptions/{exception}/revocation")


async def test_two_of_the_centre_open_a_network(stage: Stage, endpoint: UUID) -> None:
    """Sockets are opened after the second approval, and not after the revocation."""
    runtime, sockets = stage.host.runtime, Sockets()
    keys = runtime.part(NotifySettings).signing_keys
    posting = Posting(Egress(Names({}), tls(), sockets=sockets))
    sender = WebhookSender(runtime, keys, posting, chance=lambda: 0.0)
    runtime.put(sender)

    async def attempt() -> str:
        await stage.hear(with_fire(JointOpened))
        await pump(stage)
        (newest, *_) = await deliveries(stage, OFFICER_OF_FIRE)
        async with runtime.database.transaction() as session:
            await session.execute(text("DELETE FROM webhook_delivery"))
            await session.execute(text("UPDATE webhook_endpoint SET failures = 0, probe_at = NULL"))
        return str(newest["last_failure"])

    assert await attempt() == "AddressRefused"
    exception = await asked(stage, endpoint)
    assert (await approve(stage, FIRST, exception)).json()["state"] == "APPROVED_ONCE"
    assert await attempt() == "AddressRefused", "one is not enough"
    assert sockets.opened == []
    in_force = (await approve(stage, SECOND, exception)).json()
    assert (in_force["state"], in_force["in_force_at"]) == ("IN_FORCE", "2026-03-02T09:00:00+08:00")
    assert in_force["approved_by"] == [str(FIRST.id), str(SECOND.id)]
    assert await attempt() == "ConnectError"
    assert sockets.opened == [PRIVATE]
    assert (await revoke(stage, COLLEAGUE, exception)).json()["state"] == "REVOKED"
    assert await attempt() == "AddressRefused"
    assert sockets.opened == [PRIVATE]
    await sender.close()
    for done, times in (("asked", 1), ("approved", 2), ("revoked", 1)):
        assert await stage.count("audit_entry", f"action = 'webhook_exception.{done}'") == times


async def test_who_decides_is_told_of_the_request(stage: Stage, endpoint: UUID) -> None:
    keeper = staff_known(FIRST.id, "keeper", named("centre"), roles=("ADMINISTRATOR",),
                         divisions=(COUNTY,), end="CENTRE")  # fmt: skip
    await stage.hear(keeper)
    await asked(stage, endpoint)
    for actor, told in ((FIRST, ["WEBHOOK_EXCEPTION"]), (ELSEWHERE, []), (COLLEAGUE, [])):
        async with stage.client(actor) as client:
            inbox = (await client.get("/inbox")).json()["items"]
        assert [each["notification"] for each in inbox] == told


async def test_two_means_two_who_did_not_ask(stage: Stage, endpoint: UUID) -> None:
    own = await asked(stage, endpoint, FIRST)
    refused = await approve(stage, FIRST, own)
    assert (refused.status_code, refused.json()["code"]) == (403, "APPROVER_NOT_INDEPENDENT")
    assert (await approve(stage, SECOND, own)).status_code == 200
    again = await approve(stage, SECOND, own)
    assert (again.status_code, again.json()["code"]) == (403, "APPROVER_NOT_INDEPENDENT")
    third = await approve(stage, administrator("third"), own)
    assert third.json()["state"] == "IN_FORCE"
    late = await approve(stage, administrator("fourth"), own)
    assert (late.status_code, late.json()["code"]) == (409, "EXCEPTION_SETTLED")


async def test_who_decides(stage: Stage, endpoint: UUID) -> None:
    """Administrators of the centre for that place; whoever asks sees, but does not decide."""
    exception = await asked(stage, endpoint)
    for actor, status, code in (
        (COLLEAGUE, 403, "CENTRE_ADMINISTRATORS_ONLY"),
        (DISPATCHER, 404, "EXCEPTION_NOT_FOUND"),
        (ELSEWHERE, 404, "EXCEPTION_NOT_FOUND"),
        (CLERK, 404, "EXCEPTION_NOT_FOUND"),
        (owner(), 404, "EXCEPTION_NOT_FOUND"),
    ):
        answer = await approve(stage, actor, exception)
        assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert (await revoke(stage, ELSEWHERE, exception)).status_code == 404
    assert (await approve(stage, FIRST, exception)).status_code == 200
    assert (await revoke(stage, FIRST, exception)).json()["revoked_by"] == str(FIRST.id)
    assert (await revoke(stage, FIRST, exception)).json()["code"] == "EXCEPTION_SETTLED"


async def test_who_observes_neither_asks_nor_revokes(stage: Stage, endpoint: UUID) -> None:
    """A20: who observes changes nothing."""
    exception = await asked(stage, endpoint)
    path = f"/endpoints/{endpoint}/exceptions"
    async with stage.client(OBSERVER) as client:
        assert len((await client.get(f"/webhooks{path}")).json()) == 1
    for refused in (
        await post(stage, OBSERVER, path, WISH),
        await revoke(stage, OBSERVER, exception),
    ):
        assert (refused.status_code, refused.json()["code"]) == (403, "WEBHOOK_OPERATORS_ONLY")
    assert (await revoke(stage, COLLEAGUE, exception)).status_code == 200


async def test_who_asks_and_who_sees(stage: Stage, endpoint: UUID) -> None:
    await asked(stage, endpoint)
    await asked(stage, endpoint, SECOND)
    worker = staff(WORKER, End.GRID, Role.GRID_WORKER, named("community"))
    path = f"/endpoints/{endpoint}/exceptions"
    for actor, count in ((COLLEAGUE, 2), (FIRST, 3), (CLERK, None), (worker, None)):
        async with stage.client(actor) as client:
            seen = await client.get(f"/webhooks{path}")
        wanted = await post(stage, actor, path, WISH)
        if count is None:
            assert (seen.status_code, wanted.status_code) == (404, 404)
            continue
        assert [each["reason"] for each in seen.json()] == [WISH["reason"]] * count
    assert await stage.count("webhook_exception", "state = 'ASKED'") == 2 + 2


@pytest.mark.parametrize(
    ("cidr", "why"),
    [
        ("10.1.2.0/24", None),
        ("172.31.0.5/32", None),
        ("192.168.7.7", None),
        ("fd12:3456::/64", None),
        ("10.1.2.3/24", "SPELLING"),
        ("10.1.2.0/255.255.255.0/24", "SPELLING"),
        ("0x0a010200/24", "SPELLING"),
        ("fd12::%eth0/64", "SPELLING"),
        ("10.1.0.0/16", "TOO_WIDE"),
        ("fd00::/48", "TOO_WIDE"),
        ("0.0.0.0/0", "NOT_PRIVATE"),
        ("8.8.8.0/24", "NOT_PRIVATE"),
        ("127.0.0.0/24", "NOT_PRIVATE"),
        ("169.254.169.254/32", "NOT_PRIVATE"),
        ("100.100.100.200/32", "NOT_PRIVATE"),
        ("fe80::/64", "NOT_PRIVATE"),
        ("::1/128", "NOT_PRIVATE"),
        ("::ffff:10.1.2.3/128", "NOT_PRIVATE"),
        ("fd00:ec2::/64", "NOT_PRIVATE"),
        ("fd20:ce::254/128", "NOT_PRIVATE"),
        ("fd00:c1::/64", "NOT_PRIVATE"),
    ],
)
async def test_what_can_be_asked_for(
    stage: Stage, endpoint: UUID, cidr: str, why: str | None
) -> None:
    """Small private networks; never loopback, link-local or metadata addresses."""
    answer = await post(
        stage, OFFICER_OF_FIRE, f"/endpoints/{endpoint}/exceptions", WISH | {"cidr": cidr}
    )
    if why is None:
        assert answer.status_code == 201
        return
    assert (answer.status_code, answer.json()["code"]) == (422, "NETWORK_REFUSED")
    assert answer.json()["why"] == why


async def test_an_exception_serves_one_endpoint(stage: Stage, endpoint: UUID) -> None:
    await enter(stage, COURT, url=f"https://{PRIVATE}/court")
    exception = await asked(stage, endpoint)
    for administrator_ in (FIRST, SECOND):
        await approve(stage, administrator_, exception)
    async with stage.client(FIRST) as client:
        other = await client.get(f"/webhooks/endpoints/{uuid4()}/exceptions")
    assert other.json()["code"] == "ENDPOINT_NOT_FOUND"
    assert await stage.count("webhook_exception", f"endpoint_id = '{endpoint}'") == 1
    assert await stage.count("webhook_exception") == 1


@pytest.mark.parametrize("state", ExceptionStatus)
@pytest.mark.parametrize("action", ExceptionAction)
def test_states_change_by_the_table_alone(state: ExceptionStatus, action: ExceptionAction) -> None:
    if action in TRANSITIONS[state]:
        assert advance(state, action) is TRANSITIONS[state][action]
        return
    with pytest.raises(ExceptionSettled):
        advance(state, action)


async def test_what_was_approved_for_one_address_is_good_for_no_other(
    stage: Stage, endpoint: UUID
) -> None:
    exception = await asked(stage, endpoint)
    for actor in (FIRST, SECOND):
        assert (await approve(stage, actor, exception)).status_code == 200
    async with stage.client(ENGINEER) as client:
        for wish, state in (
            ({"description": "新机房"}, "IN_FORCE"),
            ({"url": "https://10.1.2.9/hook"}, "REVOKED"),
        ):
            changed = await client.patch(f"/webhooks/endpoints/{endpoint}", json=wish)
            assert changed.status_code == 200, changed.text
            (seen,) = (await client.get(f"/webhooks/endpoints/{endpoint}/exceptions")).json()
            assert seen["state"] == state
