"""What owners send to sign in, and what they get."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from shared.web.body import Body

Installation = Annotated[
    str,
    Field(max_length=64, description="An id the client makes once and keeps; not a user agent."),
]
WeChatCode = Annotated[str, Field(min_length=1, max_length=512)]


class SignIn(Body):
    """`js_code` from wx.login, `phone_code` from the phone button; each works once."""

    js_code: WeChatCode
    phone_code: WeChatCode | None = None
    installation: Installation = ""


class Renewal(Body):
    refresh_token: Annotated[str, Field(min_length=1, max_length=512)]
    installation: Installation = ""


class SessionOut(BaseModel):
    """The refresh token works once; the answer to it brings the next."""

    access_token: str
    token_type: Literal["Bearer"] = "Bearer"
    expires_at: datetime
    refresh_token: str
    refresh_expires_at: datetime


class Me(BaseModel):
    """The owner's own account; the number is masked even here."""

    id: UUID
    masked_mobile: str | None
    estate_ids: list[UUID]
    house_ids: list[UUID]
    registered_at: datetime
