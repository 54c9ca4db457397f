"""What looks vexatious. A person looks at it; nothing is refused or dropped for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from services.intake.neighbours.domain.likeness import Pairs
from shared.contracts.vocabulary import RefusalReason
from shared.rulebook.sections.following import Vexatious


@dataclass(frozen=True)
class Filed:
    """A complaint of the account; its estate and words decide what is the same."""

    id: UUID
    estate_id: UUID
    pairs: Pairs
    refused_as: RefusalReason | None


def repeated(filed: Sequence[Filed], rules: Vexatious) -> tuple[UUID, ...]:
    """The near-identical ones with the first, when there are too many; else nothing."""
    found = tuple(each.id for each in filed if each is filed[0] or _is_alike(filed[0], each, rules))
    return found if len(found) >= rules.alike_times else ()


def abusive(filed: Sequence[Filed], rules: Vexatious) -> tuple[UUID, ...]:
    """Those refused as abusive, when there are too many; else nothing."""
    found = tuple(each.id for each in filed if each.refused_as is RefusalReason.ABUSIVE)
    return found if len(found) >= rules.abusive_times else ()


def _is_alike(one: Filed, other: Filed, rules: Vexatious) -> bool:
    """By the share of all pairs that both have: a short text inside a long one is no repetition."""
    both = one.pairs | other.pairs
    if one.estate_id != other.estate_id or not both:
        return False
    return len(one.pairs & other.pairs) / len(both) >= rules.alike_from
