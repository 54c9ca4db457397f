"""Personal values inside events: ciphertext that only the receiving service can open."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict

from shared.privacy import envelope
from shared.privacy.envelope import UnknownKey
from shared.privacy.keys import KeyRing

VARIABLE = "LIUDUAN_SEALING_KEY_"


class Sealed(BaseModel):
    """A value for one audience; there is no plaintext in it to be logged or queued by mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    audience: str
    ciphertext: str


class Sealer:
    """One key ring per audience. A service holds its own ring and those it writes to.

    The rings are symmetric: whoever may write to an audience could also read what is sent to it,
    a service that has nothing to say to it must therefore not be given its ring.
    """

    def __init__(self, rings: Mapping[str, KeyRing]) -> None:
        self._rings = dict(rings)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Sealer:
        """Takes every `LIUDUAN_SEALING_KEY_<AUDIENCE>`; an audience is written in lower case.

        Raises BadKeyRing.
        """
        return cls(
            {
                name.removeprefix(VARIABLE).lower(): KeyRing.parse(value)
                for name, value in environment.items()
                if name.startswith(VARIABLE) and value
            }
        )

    def seal(self, text: str, *, audience: str, subject: str) -> Sealed:
        """`subject` names whose value it is and which, e.g. `<complaint id>/phone`.

        It must be given again to open: a sealed value cannot be moved to another subject.
        Raises UnknownKey when this service may not write to the audience.
        """
        ring = self._ring(audience)
        return Sealed(
            audience=audience, ciphertext=envelope.lock(ring, text, _context(audience, subject))
        )

    def open_(self, sealed: Sealed, *, subject: str) -> str:
        """Raises UnknownKey when this service is not the audience, else as FieldCipher.decrypt."""
        ring = self._ring(sealed.audience)
        return envelope.unlock(ring, sealed.ciphertext, _context(sealed.audience, subject))

    def _ring(self, audience: str) -> KeyRing:
        if audience not in self._rings:
            raise UnknownKey(f"no sealing key for the audience {audience!r}")
        return self._rings[audience]


def _context(audience: str, subject: str) -> tuple[str, ...]:
    return ("sealed", audience, subject)
