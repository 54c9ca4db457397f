"""What the register of residents vouches for by itself (A04)."""

from __future__ import annotations

from shared.contracts.vocabulary import Relation


def vouches(said: Relation | None, asked: Relation) -> bool:
    """Only for the relation it says. An entry that says none makes nobody an owner, who may let
    others in and go: that is for a desk.
    """
    if said is None:
        return asked is not Relation.OWNER
    return said is asked
