"""One statement for a batch: claim the idempotency keys, and give out the numbers of the claimed.

The network addresses they came from are counted with them. Keys and counters are taken in a fixed
order, so two batches cannot wait for each other. Numbers come from the same transaction as the
complaints: none is lost when a batch fails.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from asyncpg.pool import PoolConnectionProxy

from services.intake.complaints.domain.numbers import complaint_number, county_of, day_of
from services.intake.complaints.domain.placing import Place
from services.intake.complaints.filing.filing import Filing

CREATED = 201

CLAIM = f"""
    WITH wanted AS (
        SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::date[],
                             $7::text[], $8::timestamptz[])
                      WITH ORDINALITY AS w (holder, key, fingerprint, answer, county, day,
                                            address, hour, position)
    ), claimed AS (
        INSERT INTO idempotency_key (actor, key, fingerprint, status, answer)
        SELECT holder, key, fingerprint, {CREATED}, answer FROM wanted ORDER BY holder, key
        ON CONFLICT DO NOTHING
        RETURNING answer
    ), counted AS (
        INSERT INTO complaint_number AS counter (county, day, last)
        SELECT county, day, count(*) FROM wanted JOIN claimed USING (answer)
        GROUP BY county, day ORDER BY county, day
        ON CONFLICT (county, day) DO UPDATE SET last = counter.last + EXCLUDED.last
        RETURNING county, day, last
    ), heard AS (
        INSERT INTO filing_tally AS tally (address, hour, times)
        SELECT address, hour, count(*) FROM wanted JOIN claimed USING (answer)
        WHERE address IS NOT NULL GROUP BY address, hour ORDER BY address, hour
        ON CONFLICT (address, hour) DO UPDATE SET times = tally.times + EXCLUDED.times
    )
    SELECT answer, county, day,
           last + 1 - row_number() OVER (PARTITION BY county, day ORDER BY position DESC) AS running
    FROM wanted JOIN claimed USING (answer) JOIN counted USING (county, day)
"""


async def claim(
    connection: PoolConnectionProxy, placed: Sequence[tuple[Filing, Place]]
) -> Mapping[UUID, str]:
    """The numbers of the filings whose key was free, by complaint id."""
    rows = await connection.fetch(
        CLAIM,
        [filing.once.holder for filing, _ in placed],
        [filing.once.key for filing, _ in placed],
        [filing.once.fingerprint for filing, _ in placed],
        [str(filing.id) for filing, _ in placed],
        [county_of(place.division) for _, place in placed],
        [day_of(filing.submitted_at) for filing, _ in placed],
        [filing.address for filing, _ in placed],
        [filing.submitted_at.replace(minute=0, second=0, microsecond=0) for filing, _ in placed],
    )
    return {
        UUID(row["answer"]): complaint_number(row["county"], row["day"], row["running"])
        for row in rows
    }
