"""A disabled account is out everywhere within sixty seconds, whatever its token says."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from deploy.demo import world
from services.routing.app import service as routing
from services.survey.app import service as survey
from shared.contracts.routing import StaffSessionRevoked
from shared.housekeeping import REVOCATION_ROUND
from tests.routing.conftest import prepared
from tests.routing.directory.people import administrator, bearer, send, sign_in
from tests.servers import Databases
from tests.stage import Stage, staged
from tests.survey.conftest import migrate as migrate_survey

ACCOUNT = "xiaofang.xianan"
WITHIN = timedelta(seconds=60)


@pytest.fixture
async def url(postgres: Databases) -> str:
    return await postgres.fresh_database(prepared)


@pytest.fixture
async def stage(url: str) -> AsyncIterator[Stage]:
    async with staged(routing, url) as stage:
        yield stage


@pytest.fixture
async def elsewhere(postgres: Databases, stage: Stage) -> AsyncIterator[Stage]:
    """Another service with a database of its own, under the same clock."""
    database = await postgres.fresh_database(migrate_survey)
    async with staged(survey, database, stage.clock) as other:
        yield other


async def asked(stage: Stage, session: Any, path: str) -> tuple[int, str | None]:
    async with stage.client() as client:
        answer: httpx.Response = await client.get(path, headers=bearer(session))
    return answer.status_code, answer.json().get("code") if answer.status_code != 200 else None


async def disabled(stage: Stage) -> datetime:
    path = f"/directory/staff/{world.staff(ACCOUNT).id}/closure"
    assert (await send(stage, administrator(), "PUT", path)).status_code == 204
    return stage.clock.now()


async def test_routing_refuses_at_once_and_others_when_they_hear(
    stage: Stage, elsewhere: Stage
) -> None:
    """The token itself would be good for another fourteen minutes."""
    session = (await sign_in(stage, ACCOUNT)).json()
    stage.clock.advance(timedelta(minutes=1))
    assert await asked(elsewhere, session, "/visits") == (200, None)
    at = await disabled(stage)
    assert await asked(stage, session, "/me") == (401, "SESSION_REVOKED")
    assert await asked(elsewhere, session, "/visits") == (200, None)
    stage.clock.advance(timedelta(seconds=59))
    await elsewhere.hear(*await stage.said(StaffSessionRevoked))
    assert await asked(elsewhere, session, "/visits") == (401, "SESSION_REVOKED")
    assert stage.clock.now() - at < WITHIN
    assert stage.clock.now() < datetime.fromisoformat(session["expires_at"])


async def test_another_process_of_routing_follows(stage: Stage, url: str) -> None:
    """It looks every second; until then only its memory is behind."""
    session = (await sign_in(stage, ACCOUNT)).json()
    async with staged(routing, url, stage.clock) as other:
        await disabled(stage)
        async with other.host.runtime.database.transaction() as transaction:
            await other.host.runtime.revocations.refresh(transaction)
        assert await asked(other, session, "/me") == (401, "SESSION_REVOKED")
    assert timedelta(seconds=REVOCATION_ROUND) < WITHIN


async def test_every_session_ends_and_none_begins(stage: Stage) -> None:
    sessions = [(await sign_in(stage, ACCOUNT)).json() for _ in range(2)]
    await disabled(stage)
    assert len(await stage.said(StaffSessionRevoked)) == 2
    for session in sessions:
        renewal = {"refresh_token": session["refresh_token"]}
        async with stage.client() as client:
            refused = await client.post("/sessions/refresh", json=renewal)
        assert (refused.status_code, refused.json()["code"]) == (401, "SESSION_REVOKED")
    assert (await sign_in(stage, ACCOUNT)).status_code == 401
