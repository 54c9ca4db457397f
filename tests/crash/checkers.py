"""What must hold after the heal, asked of the four databases. Every figure must be nought."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import NamedTuple
from uuid import UUID

from bench.world import SERVICES, World
from shared.audit import verify
from shared.audit.duties import trusted_keys
from shared.database import Database
from shared.settings import from_environment
from tests.crash.load import Ledger

ROUTED = "SELECT complaint_id FROM case_complaint UNION ALL SELECT complaint_id FROM screening"


class Finding(NamedTuple):
    """`amount` things are not as they should be."""

    name: str
    amount: int


EVERYWHERE = {
    "events not sent": "SELECT count(*) FROM outbox WHERE sent_at IS NULL",
    "events without all receipts": "SELECT count(*) FROM outbox WHERE settled_at IS NULL",
    "events neither handled nor parked": """
        SELECT count(*) FROM inbox WHERE handled_at IS NULL AND parked_at IS NULL""",
    "events parked": "SELECT count(*) FROM parked_message",
    "facts told twice": """
        SELECT count(*) - count(DISTINCT (type, body::jsonb ->> 'subject',
                                          body::jsonb ->> 'aggregateversion')) FROM outbox""",
}

ONE_EACH = {
    "intake": {
        "complaints without a verdict": "SELECT count(*) FROM complaint WHERE state = 'SUBMITTED'",
        "complaints doubled under one key": """
            SELECT count(*) - count(DISTINCT answer) FROM idempotency_key""",
        "complaints without their audit entry": """
            SELECT count(*) FROM complaint WHERE 1 <> (
                SELECT count(*) FROM audit_entry
                WHERE action = 'complaint.submitted' AND subject_id = complaint.id::text)""",
        "timelines with a fact twice": """
            SELECT count(*) - count(DISTINCT (complaint_id, kind, position))
            FROM complaint_timeline""",
    },
    "routing": {
        "complaints in two places": f"""
            SELECT count(*) - count(DISTINCT complaint_id) FROM ({ROUTED}) AS routed""",
        "cases without a complaint": """
            SELECT count(*) FROM cases WHERE NOT EXISTS (
                SELECT 1 FROM case_complaint WHERE case_id = cases.id)""",
        "cases created twice": """
            SELECT abs((SELECT count(*) FROM cases)
                       - (SELECT count(*) FROM outbox WHERE type = 'routing.case_created'))""",
        "case histories with a step twice": """
            SELECT count(*) - count(DISTINCT (case_id, version, action)) FROM case_entry""",
    },
    "survey": {},
    "notify": {
        "messages doubled": """
            SELECT count(*) - count(DISTINCT (event_id, recipient_id, template, notification))
            FROM message""",
    },
}


async def findings(world: World, ledger: Ledger) -> AsyncIterator[Finding]:
    for service in SERVICES:
        connection = await world.connect(service)
        for name, query in (EVERYWHERE | ONE_EACH[service]).items():
            yield Finding(f"{service}: {name}", await connection.fetchval(query))
        await connection.close()
        yield await _audit(world, service)
    async for finding in _set_accounting(world, ledger):
        yield finding


async def _set_accounting(world: World, ledger: Ledger) -> AsyncIterator[Finding]:
    """Promised ⊆ routed = filed ⊆ promised ∪ unknown."""
    filed = await _filed(world)
    routed = await _routed(world)
    promised = set(ledger.promised.values())
    yield Finding("lost: promised but not routed", len(promised - routed))
    yield Finding("lost: filed but not routed", len(set(filed.values()) - routed))
    yield Finding("ghosts: routed but not filed", len(routed - set(filed.values())))
    strangers = set(filed) - set(ledger.promised) - ledger.unknown
    yield Finding("ghosts: filed under a key that nobody used", len(strangers))
    yield Finding("keys answered in two ways", len(ledger.contradictions))
    yield Finding("requests refused", ledger.refused.total())


async def _filed(world: World) -> dict[str, UUID]:
    connection = await world.connect("intake")
    rows = await connection.fetch("""
        SELECT key, complaint.id FROM complaint
        LEFT JOIN idempotency_key ON idempotency_key.answer = complaint.id::text""")
    await connection.close()
    return {row["key"]: row["id"] for row in rows}


async def _routed(world: World) -> set[UUID]:
    connection = await world.connect("routing")
    rows = await connection.fetch(ROUTED)
    await connection.close()
    return {row["complaint_id"] for row in rows}


async def _audit(world: World, service: str) -> Finding:
    trusted = trusted_keys(from_environment(service, world.environment))
    database = Database(world.database(service))
    async with database.transaction() as session:
        report = await verify(session, trusted)
    await database.dispose()
    return Finding(f"{service}: audit chain broken", 0 if report.intact else 1)
