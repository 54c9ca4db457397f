"""What a reporter says against the closing of a case (T33)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from pydantic import BaseModel, TypeAdapter

from shared.clock import BEIJING
from shared.contracts.narrative import Narrative, Objection


class Dispute(BaseModel, frozen=True):
    """An objection, when it was heard, and the version of the complaint that it made."""

    version: int
    at: datetime
    said: Objection


DISPUTES = TypeAdapter(tuple[Dispute, ...])


def with_dispute(disputes: Sequence[Dispute], one: Dispute) -> tuple[Dispute, ...]:
    """Each once, in the order in which they were said (X36, X37)."""
    if one.version in {each.version for each in disputes}:
        return tuple(disputes)
    return tuple(sorted((*disputes, one), key=lambda each: each.version))


def with_disputes(narrative: Narrative, disputes: Sequence[Dispute]) -> Narrative:
    """As it is read: what was said first stays as it was said."""
    for each in disputes:
        narrative = _with(narrative, each)
    return narrative


def reworded(objection: Objection, words: Callable[[str], str]) -> Objection:
    """`words` says a text in other words."""
    proofs = (
        proof.model_copy(update={"reference": words(proof.reference)}) for proof in objection.proofs
    )
    return objection.model_copy(update={"reason": words(objection.reason), "proofs": tuple(proofs)})


def wordless(objection: Objection) -> Objection:
    """Of an author who has left; the files are evidence of the matter."""
    return Objection(reason="", attachments=objection.attachments)


def _with(narrative: Narrative, dispute: Dispute) -> Narrative:
    local, said = dispute.at.astimezone(BEIJING), dispute.said
    when = f"{local.month}月{local.day}日 {local:%H:%M}"
    known = {each.id for each in narrative.attachments}
    more = (each for each in said.attachments if each.id not in known)
    return narrative.model_copy(
        update={
            "text": f"{narrative.text}\n【{when}申请重新办理】{said.reason}",
            "proofs": (*narrative.proofs, *said.proofs),
            "attachments": (*narrative.attachments, *more),
        }
    )
