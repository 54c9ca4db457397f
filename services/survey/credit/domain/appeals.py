"""What may be appealed, and until when (E28)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from services.survey.credit.domain.sources import Effect
from shared.clock import BEIJING
from shared.counting import civil_days_end
from shared.errors import Conflict


class AppealTooLate(Conflict):
    """The days within which this entry could be appealed are over."""

    code = "APPEAL_TOO_LATE"
    chinese = "该信用记录的申诉期限已过。"


class NothingToAppeal(Conflict):
    """This entry takes a score back; there is nothing in it to appeal."""

    code = "NOTHING_TO_APPEAL"
    chinese = "该记录撤销或更正了原有得分，没有可申诉的内容。"


def appeal_until(recorded_at: datetime, days: int) -> datetime:
    """24:00 of the last day; the day of the entry does not count."""
    return civil_days_end(recorded_at, days)


def can_be_appealed(effect: Effect, score: Decimal | None) -> bool:
    """A mark, or a score; not what only takes one back (E28)."""
    return effect == Effect.MARK or score is not None


def refuse_appeal(effect: Effect, score: Decimal | None, until: datetime, now: datetime) -> None:
    """Raises NothingToAppeal or AppealTooLate."""
    if not can_be_appealed(effect, score):
        raise NothingToAppeal
    if now > until:
        raise AppealTooLate(until=until.astimezone(BEIJING).isoformat())
