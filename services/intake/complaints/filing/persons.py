"""One look-up for a batch: may those who file in person do so now (A04, X41), and so often?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from services.intake.complaints.domain.limiting import Tallies, Tally, refuse_excess, refuse_flood
from services.intake.complaints.domain.placing import Place
from services.intake.complaints.domain.reporting import Person, refuse_unready
from services.intake.complaints.filing.filing import Filing, OnceKey
from shared.errors import DomainError

Placed = Sequence[tuple[Filing, Place]]

# Counting ends where a limit is reached: what a flood has left behind is not read. A key that was
# answered meanwhile is seen together with the complaint that would be counted. The account stays as
# it is until the batch is written: whoever erases it waits, and finds the complaint (facts 2.13).
LOOK_UP = """
    SELECT known.key IS NOT NULL AS answered,
           person.active, person.privacy_version, person.guardian_missing,
           own.times AS account, own.since AS account_since,
           house.times AS home, house.since AS home_since,
           heard.times AS address, heard.since AS address_since
    FROM unnest($1::uuid[], $2::uuid[], $3::text[],
                $4::timestamptz[], $5::int[], $6::timestamptz[], $7::int[], $8::timestamptz[],
                $9::text[], $10::text[])
         WITH ORDINALITY
         AS asked (owner_id, house_id, address,
                   owner_after, owner_most, house_after, house_most, address_after,
                   holder, key, position)
    LEFT JOIN LATERAL (
        SELECT key FROM idempotency_key
        WHERE actor = asked.holder AND key = asked.key LIMIT 1) AS known ON true
    LEFT JOIN LATERAL (
        SELECT active, privacy_version, guardian_missing FROM owner
        WHERE id = asked.owner_id LIMIT 1 FOR SHARE
    ) AS person ON true
    CROSS JOIN LATERAL (
        SELECT count(*) AS times, min(submitted_at) AS since FROM (
            SELECT submitted_at FROM complaint
            WHERE owner_id = asked.owner_id AND submitted_at > asked.owner_after
            ORDER BY submitted_at DESC, id DESC LIMIT asked.owner_most) AS recent
    ) AS own
    CROSS JOIN LATERAL (
        SELECT count(*) AS times, min(submitted_at) AS since FROM (
            SELECT submitted_at FROM complaint
            WHERE house_id = asked.house_id AND submitted_at > asked.house_after
            ORDER BY submitted_at DESC LIMIT asked.house_most) AS recent
    ) AS house
    CROSS JOIN LATERAL (
        SELECT CAST(coalesce(sum(times), 0) AS int) AS times, min(hour) AS since FROM filing_tally
        WHERE address = asked.address AND hour > asked.address_after
    ) AS heard
    ORDER BY asked.position
"""


async def refusals(connection: PoolConnectionProxy, placed: Placed) -> Mapping[UUID, DomainError]:
    """Why some of the complaints are not taken, by their ids."""
    in_person = [(filing, place) for filing, place in placed if filing.in_person]
    if not in_person:
        return {}
    rows = await connection.fetch(LOOK_UP, *_asked(in_person))
    before: Counter[UUID | str | None] = Counter()
    seen: set[OnceKey] = set()
    refused: dict[UUID, DomainError] = {}
    for (filing, place), row in zip(in_person, rows, strict=True):
        if row["answered"] or filing.once in seen:
            continue  # it will find the first answer
        seen.add(filing.once)
        try:
            _judge(filing, row, _tallies(row, filing, place, before))
        except DomainError as refusal:
            refused[filing.id] = refusal
            continue
        before.update((filing.owner_id, place.house_id, filing.address))
    return refused


def _judge(filing: Filing, row: asyncpg.Record, tallies: Tallies) -> None:
    """An account, consent, guardian are asked of everybody; danger has a limit of its own (X31)."""
    person = Person(row["privacy_version"], bool(row["guardian_missing"]), row["active"] is False)
    refuse_unready(filing.rulebook, person)
    limits, now = filing.rulebook.filing_limits, filing.submitted_at
    if filing.calls:
        refuse_flood(limits.danger, tallies.account, now, filing.calls)
    else:
        refuse_excess(limits, tallies, now)


def _tallies(
    row: asyncpg.Record, filing: Filing, place: Place, before: Counter[UUID | str | None]
) -> Tallies:
    """What lies in the database, and what this batch has taken from the same hands so far."""
    return Tallies(
        account=Tally(row["account"] + before[filing.owner_id], row["account_since"]),
        home=Tally(row["home"] + _more(before, place.house_id), row["home_since"]),
        address=Tally(row["address"] + _more(before, filing.address), row["address_since"]),
    )


def _more(before: Counter[UUID | str | None], key: UUID | str | None) -> int:
    return before[key] if key is not None else 0


def _asked(in_person: Placed) -> list[list[object]]:
    rows = [_question(filing, place) for filing, place in in_person]
    return [list(column) for column in zip(*rows, strict=True)]


def _question(filing: Filing, place: Place) -> tuple[object, ...]:
    limits, at = filing.rulebook.filing_limits, filing.submitted_at
    account = limits.danger if filing.calls else limits.account
    home, address = limits.home, limits.address
    after: list[datetime] = [at - limit.window for limit in (account, home, address)]
    return (
        filing.owner_id, place.house_id, filing.address,
        after[0], account.times, after[1], home.times, after[2],
        filing.once.holder, filing.once.key,
    )  # fmt: skip
