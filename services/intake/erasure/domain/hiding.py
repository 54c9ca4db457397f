"""Words that keep the matter and lose the person: numbers, ids and the names we know."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from shared.contracts.intake import Narrative
from shared.privacy import mask_name, mask_text

SHORTEST_NAME = 2  # one character is a word of the language


@dataclass(frozen=True)
class Hiding:
    """`names` are those of the person and of whoever answers for them."""

    names: Collection[str] = field(default=(), repr=False)

    def words(self, text: str) -> str:
        for name in sorted(self.names, key=len, reverse=True):
            if len(name) >= SHORTEST_NAME:
                text = text.replace(name, mask_name(name))
        return mask_text(text)

    def or_none(self, text: str | None) -> str | None:
        return None if text is None else self.words(text)

    def narrative(self, told: Narrative) -> Narrative:
        """Without the place on the map; the building stays, because the grid depends on it."""
        proofs = tuple(
            proof.model_copy(update={"reference": self.words(proof.reference)})
            for proof in told.proofs
        )
        return told.model_copy(
            update={
                "title": self.words(told.title),
                "text": self.words(told.text),
                "place": self.or_none(told.place),
                "proofs": proofs,
                "location": None,
            }
        )
