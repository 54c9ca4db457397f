"""Mediation is voluntary: who must have agreed, and when a party is unreachable (facts 2.1)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum

from shared.clock import BEIJING
from shared.errors import Conflict, Invalid
from shared.rulebook.sections.mediation import ContactAttempts


class Side(StrEnum):
    """OWNER stands against COMPANY, or against OTHER: a neighbour, a shop."""

    OWNER = "OWNER"
    COMPANY = "COMPANY"
    OTHER = "OTHER"


class Consent(StrEnum):
    PENDING = "PENDING"
    AGREED = "AGREED"
    REFUSED = "REFUSED"


class AnonymousCannotMediate(Conflict):
    """Nobody can be brought to one table with an anonymous reporter (X15)."""

    code = "ANONYMOUS_CANNOT_MEDIATE"
    chinese = "匿名诉求不能组织调解。"


class ConsentMissing(Conflict):
    """Both parties must have agreed before a session is scheduled."""

    code = "CONSENT_MISSING"
    chinese = "须双方当事人同意后方可安排调解。"


class ConsentRefused(Conflict):
    """A party has refused; there is no mediation against its will."""

    code = "CONSENT_REFUSED"
    chinese = "当事人已明确拒绝调解。"


class NotAParty(Invalid):
    """There is no such side in this mediation."""

    code = "NOT_A_PARTY"
    chinese = "本次调解没有这一方当事人。"


class TooFewContacts(Invalid):
    """A party counts as unreachable only after enough attempts on enough days (X22)."""

    code = "TOO_FEW_CONTACTS"
    chinese = "联系次数不足，不能认定为无法联系。"


class NotWithACommittee(Conflict):
    """Only a mediation that a committee has taken has a period to extend (CK-08)."""

    code = "NOT_WITH_A_COMMITTEE"
    chinese = "本次调解未由人民调解委员会受理，没有可以延长的期限。"


class AlreadyExtended(Conflict):
    """The parties have given this mediation more time already; they do so once."""

    code = "MEDIATION_ALREADY_EXTENDED"
    chinese = "本次调解已经当事人同意延长过一次。"


class MediationPeriodOver(Conflict):
    """The period of the mediation is over; it is extended before its end."""

    code = "MEDIATION_PERIOD_OVER"
    chinese = "调解期限已届满，不能延长。"


def respondent_of(lead: str, *, has_company: bool) -> Side:
    """Whom the owner stands against: disputes that the community leads are among neighbours."""
    return Side.COMPANY if has_company and lead != "COMMUNITY" else Side.OTHER


def refuse_unless_agreed(consents: Mapping[Side, Consent]) -> None:
    """Raises ConsentRefused or ConsentMissing."""
    refuse_if_refused(consents)
    if any(consent is not Consent.AGREED for consent in consents.values()):
        raise ConsentMissing


def refuse_if_refused(consents: Mapping[Side, Consent]) -> None:
    """Raises ConsentRefused."""
    if Consent.REFUSED in consents.values():
        raise ConsentRefused


def refuse_too_few_contacts(contacts: Collection[datetime], needed: ContactAttempts) -> None:
    """Raises TooFewContacts."""
    days = {contact.astimezone(BEIJING).date() for contact in contacts}
    if len(contacts) < needed.contacts or len(days) < needed.on_days:
        raise TooFewContacts(contacts=needed.contacts, days=needed.on_days)


def refuse_unless_all_agree(parties: Collection[Side], agreeing: Collection[Side]) -> None:
    """Raises ConsentMissing, naming who has not agreed."""
    missing = sorted(set(parties) - set(agreeing))
    if missing:
        raise ConsentMissing(parties=missing)
