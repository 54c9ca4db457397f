"""Representatives of an estate: appointed, taken up with a code, ended (E09)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

from services.survey.ratings.domain.kinds import RepresentativeKind
from shared.clock import BEIJING
from shared.contracts.vocabulary import Relation
from shared.errors import Conflict, Forbidden, Invalid, NotFound, TooMany
from shared.rulebook.sections.ratings import Representatives as Rules


class RepresentativeStatus(StrEnum):
    INVITED = "INVITED"  # 待确认: a code may be redeemed
    LAPSED = "LAPSED"  # 邀请码已失效: another code is needed
    IN_OFFICE = "IN_OFFICE"  # 任职中
    TERM_OVER = "TERM_OVER"  # 任期届满
    ENDED = "ENDED"  # 已终止


class Ending(StrEnum):
    """Why somebody is no representative any more, apart from the end of the term."""

    RELEASED = "RELEASED"  # by a person, with a reason
    ERASED = "ERASED"  # the account is gone


class TermImpossible(Invalid):
    """The term ends today or later, and not after the longest term there is."""

    code = "REPRESENTATIVE_TERM_IMPOSSIBLE"
    chinese = "任期截止日应不早于今天，且不超过最长任期。"


class RepresentativeEnded(Conflict):
    """This appointment has ended."""

    code = "REPRESENTATIVE_ENDED"
    chinese = "该代表的任职已终止。"


class RepresentativeInOffice(Conflict):
    """This appointment was taken up; there is no code to give any more."""

    code = "REPRESENTATIVE_IN_OFFICE"
    chinese = "该代表已确认任职，无需再发邀请码。"


class AppointmentRefused(NotFound):
    """The code is wrong, has expired, or was used or taken back."""

    code = "APPOINTMENT_CODE_REFUSED"
    chinese = "代表邀请码错误或已失效。"


class AppointmentGuessedAt(TooMany):
    """Too many codes were tried; `retry_after_seconds` says when the next may be tried."""

    code = "APPOINTMENT_GUESSED_AT"
    chinese = "代表邀请码尝试次数过多，请稍后再试。"


class NoHomeThere(Forbidden):
    """Representatives have a verified home in the estate, and not as anybody's tenant where they
    speak for its owners.
    """

    code = "REPRESENTATIVE_WITHOUT_HOME"
    chinese = "代表须在本小区有已认证的住房；业主代表须为业主或其家庭成员。"


class AlreadyRepresentative(Conflict):
    """You represent this estate already; one person gives one rating."""

    code = "ALREADY_REPRESENTATIVE"
    chinese = "您已是本小区的代表，不能重复任职。"


class NotARepresentative(Forbidden):
    """Only those who are representatives of the estate at this moment may do this (E09)."""

    code = "NOT_A_REPRESENTATIVE"
    chinese = "仅限本小区在任的党员代表、业主代表操作。"


def refuse_term(ends_on: date, today: date, rules: Rules) -> None:
    """Raises TermImpossible."""
    if not today <= ends_on <= _years_later(today, rules.term_years_at_most):
        raise TermImpossible(years_at_most=rules.term_years_at_most)


def status_of(
    *,
    ends_on: date,
    code_until: datetime | None,
    taken_up: bool,
    ended: bool,
    now: datetime,
) -> RepresentativeStatus:
    """The last day of the term belongs to it."""
    if ended:
        return RepresentativeStatus.ENDED
    if ends_on < now.astimezone(BEIJING).date():
        return RepresentativeStatus.TERM_OVER
    if taken_up:
        return RepresentativeStatus.IN_OFFICE
    is_good = code_until is not None and now < code_until
    return RepresentativeStatus.INVITED if is_good else RepresentativeStatus.LAPSED


def refuse_homeless(kind: RepresentativeKind, lived_as: Iterable[Relation], rules: Rules) -> None:
    """`lived_as`: as what the person lives in the estate. Raises NoHomeThere."""
    if not set(lived_as) & set(rules.relations[kind]):
        raise NoHomeThere


def refuse_settled(status: RepresentativeStatus) -> None:
    """Raises RepresentativeEnded or RepresentativeInOffice."""
    refuse_ended(status)
    if status is RepresentativeStatus.IN_OFFICE:
        raise RepresentativeInOffice


def refuse_ended(status: RepresentativeStatus) -> None:
    """Raises RepresentativeEnded."""
    if status in {RepresentativeStatus.ENDED, RepresentativeStatus.TERM_OVER}:
        raise RepresentativeEnded(status=status)


def _years_later(day: date, years: int) -> date:
    last_of_february = day.month == 2 and day.day == 29
    return day.replace(year=day.year + years, day=28 if last_of_february else day.day)
