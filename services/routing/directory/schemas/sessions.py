"""What staff send to sign in, and what they get."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from services.routing.directory.sessions.opening import Attempt, SignedIn
from services.routing.times import Moment
from shared.identity import totp_uri
from shared.identity.passwords import LONGEST
from shared.web.body import Body

ISSUER = "六端互通"

OneTimeCode = Annotated[str, Field(pattern=r"^[0-9]{6}$")]
Installation = Annotated[
    str,
    Field(max_length=64, description="An id the client makes once and keeps; not a user agent."),
]


class SignIn(Body):
    """`code` for accounts with a second factor."""

    account: Annotated[str, Field(min_length=1, max_length=64)]
    password: Annotated[str, Field(min_length=1, max_length=LONGEST, repr=False)]
    code: OneTimeCode | None = None
    installation: Installation = ""

    def attempt(self, address: str) -> Attempt:
        return Attempt(
            account=self.account.casefold(),
            password=self.password,
            code=self.code,
            installation=self.installation,
            address=address,
        )


class Renewal(Body):
    refresh_token: Annotated[str, Field(min_length=1, max_length=512, repr=False)]
    installation: Installation = ""


class SessionOut(BaseModel):
    """The refresh token works once; the answer to it brings the next."""

    access_token: str
    token_type: Literal["Bearer"] = "Bearer"
    expires_at: Moment
    refresh_token: str
    refresh_expires_at: Moment

    @classmethod
    def of(cls, signed_in: SignedIn) -> SessionOut:
        return cls(
            access_token=signed_in.access.value,
            expires_at=signed_in.access.expires_at,
            refresh_token=signed_in.grant.refresh_token,
            refresh_expires_at=signed_in.grant.expires_at,
        )


class PasswordChange(Body):
    present: Annotated[str, Field(min_length=1, max_length=LONGEST, repr=False)]
    new: Annotated[str, Field(min_length=1, max_length=LONGEST, repr=False)]


class CodeProof(Body):
    """The code that the app shows now."""

    code: OneTimeCode


class SecondFactorOut(BaseModel):
    """Shown once; `uri` is the content of the QR code."""

    secret: str
    uri: str

    @classmethod
    def of(cls, secret: str, account: str) -> SecondFactorOut:
        return cls(secret=secret, uri=totp_uri(secret, account=account, issuer=ISSUER))
