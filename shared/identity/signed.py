"""Reading what a trusted key of ours has signed: one header, one algorithm, claims of one kind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Final, Generic, Literal, TypeVar
from uuid import UUID

import jwt
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from shared.identity.keys import TrustedKeys

ALGORITHM = "EdDSA"
AUDIENCE: Final = "liuduan"

_COMPACT = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{86}")
_HEADER = {"alg", "typ", "kid"}
_SIGNATURES: Final = jwt.PyJWS(algorithms=[ALGORITHM])


class NotSigned(ValueError):
    """Not in the form we sign in, by no trusted key, or for another issuer."""


class Issuer(StrEnum):
    INTAKE = "intake"
    ROUTING = "routing"


class IssuedClaims(BaseModel):
    """The payload, as strict as it can be read: no other member, no other type."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    iss: Issuer
    aud: Literal["liuduan"]
    sub: UUID
    iat: Annotated[int, Field(ge=0)]
    exp: Annotated[int, Field(ge=0)]


C = TypeVar("C", bound=IssuedClaims)


@dataclass(frozen=True)
class Signed(Generic[C]):
    """Texts with `typ` in their header, of at most `longest` characters.

    Only the compact form is taken, without padding or white space around it: a text can be written
    in one way, so its hash names it.
    """

    typ: str
    longest: int
    claims: type[C]

    def read(self, text: str, trusted: TrustedKeys) -> C:
        """Raises NotSigned."""
        known = trusted.get(self._key_id(text))
        if known is None:
            raise NotSigned
        try:
            payload = _SIGNATURES.decode(text, known.key, algorithms=[ALGORITHM])
            claims = self.claims.model_validate_json(payload)
        except (jwt.PyJWTError, ValidationError, ValueError):
            raise NotSigned from None
        if claims.iss != known.issuer:
            raise NotSigned
        return claims

    def _key_id(self, text: str) -> object:
        """The key id in a header that has exactly our three members."""
        if len(text) > self.longest or not _COMPACT.fullmatch(text):
            raise NotSigned
        try:
            header = jwt.get_unverified_header(text)
        except jwt.PyJWTError:
            raise NotSigned from None
        if header.keys() != _HEADER or header["alg"] != ALGORITHM or header["typ"] != self.typ:
            raise NotSigned
        return header["kid"]
