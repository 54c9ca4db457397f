"""The desk where complaints are handed in; it writes them in batches."""

from __future__ import annotations

from collections.abc import Sequence

from services.intake.complaints.domain.placing import Place, place
from services.intake.complaints.filing.claims import claim
from services.intake.complaints.filing.filing import Filed, Filing
from services.intake.complaints.filing.gathering import AGAIN, Again, Gatherer
from services.intake.complaints.filing.grounds import Known, look_up
from services.intake.complaints.filing.insertion import insert
from services.intake.complaints.filing.rows import row_of
from shared.database import Database, database_is_away
from shared.errors import DomainError, Unavailable
from shared.messaging.outbox import CHANNEL
from shared.privacy import Sealer
from shared.web.once import IdempotencyKeyReused

LARGEST_BATCH = 64
WRITERS = 1

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
            known = await look_up(connection, filings)
            verdicts = [_judge(*pair) for pair in zip(filings, known, strict=True)]
            placed = [
                (filing, verdict)
                for filing, verdict in zip(filings, verdicts, strict=True)
                if isinstance(verdict, Place)
            ]
            numbers = await claim(connection, placed) if placed else {}
            rows = [
                row_of(filing, place, numbers[filing.id], self._sealer)
                for filing, place in placed
                if filing.id in numbers
            ]
            if rows:
                await insert(connection, rows)
        if rows:
            self._database.ring(CHANNEL)
        return [
            _outcome(filing, verdict, numbers.get(filing.id))
            for filing, verdict in zip(filings, verdicts, strict=True)
        ]


def _judge(filing: Filing, known: Known) -> Place | Filed | DomainError:
    """The first answer if there was one, else where the complaint belongs, else why not."""
    if known.reused:
        return IdempotencyKeyReused()
    if known.first is not None:
        return known.first
    try:
        return place(filing.wish, known.ground, only_at_home=filing.only_at_home)
    except DomainError as refusal:
        return refusal


def _outcome(filing: Filing, verdict: Place | Filed | DomainError, number: str | None) -> Outcome:
    if not isinstance(verdict, Place):
        return verdict
    if number is None:
        return AGAIN
    return Filed(filing.id, number, filing.submitted_at)
