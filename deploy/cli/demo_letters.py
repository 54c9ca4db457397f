"""A file of letters on the terminal: a progress bar, then what became of them."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from deploy.demo.counting import Tally
from deploy.demo.ephemeral import demo_environment, running
from deploy.demo.letters import file_letters, read_letters
from deploy.embedded.processes import free_port
from deploy.embedded.servers import PostgresServer
from shared.clock import SystemClock


async def show_letters(path: Path, postgres: PostgresServer, state: Path) -> Tally:
    console = Console()
    letters = read_letters(path)
    console.print(f"六端互通：{len(letters)} 封来信，演示世界准备中 …")
    port = free_port()
    keys = await demo_environment(postgres, state, port)
    async with running(keys, port, SystemClock()) as (system, client):
        console.print(f"消息通道：{system.transport.name}")
        columns = (TextColumn("提交"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=console) as progress:
            task = progress.add_task("", total=len(letters))
            tally = await file_letters(
                system,
                client,
                keys["LIUDUAN_DEMO_PASSWORD"],
                letters,
                lambda: progress.advance(task),
            )
    console.print(_table(tally))
    return tally


def _table(tally: Tally) -> Table:
    table = Table(title="结果", title_justify="left", show_header=False)
    table.add_row("提交 filed", str(tally.filed))
    for grade, number in sorted(tally.graded.items()):
        table.add_row(f"定级 graded {grade}", str(number))
    for end, number in sorted(tally.dispatched.items()):
        table.add_row(f"派单 dispatched {end}", str(number))
    table.add_row("警务不受理 refused", str(tally.refused))
    table.add_row("尚无承办 still without handler", str(tally.unhandled))
    table.add_row("丢失 lost", str(tally.lost))
    table.add_row("每秒提交 complaints/s", f"{tally.per_second:.1f}")
    return table
