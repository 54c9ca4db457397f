"""What PostgreSQL itself can do: the rows of one complaint, inserted by pgbench.

The statements are made from a complaint that was really filed, so that the rows are as long. The
counter is one per client: otherwise the lock on one row would be measured.
"""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import asyncpg

from deploy.embedded.binaries import postgres_binaries

CLIENTS = 32
THREADS = 2

COMPLAINT = {"id": "gen_random_uuid()", "number": "gen_random_uuid()::text"}
TIMELINE = {"complaint_id": ":complaint", "event_id": "gen_random_uuid()"}
AUDIT = {"id": "gen_random_uuid()", "subject_id": ":complaint"}
OUTBOX = {"id": "gen_random_uuid()"}
KEY = {"key": "gen_random_uuid()::text", "answer": ":complaint"}
LEFT_OUT = {"outbox": {"position"}, "audit_entry": {"sequence", "prev_hash", "hash"}}


class Failed(Exception):
    """pgbench did not run; the text is what it wrote."""


async def script(connection: asyncpg.Connection) -> str:
    """One transaction per line of work, from the last complaint in this database."""
    made = {
        "complaint": await _insert(connection, "complaint", COMPLAINT),
        "complaint_timeline": await _insert(connection, "complaint_timeline", TIMELINE),
        "audit_entry": await _insert(connection, "audit_entry", AUDIT),
        "outbox": await _insert(connection, "outbox", OUTBOX),
        "idempotency_key": await _insert(connection, "idempotency_key", KEY),
    }
    return "\n".join(
        (
            "BEGIN;",
            f"{made.pop('complaint')} RETURNING id AS complaint \\gset",
            *(f"{statement};" for statement in made.values()),
            "INSERT INTO complaint_number AS counter (county, day, last)"
            " VALUES ((:client_id)::integer::text, current_date, 1)"
            " ON CONFLICT (county, day) DO UPDATE SET last = counter.last + 1;",
            "END;",
            "",
        )
    )


async def transactions_per_second(url: str, file: Path, seconds: float) -> float:
    """Raises Failed."""
    parts = urlsplit(url)
    process = await asyncio.create_subprocess_exec(
        postgres_binaries() / "pgbench",
        *("-n", "-M", "prepared", "-c", str(CLIENTS), "-j", str(THREADS)),
        *("-T", str(round(seconds)), "-f", str(file)),
        *("-h", str(parts.hostname), "-p", str(parts.port), "-U", str(parts.username)),
        parts.path.lstrip("/"),
        env={"PGPASSWORD": str(parts.password)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    output, errors = await process.communicate()
    found = re.search(rb"tps = ([0-9.]+)", output)
    if found is None or process.returncode or not float(found[1]):
        raise Failed(errors.decode()[-2000:])
    return float(found[1])


async def _insert(connection: asyncpg.Connection, table: str, made: dict[str, str]) -> str:
    """An INSERT of the newest row of `table`, with what must differ made anew."""
    newest = await connection.fetchrow(f"SELECT * FROM {table} ORDER BY ctid DESC LIMIT 1")
    assert newest is not None, table
    columns = [name for name in newest.keys() if name not in LEFT_OUT.get(table, ())]  # noqa: SIM118
    values = [made.get(name) or _literal(newest[name]) for name in columns]
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(values)})"


def _literal(value: Any) -> str:
    """pgbench takes `:word` for a variable even between quotes, so JSON gets its blanks back."""
    if value is None:
        return "NULL"
    if isinstance(value, list):
        return f"ARRAY[{', '.join(map(_literal, value))}]"
    if str(value).startswith("{"):
        value = json.dumps(json.loads(str(value)), ensure_ascii=False)
    quoted = str(value).replace("'", "''")
    return f"'{quoted}'"
