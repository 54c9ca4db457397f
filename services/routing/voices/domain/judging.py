"""What a new complaint is to those already known of its estate: the same, alike, or alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from services.routing.voices.domain.likeness import Likeness, Voice, likeness
from shared.rulebook.sections.duplicates import Duplicates


@dataclass(frozen=True)
class Heard:
    """A complaint with its case. `joinable`: its case takes further complaints.

    Of an anonymous complaint neither owner nor household is known (X15).
    """

    complaint_id: UUID
    case_id: UUID
    voice: Voice[int]
    digest: bytes
    owner_id: UUID | None
    household: UUID | None
    building_id: UUID | None
    anonymous: bool
    joinable: bool = True


@dataclass(frozen=True)
class Resemblance:
    """The likeliest other case, with what speaks for it; `wished` by the reporter who asked to
    be joined to it.
    """

    case_id: UUID
    complaint_id: UUID
    likeness: Likeness
    same_building: bool
    same_reporter: bool
    wished: bool = False


def repeated_case(new: Heard, known: Sequence[Heard], window: timedelta) -> UUID | None:
    """X08: the case of the same words by the same person; the system joins the two (T07)."""
    for each in known:
        if each.joinable and _is_repetition(new, each, window):
            return each.case_id
    return None


def resemblance(new: Heard, known: Sequence[Heard], rules: Duplicates) -> Resemblance | None:
    """X09: what a dispatcher should look at, if anything; the older case when two are as alike."""
    found = [
        (likeness(new.voice, each.voice, rules), each) for each in known if _may_be_one(new, each)
    ]
    probable = [pair for pair in found if pair[0].score >= rules.proposed_from]
    if not probable:
        return None
    best, other = max(probable, key=lambda pair: (pair[0].score, -pair[1].voice.at.timestamp()))
    return _resembling(new, other, best)


def wished_for(
    new: Heard, known: Sequence[Heard], joins: UUID | None, rules: Duplicates
) -> Resemblance | None:
    """X09: the complaint of the same estate that the reporter asks to join, however alike."""
    for other in known:
        if other.complaint_id == joins and _may_be_one(new, other):
            found = _resembling(new, other, likeness(new.voice, other.voice, rules))
            return replace(found, wished=True)
    return None


def _resembling(new: Heard, other: Heard, how: Likeness) -> Resemblance:
    return Resemblance(
        case_id=other.case_id,
        complaint_id=other.complaint_id,
        likeness=how,
        same_building=new.building_id is not None and new.building_id == other.building_id,
        same_reporter=new.owner_id is not None and new.owner_id == other.owner_id,
    )


def _is_repetition(new: Heard, other: Heard, window: timedelta) -> bool:
    return (
        new.owner_id is not None
        and new.owner_id == other.owner_id
        and new.digest == other.digest
        and new.voice.category == other.voice.category
        and abs(new.voice.at - other.voice.at) <= window
    )


def _may_be_one(new: Heard, other: Heard) -> bool:
    """An anonymous complaint goes without feedback and rating, so it stays apart (X15)."""
    return other.joinable and new.anonymous == other.anonymous and new.case_id != other.case_id
