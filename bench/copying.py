"""A pair of services that does nothing but copy: routing tells of refusals, intake keeps them.

`python -m bench.copying routing|intake` runs the worker of one of them.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import uvloop
from sqlmodel import Field

from shared.clock import SystemClock
from shared.composition import choose_transport
from shared.contracts.routing import ComplaintRefused
from shared.database import new_table_base
from shared.definition import Definition
from shared.hosting import Host, run_worker
from shared.mechanisms import add_tables
from shared.messaging import Reception, Subscriptions, keep_newest
from shared.runtime import Runtime
from shared.settings import from_environment
from shared.web.front import Front

if TYPE_CHECKING:
    from sqlmodel import SQLModel as Table  # a type checker cannot follow a class made at run time
else:
    Table = new_table_base()

METADATA = Table.metadata
add_tables(METADATA)
subscriptions = Subscriptions()


class RefusalCopy(Table, table=True):
    __tablename__ = "refusal_copy"

    id: UUID = Field(primary_key=True)
    version: int
    reason: str
    hint: str


@subscriptions.batch(ComplaintRefused)
async def remember_refusals(receptions: Sequence[Reception[ComplaintRefused]]) -> None:
    rows = [reception.event.complaint.model_dump(mode="json") for reception in receptions]
    await keep_newest(receptions[0].session, RefusalCopy, rows)


async def nothing(_: Runtime) -> None:
    return None


def definition(name: str) -> Definition:
    return Definition(
        name=name,
        front=Front(title=name, routers=()),
        metadata=METADATA,
        migrations=Path(),
        subscriptions=subscriptions if name == "intake" else Subscriptions(),
        compose=nothing,
        release=nothing,
    )


async def main(name: str) -> None:
    settings = from_environment(name)
    transport = choose_transport(settings)
    await run_worker(await Host.open(definition(name), settings, SystemClock(), transport))
    await transport.close()


if __name__ == "__main__":
    uvloop.run(main(sys.argv[1]))
