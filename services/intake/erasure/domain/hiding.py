"""What was sealed for routing, keeping the matter and losing the person."""

from __future__ import annotations

from collections.abc import Iterable

from shared.contracts.narrative import Narrative, Objection, Proof
from shared.privacy import Hiding


def hidden_narrative(told: Narrative, hiding: Hiding) -> Narrative:
    """Without the way to the door and the place on the map; the building stays, because the grid
    depends on it.
    """
    return told.model_copy(
        update={
            "title": hiding.words(told.title),
            "text": hiding.words(told.text),
            "place": None,
            "proofs": _proofs(told.proofs, hiding),
            "location": None,
        }
    )


def hidden_objection(said: Objection, hiding: Hiding) -> Objection:
    words = {"reason": hiding.words(said.reason), "proofs": _proofs(said.proofs, hiding)}
    return said.model_copy(update=words)


def _proofs(proofs: Iterable[Proof], hiding: Hiding) -> tuple[Proof, ...]:
    return tuple(
        proof.model_copy(update={"reference": hiding.words(proof.reference)}) for proof in proofs
    )
