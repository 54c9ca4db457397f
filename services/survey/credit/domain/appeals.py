"""What may be appealed, and until when (E28)."""

from __future__ import annotations

from datetime import datetime

from services.survey.credit.domain.sources import EntrySource
from shared.clock import BEIJING
from shared.counting import civil_days_end
from shared.errors import Conflict


class AppealTooLate(Conflict):
    """The days within which this entry could be appealed are over."""

    code = "APPEAL_TOO_LATE"
    chinese = "该信用记录的申诉期限已过。"


class NothingToAppeal(Conflict):
    """This entry takes another one back; there is nothing in it to appeal."""

    code = "NOTHING_TO_APPEAL"
    chinese = "该记录是对其他记录的撤销，不能申诉。"


def appeal_until(recorded_at: datetime, days: int) -> datetime:
    """24:00 of the last day; the day of the entry does not count."""
    return civil_days_end(recorded_at, days)


def refuse_appeal(source: EntrySource, until: datetime, now: datetime) -> None:
    """Raises NothingToAppeal or AppealTooLate."""
    if source == EntrySource.REVOCATION:
        raise NothingToAppeal
    if now > until:
        raise AppealTooLate(until=until.astimezone(BEIJING).isoformat())
