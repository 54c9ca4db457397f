"""What must be true of the machinery after every story, whatever the story was about."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import text

from deploy.embedded.system import System
from shared.audit import Report, verify
from shared.audit.duties import AuditDuties, trusted_keys
from shared.hosting import Host

UNSENT = text("SELECT count(*) FROM outbox WHERE sent_at IS NULL")
UNHANDLED = text("SELECT count(*) FROM inbox WHERE handled_at IS NULL")
PARKED = text("SELECT count(*) FROM parked_message")
SENT = text("SELECT body::text FROM outbox")


@dataclass(frozen=True)
class Rest:
    """One service at rest: what is left undone, and whether its audit log is whole."""

    audit: Report
    unsent: int
    unhandled: int
    parked: int


async def at_rest(system: System) -> dict[str, Rest]:
    return {name: await _rest(host) for name, host in system.hosts.items()}


async def everything_published(system: System) -> str:
    """The bodies of all events that ever left a service."""
    bodies: list[str] = []
    for host in system.hosts.values():
        async with host.runtime.database.transaction() as session:
            bodies += (await session.execute(SENT)).scalars()
    return "\n".join(bodies)


async def _rest(host: Host) -> Rest:
    duties = AuditDuties(host.runtime)
    await duties.seal()
    await duties.sign()
    async with host.runtime.database.transaction() as session:
        return Rest(
            audit=await verify(session, trusted_keys(host.runtime.settings)),
            unsent=(await session.execute(UNSENT)).scalar_one(),
            unhandled=(await session.execute(UNHANDLED)).scalar_one(),
            parked=(await session.execute(PARKED)).scalar_one(),
        )
