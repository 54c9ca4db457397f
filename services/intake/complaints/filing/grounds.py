"""One look-up for a batch: what stands behind each filing in the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from services.intake.complaints.domain.placing import Ground
from services.intake.complaints.filing.filing import Filed, Filing

# LATERAL … LIMIT 1 looks each row up by its index, whatever the planner believes about tables that
# were empty when it planned. The answer kept with a key of ours is the complaint's id; other
# endpoints keep other answers.
LOOK_UP = """
    SELECT known.fingerprint, first.id, first.number, first.submitted_at,
           estate.division, building.id IS NOT NULL AS building_fits,
           house.building_id AS building_of_house,
           ARRAY(SELECT ARRAY[home.house_id, inside.building_id]
                 FROM house_binding AS home JOIN house AS inside ON inside.id = home.house_id
                 WHERE home.owner_id = asked.owner_id AND home.estate_id = asked.estate_id
                   AND home.state = 'VERIFIED') AS homes
    FROM unnest($1::text[], $2::text[], $3::text[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[])
         WITH ORDINALITY
         AS asked (holder, key, fingerprint, owner_id, estate_id, building_id, house_id, position)
    LEFT JOIN LATERAL (
        SELECT fingerprint, answer FROM idempotency_key
        WHERE actor = asked.holder AND key = asked.key LIMIT 1) AS known ON true
    LEFT JOIN LATERAL (
        SELECT id, number, submitted_at FROM complaint
        WHERE id = CASE WHEN known.fingerprint = asked.fingerprint
                        THEN CAST(known.answer AS uuid) END LIMIT 1
    ) AS first ON true
    LEFT JOIN LATERAL (
        SELECT id, version, division FROM estate WHERE id = asked.estate_id LIMIT 1
    ) AS estate ON true
    LEFT JOIN LATERAL (
        SELECT id FROM building
        WHERE id = asked.building_id AND estate_id = estate.id AND version = estate.version LIMIT 1
    ) AS building ON true
    LEFT JOIN LATERAL (
        SELECT building_id FROM house
        WHERE id = asked.house_id AND estate_id = estate.id AND version = estate.version LIMIT 1
    ) AS house ON true
    ORDER BY asked.position
"""


@dataclass(frozen=True, slots=True)
class Known:
    """`first` is the answer given before under the same key, `reused` a key with another body."""

    ground: Ground
    first: Filed | None
    reused: bool


async def look_up(connection: PoolConnectionProxy, filings: Sequence[Filing]) -> list[Known]:
    rows = await connection.fetch(
        LOOK_UP,
        [filing.once.holder for filing in filings],
        [filing.once.key for filing in filings],
        [filing.once.fingerprint for filing in filings],
        [filing.owner_id for filing in filings],
        [filing.wish.estate_id for filing in filings],
        [filing.wish.building_id for filing in filings],
        [filing.wish.house_id for filing in filings],
    )
    return [_known(row) for row in rows]


def _known(row: asyncpg.Record) -> Known:
    first = None
    if row["id"] is not None:
        first = Filed(row["id"], row["number"], row["submitted_at"], replayed=True)
    return Known(
        ground=Ground(
            division=row["division"],
            building_fits=row["building_fits"],
            building_of_house=row["building_of_house"],
            homes=dict(row["homes"]),
        ),
        first=first,
        reused=row["fingerprint"] is not None and first is None,
    )
