"""Messages about the complaint of somebody who has left: those sent, and those put aside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from services.routing.acceptance.commands.supplement import with_what_was_told_once
from services.routing.cases.domain.disputing import reworded
from services.routing.occasion import Occasion
from shared.contracts.narrative import Narrative, Objection
from shared.privacy import CannotDecrypt, Hiding, Sealed

ABOUT = ("case", "complaint", "request")


@dataclass(frozen=True)
class Rewording:
    """Says what is sealed in a message again in other words, for the same reader."""

    on: Occasion
    hiding: Hiding
    told: Narrative

    def __call__(self, data: dict[str, Any]) -> None:
        about: dict[str, Any] = next((data[name] for name in ABOUT if data.get(name)), {})
        ways = {
            ("narrative", ""): self._narrative,
            ("words", "/objection"): self._objection,
            ("words", "/refusal"): self.hiding.words,
            ("words", "/request"): self.hiding.words,
            ("reply", "/reply"): self.hiding.words,
            ("note", "/note"): self.hiding.words,
        }
        for (name, part), way in ways.items():
            if data.get(name):
                data[name] = self._again(data[name], f"{about.get('id')}{part}", way)
        if about.get("house_id"):
            about["house_id"] = None

    def _again(self, sealed: dict[str, Any], subject: str, way: Any) -> dict[str, Any]:
        """What was sealed under another subject, or with a key that is gone, stays as it is."""
        audience = sealed["audience"]
        try:
            words = self.on.runtime.sealer.open_(Sealed.model_validate(sealed), subject=subject)
        except CannotDecrypt:
            return sealed
        again = self.on.runtime.sealer.seal(way(words), audience=audience, subject=subject)
        return again.model_dump()

    def _narrative(self, opened: str) -> str:
        """A complaint that could not be handled is replayed in the new words."""
        known = Narrative.model_validate_json(opened)
        return with_what_was_told_once(self.told, known).model_dump_json(exclude_defaults=True)

    def _objection(self, opened: str) -> str:
        objection = Objection.model_validate_json(opened)
        return reworded(objection, self.hiding.words).model_dump_json()
