"""Nothing personal leaves by webhook, or lies in its records (invariant 10, facts 2.13)."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import text

from deploy.simulators.faults import Fault
from deploy.simulators.wechat.people import openid_of
from shared.contracts.routing import CaseDispatched, JudicialHandedOver
from shared.identity import End, Role
from shared.logs import configure_logs
from tests.environment import environment
from tests.notify.engineers import DAY, ENGINEER, asked, post, read, registered
from tests.notify.hooks import CLERK, PACKAGE, enter, pump
from tests.notify.news import owner_known
from tests.notify.town import Town
from tests.samples import COURT, FIRE, FIRE_BRIGADE, GRID_WORKER, OWNER, a_case, named, staff
from tests.stage import Stage

PHONE, NAME = "13912345678", "演示王小明"
OPENID = openid_of("wx0000000000000000", "owner-canary")
CANARIES = (PHONE, NAME, OPENID)
WORKER = GRID_WORKER.model_copy(update={"display_name": NAME})
CONCERNED = a_case(handler=FIRE_BRIGADE, units=(FIRE_BRIGADE, WORKER), estate_name=NAME)
TABLES = ("webhook_endpoint", "webhook_delivery", "webhook_attempt", "audit_entry", "outbox")


async def test_no_canary_is_found(
    stage: Stage, town: Town, capfd: pytest.CaptureFixture[str]
) -> None:
    """Planted with the owner, the worker and the estate of a case; looked for in whatever went to
    a receiver, in what the API says, in the rows and in what was logged.
    """
    configure_logs(stage.host.runtime.settings)
    endpoint = await registered(stage)
    await enter(stage, COURT)
    await stage.hear(owner_known(OWNER, "owner-canary", PHONE))
    town.party(FIRE).script.add(Fault(call=str(FIRE), status=500, body="down"))
    handed_over = JudicialHandedOver(case=CONCERNED, package=PACKAGE)
    await stage.hear(CaseDispatched(case=CONCERNED), handed_over)
    await pump(stage)
    await asked(stage, f"endpoints/{endpoint['id']}/test")
    await asked(stage, f"endpoints/{endpoint['id']}/replay", DAY)
    await pump(stage)
    sent = [
        f"{request.headers.raw} {request.content.decode()}" for request in town.network.requests
    ]
    assert len(sent) >= 4
    said = [json.dumps(await read(stage, "endpoints"), ensure_ascii=False)]
    listed = (await read(stage, "deliveries"))["items"]
    said.append(json.dumps(listed, ensure_ascii=False))
    for each in listed:
        detail = await read(stage, f"deliveries/{each['id']}")
        said.append(json.dumps(detail, ensure_ascii=False))
    async with stage.client(CLERK) as client:
        said.append((await client.get("/webhooks/deliveries")).text)
    logged = capfd.readouterr()
    for place in (*sent, *said, *await _rows(stage), logged.out, logged.err):
        assert [canary for canary in CANARIES if canary in place] == []


async def test_no_secret_is_logged(stage: Stage, capfd: pytest.CaptureFixture[str]) -> None:
    configure_logs(stage.host.runtime.settings)
    endpoint = await registered(stage)
    fresh = await asked(stage, f"endpoints/{endpoint['id']}/secret", {})
    await asked(stage, f"endpoints/{endpoint['id']}/test")
    await pump(stage)
    outsider = staff(named("outsider"), End.DEPARTMENT, Role.DEPARTMENT_OFFICER, named("other"))
    async with stage.client(outsider) as client:
        assert (await post(client, f"endpoints/{endpoint['id']}/secret", {})).status_code == 404
    async with stage.client(ENGINEER) as client:
        assert (await post(client, "endpoints", {"url": endpoint["url"]})).status_code == 409
    logged = capfd.readouterr()
    own = environment()["LIUDUAN_WEBHOOK_SIGNING_KEY"]
    for place in (logged.out, logged.err, *await _rows(stage)):
        for secret in (endpoint["secret"], fresh["secret"], own):
            assert secret not in place
            assert secret.split("_")[1] not in place


async def _rows(stage: Stage) -> list[str]:
    """Everything that notify keeps of webhooks; bodies are read as text."""
    found: list[str] = []
    async with stage.host.runtime.database.transaction() as session:
        for table in TABLES:
            rows = await session.execute(text(f"SELECT row_to_json(row)::text FROM {table} AS row"))
            found += rows.scalars()
        bodies = "SELECT convert_from(body, 'UTF8') FROM webhook_delivery"
        found += (await session.execute(text(bodies))).scalars()
    return found
