"""A client for the demo world, and where its estates lie: invented points around real towns."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from deploy.demo import world
from services.intake.open311.clients import hash_of
from services.intake.open311.tables import EstateLocation, Open311Client
from shared.identity import SYSTEM
from shared.runtime import Runtime

POINTS = {
    "温泉花园（演示）": (29.8402, 114.3312),
    "桂语雅苑（演示）": (29.8518, 114.3405),
    "浮山新村（演示）": (29.8731, 114.2988),
    "鱼岳江景（演示）": (29.9706, 113.9210),
    "嘉鱼新城（演示）": (29.9812, 113.9402),
    "赤马港家园（演示）": (29.7302, 113.9001),
    "蒲圻老街（演示）": (29.7195, 113.8827),
}


async def seed_open311(session: AsyncSession, runtime: Runtime, at: datetime) -> None:
    """May be repeated."""
    client = {
        "id": world.demo_id("open311", "demo"),
        "name": "演示接入方",
        "key_hash": hash_of(runtime.settings.text("GEOREPORT_DEMO_KEY")),
        "created_at": at,
    }
    changed = {"changed_at": at, "changed_by": SYSTEM.id}
    points = [
        {"estate_id": world.estate(name).id, "latitude": north, "longitude": east, **changed}
        for name, (north, east) in POINTS.items()
    ]
    await session.execute(insert(Open311Client).values(client).on_conflict_do_nothing())
    await session.execute(insert(EstateLocation).values(points).on_conflict_do_nothing())
