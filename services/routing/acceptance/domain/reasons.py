"""Why a complaint waits for a person instead of becoming a case at once (T06, X21, X28)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from shared.contracts.narrative import Narrative
from shared.identifiers import court_case_numbers_in
from shared.rulebook import Rulebook

REMINDER = "REMINDER"


class Reason(StrEnum):
    """The codes of the rulebook's `acceptance.reasons`."""

    PLACE_UNKNOWN = "PLACE_UNKNOWN"
    REMINDER_MISSING = "REMINDER_MISSING"
    COURT_NUMBER = "COURT_NUMBER"
    FINAL_PETITION = "FINAL_PETITION"


@dataclass(frozen=True)
class Matter:
    """What the rules look at: the door, the proposal of triage, the words, the place. What came in
    without any estate is not `placed`: a person finds out where it is.
    """

    channel: str
    category: str
    emergency: bool
    place_known: bool
    placed: bool
    narrative: Narrative


def reasons_to_wait(matter: Matter, rulebook: Rulebook) -> tuple[Reason, ...]:
    """None means that the system accepts it. Danger never waits (X31), and what somebody in office
    has read only for want of a place.
    """
    if matter.emergency:
        return ()
    if matter.channel in rulebook.acceptance.at_once_channels:
        return () if matter.placed else (Reason.PLACE_UNKNOWN,)
    judged = {
        Reason.PLACE_UNKNOWN: not matter.placed or _says_too_little(matter, rulebook),
        Reason.REMINDER_MISSING: _lacks_reminder(matter, rulebook),
        Reason.COURT_NUMBER: bool(court_case_numbers_in(_words(matter))),
        Reason.FINAL_PETITION: _speaks_of_final_petition(matter, rulebook),
    }
    return tuple(reason for reason, applies in judged.items() if applies)


def asked_at_once(reasons: Iterable[str]) -> tuple[str, ...]:
    """What the system asks for by itself, without a desk: the reminder of X21."""
    return (REMINDER,) if Reason.REMINDER_MISSING in tuple(reasons) else ()


def is_handleable(missing: Iterable[str], rulebook: Rulebook) -> bool:
    """T04: whether one can begin although nothing was supplied."""
    essential = {item.code for item in rulebook.acceptance.missing_items if item.essential}
    return essential.isdisjoint(missing)


def _says_too_little(matter: Matter, rulebook: Rulebook) -> bool:
    """T01: estate known, or enough words to find it."""
    at_least = rulebook.intake.text_characters_at_least
    return not matter.place_known and len(matter.narrative.text) < at_least


def _lacks_reminder(matter: Matter, rulebook: Rulebook) -> bool:
    """X21: a company that claims fees has reminded the owner first, in writing."""
    rules = rulebook.acceptance
    claims_fees = (
        matter.channel in rules.reminder_first_channels
        and matter.category in rules.reminder_first_categories
    )
    return claims_fees and all(proof.item != REMINDER for proof in matter.narrative.proofs)


def _speaks_of_final_petition(matter: Matter, rulebook: Rulebook) -> bool:
    words = _words(matter)
    return any(word in words for word in rulebook.acceptance.final_petition_words)


def _words(matter: Matter) -> str:
    return f"{matter.narrative.title}\n{matter.narrative.text}"
