"""The stories on the terminal: every moment as it happens, and how each case ended."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter

from rich.console import Console
from rich.table import Table

from deploy.demo.counting import Tally, count
from deploy.demo.ephemeral import demo_environment, running
from deploy.demo.stories import STORIES, Stage, Told
from deploy.embedded.processes import free_port
from deploy.embedded.servers import PostgresServer
from shared.clock import BEIJING, SimulatedClock

BEGINNING = datetime(2026, 3, 2, 8, 0, tzinfo=BEIJING)


async def show_stories(postgres: PostgresServer, state: Path) -> Tally:
    console = Console()
    console.print("[bold]六端互通[/bold] 演示世界准备中 …")
    port = free_port()
    keys = await demo_environment(postgres, state, port)
    async with running(keys, port, SimulatedClock(BEGINNING)) as (system, client):
        console.print(f"消息通道：{system.transport.name}\n")
        stage = Stage(system, client, keys, lambda at, what: _narrate(console, at, what))
        started = perf_counter()
        told = []
        for name, (title, story) in STORIES.items():
            console.rule(f"{name} {title}")
            told.append((name, await story(stage)))
        await stage.system.move_to(system.clock.now() + timedelta(minutes=1))
        console.print(await _table(stage, told))
        tally = Tally(filed=len(told), seconds=perf_counter() - started)
        return await count(client, keys["LIUDUAN_DEMO_PASSWORD"], tally)


def _narrate(console: Console, at: datetime, what: str) -> None:
    console.print(f"  [dim]{at:%Y-%m-%d %H:%M}[/dim]  {what}")


async def _table(stage: Stage, told: list[tuple[str, Told]]) -> Table:
    table = Table(title="结果", title_justify="left")
    for heading in ("", "案件", "状态", "等级", "承办", "承诺"):
        table.add_column(heading)
    for name, each in told:
        complaint = await stage.owner(each.person).get(f"/intake/complaints/{each.complaint_id}")
        case = complaint["case"]
        promises = "、".join(
            f"{p['name']}{'逾期' if p['broken'] else '按时'}" for p in case["promises"]
        )
        table.add_row(
            name, case["number"], case["state_name"], case["grade_name"], case["handler"], promises
        )
    return table
