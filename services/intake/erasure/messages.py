"""Messages about a person who leaves, and about what the person filed: they may be sent again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from services.intake.erasure.domain.hiding import hidden_narrative, hidden_objection
from services.intake.houses.commands import Errand
from shared.contracts.narrative import Narrative, Objection
from shared.privacy import CannotDecrypt, Hiding, Sealed

CONTACTS_SAID = ("openid", "mobile", "masked_mobile")
READER = "routing"


@dataclass(frozen=True)
class Rewording:
    errand: Errand
    hiding: Hiding

    def __call__(self, data: dict[str, Any]) -> None:
        if "owner" in data:
            data["owner"] |= {name: None for name in CONTACTS_SAID if name in data["owner"]}
        if "reporter" in data:
            data["reporter"]["mobile"] = None
        if "complaint" not in data:
            return
        subject = str(data["complaint"]["id"])
        data["complaint"]["house_id"] = None
        self._again(data, "narrative", subject, self._narrative)
        self._again(data, "words", f"{subject}/objection", self._objection)

    def _again(self, data: dict[str, Any], name: str, subject: str, way: Any) -> None:
        """What routing wrote is routing's to change; what no key opens can be read by nobody."""
        if name not in data or data[name]["audience"] != READER:
            return
        sealer = self.errand.runtime.sealer
        try:
            words = sealer.open_(Sealed.model_validate(data[name]), subject=subject)
        except CannotDecrypt:
            return
        data[name] = sealer.seal(way(words), audience=READER, subject=subject).model_dump()

    def _narrative(self, opened: str) -> str:
        told = hidden_narrative(Narrative.model_validate_json(opened), self.hiding)
        return told.model_dump_json(exclude_defaults=True)

    def _objection(self, opened: str) -> str:
        return hidden_objection(
            Objection.model_validate_json(opened), self.hiding
        ).model_dump_json()
