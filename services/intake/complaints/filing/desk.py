"""The desk where complaints are handed in; it writes them in batches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from asyncpg.pool import PoolConnectionProxy

from services.intake.complaints.domain.placing import HouseBindingRequired, Place, place
from services.intake.complaints.filing.attaching import Held, attach, files_of, hold, refuse_unheld
from services.intake.complaints.filing.claims import claim
from services.intake.complaints.filing.filing import Filed, Filing
from services.intake.complaints.filing.gathering import AGAIN, Again, Gatherer
from services.intake.complaints.filing.grounds import Known, look_up
from services.intake.complaints.filing.insertion import insert
from services.intake.complaints.filing.persons import refusals
from services.intake.complaints.filing.rows import row_of
from shared.database import Database, database_is_away
from shared.errors import DomainError, Unavailable
from shared.messaging.outbox import CHANNEL
from shared.privacy import Sealer
from shared.web.once import IdempotencyKeyReused

LARGEST_BATCH = 64
WRITERS = 1

Verdict = Place | Filed | DomainError
Outcome = Filed | DomainError | Again


class OutcomeUnknown(Unavailable):
    """The database did not answer; send the complaint again with the same Idempotency-Key."""

    code = "OUTCOME_UNKNOWN"
    chinese = "暂时无法确认是否提交成功，请使用同一请求标识重试。"


class FilingDesk:
    def __init__(self, database: Database, sealer: Sealer) -> None:
        self._database = database
        self._sealer = sealer
        self._gatherer: Gatherer[Filing, Filed] = Gatherer(
            self._write, largest=LARGEST_BATCH, writers=WRITERS
        )

    async def hand_in(self, filing: Filing) -> Filed:
        """Durable when it returns. Raises the domain error that refuses it, or OutcomeUnknown."""
        try:
            return await self._gatherer.submit(filing)
        except Exception as failure:  # house: edge — only an absent database is translated
            if database_is_away(failure):
                raise OutcomeUnknown from failure
            raise

    async def close(self) -> None:
        await self._gatherer.close()

    async def _write(self, filings: Sequence[Filing]) -> Sequence[Outcome]:
        pool = await self._database.pool()
        async with pool.acquire() as connection, connection.transaction():
            held = await hold(connection, filings)
            verdicts = await _verdicts(connection, filings, held)
            placed = [
                (f, v) for f, v in zip(filings, verdicts, strict=True) if isinstance(v, Place)
            ]
            numbers = await claim(connection, placed) if placed else {}
            taken = [(filing, place) for filing, place in placed if filing.id in numbers]
            await self._keep(connection, taken, numbers, held)
        if taken:
            self._database.ring(CHANNEL)
        return [
            _outcome(filing, verdict, numbers.get(filing.id))
            for filing, verdict in zip(filings, verdicts, strict=True)
        ]

    async def _keep(
        self,
        connection: PoolConnectionProxy,
        taken: Sequence[tuple[Filing, Place]],
        numbers: Mapping[UUID, str],
        held: Held,
    ) -> None:
        if not taken:
            return
        rows = [
            row_of(filing, place, numbers[filing.id], files_of(filing, held), self._sealer)
            for filing, place in taken
        ]
        await insert(connection, rows)
        await attach(connection, [filing for filing, _ in taken])


async def _verdicts(
    connection: PoolConnectionProxy, filings: Sequence[Filing], held: Held
) -> list[Verdict]:
    """The first answer if there was one, else where the complaint belongs, else why not."""
    known = await look_up(connection, filings)
    used: set[UUID] = set()
    verdicts = [_judge(*pair, held, used) for pair in zip(filings, known, strict=True)]
    pairs = zip(filings, verdicts, strict=True)
    refused = await refusals(connection, [(f, v) for f, v in pairs if isinstance(v, Place)])
    return [refused.get(f.id, v) for f, v in zip(filings, verdicts, strict=True)]


def _judge(filing: Filing, known: Known, held: Held, used: set[UUID]) -> Verdict:
    if known.reused:
        return IdempotencyKeyReused()
    if known.first is not None:
        return known.first
    try:
        refuse_unheld(filing, held, used)
        return place(filing.wish, known.ground, at_home=filing.in_person and not filing.visitor)
    except HouseBindingRequired:
        return HouseBindingRequired(call=list(filing.calls))
    except DomainError as refusal:
        return refusal


def _outcome(filing: Filing, verdict: Verdict, number: str | None) -> Outcome:
    if not isinstance(verdict, Place):
        return verdict
    if number is None:
        return AGAIN
    return Filed(filing.id, number, filing.submitted_at)
