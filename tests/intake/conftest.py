"""Intake on a stage, with the WeChat simulator behind it and the demo world's estates in it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from deploy.demo import world
from deploy.simulators import build_wechat
from deploy.simulators.wechat import MiniProgram, Vendor
from services.intake.app import service
from services.intake.seeds import seed
from shared.migrating import upgrade
from shared.wechat import Credentials, MemoryTokenStore, WeChatClient, Wire
from tests.environment import environment
from tests.intake.people import estate_changed
from tests.servers import Databases
from tests.stage import Stage, staged

WECHAT = "http://wechat.test"


async def migrate(url: str) -> None:
    await asyncio.to_thread(upgrade, service.migrations, url)


@pytest.fixture
async def bare_stage(postgres: Databases, tmp_path: Path) -> AsyncIterator[Stage]:
    """Intake as it starts: no estates, no owners."""
    files = (tmp_path / "files").as_uri()
    url = await postgres.fresh_database(migrate)
    async with staged(service, url, LIUDUAN_INTAKE_FILES=files) as stage:
        yield stage


@pytest.fixture
async def stage(bare_stage: Stage) -> Stage:
    """The demo world: seven estates, the house register, twenty-two owners."""
    await seed(bare_stage.host.runtime)
    await bare_stage.hear(*(estate_changed(estate) for estate in world.ESTATES))
    return bare_stage


@pytest.fixture
async def vendor(stage: Stage) -> Vendor:
    """WeChat as the stage's intake reaches it."""
    program = MiniProgram(
        environment()["LIUDUAN_WECHAT_APP_ID"], environment()["LIUDUAN_WECHAT_APP_SECRET"]
    )
    app: FastAPI = build_wechat(program, clock=stage.clock, environment="test")
    runtime = stage.host.runtime
    await runtime.part(WeChatClient).close()
    wire = Wire(WECHAT, transport=httpx.ASGITransport(app=app))
    credentials = Credentials(program.appid, program.secret)
    runtime.put(WeChatClient(wire, credentials, MemoryTokenStore(), stage.clock))
    simulated: Vendor = app.state.vendor
    return simulated
