"""What owners send to sign in and about themselves, and what they get."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from services.intake.owners.domain.ages import AgeBand, GuardianRelation
from services.intake.owners.domain.codes import CodePurpose
from services.intake.owners.domain.missing import Missing
from services.intake.owners.tables import PrivacyConsent
from shared.clock import BEIJING
from shared.web.body import Body

Installation = Annotated[
    str,
    Field(max_length=64, description="An id the client makes once and keeps; not a user agent."),
]
WeChatCode = Annotated[str, Field(min_length=1, max_length=512)]
MobileNumber = Annotated[str, Field(min_length=11, max_length=20)]
SmsDigits = Annotated[str, Field(pattern=r"^[0-9]{6,10}$", description="From the text message")]
PersonName = Annotated[str, Field(min_length=1, max_length=50)]


class SignIn(Body):
    """`js_code` from wx.login works once. A number comes in one of three ways, or not at all: a
    `phone_code` of the phone button, its older `encrypted_data` with `iv`, or a `mobile` with the
    `sms_code` that reached it.
    """

    js_code: WeChatCode
    phone_code: WeChatCode | None = None
    encrypted_data: Annotated[str, Field(min_length=1, max_length=4096)] | None = None
    iv: Annotated[str, Field(min_length=1, max_length=64)] | None = None
    mobile: MobileNumber | None = None
    sms_code: SmsDigits | None = None
    installation: Installation = ""

    @model_validator(mode="after")
    def number_comes_in_one_way(self) -> SignIn:
        if (self.encrypted_data is None) != (self.iv is None):
            raise ValueError("encrypted_data and iv belong together")
        if (self.mobile is None) != (self.sms_code is None):
            raise ValueError("mobile and sms_code belong together")
        ways = (self.phone_code, self.encrypted_data, self.mobile)
        if sum(way is not None for way in ways) > 1:
            raise ValueError("a number comes in one way only")
        return self


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
    missing: list[Missing]


class OwnSession(BaseModel):
    """`current` is the one that asks; `idle_until` its end if it is not used."""

    id: UUID
    opened_at: datetime
    idle_until: datetime
    ends_at: datetime
    current: bool


class CodeRequest(Body):
    """ACCOUNT: to sign in with the number or change to it; GUARDIAN: to prove a guardian's."""

    mobile: MobileNumber
    purpose: CodePurpose = CodePurpose.ACCOUNT


class CodeAsked(BaseModel):
    """The same for every number."""

    valid_minutes: int
    again_after_seconds: int


class NewMobile(Body):
    mobile: MobileNumber
    sms_code: SmsDigits


class NoticeParagraph(BaseModel):
    heading: str
    text: str


class NoticeOut(BaseModel):
    """Under `guardian_below_age` years a guardian is needed; `adult_age` begins ADULT."""

    version: str
    title: str
    paragraphs: list[NoticeParagraph]
    guardian_below_age: int
    adult_age: int


class ConsentBody(Body):
    """`version` as the notice that was shown. Say either the age band or the day of birth, of
    which only the band is kept.
    """

    version: Annotated[str, Field(min_length=1, max_length=32)]
    age_band: AgeBand | None = None
    born_on: date | None = None

    @model_validator(mode="after")
    def age_is_said_once(self) -> ConsentBody:
        if (self.age_band is None) == (self.born_on is None):
            raise ValueError("either age_band or born_on")
        return self


class GuardianBody(Body):
    """`sms_code` was sent to the guardian's `mobile` for the purpose GUARDIAN."""

    name: PersonName
    mobile: MobileNumber
    sms_code: SmsDigits
    relation: GuardianRelation


class GuardianOut(BaseModel):
    masked_name: str
    masked_mobile: str
    relation: GuardianRelation
    filed_at: datetime


class ConsentOut(BaseModel):
    """`given` false: taken back."""

    version: str
    given: bool
    at: datetime

    @classmethod
    def of(cls, row: PrivacyConsent) -> ConsentOut:
        return cls(version=row.version, given=row.given, at=row.at.astimezone(BEIJING))


class Me(BaseModel):
    """The owner's own account; numbers are masked even here. `missing` is what it still lacks."""

    id: UUID
    masked_mobile: str | None
    estate_ids: list[UUID]
    house_ids: list[UUID]
    registered_at: datetime
    privacy_version: str | None
    privacy_at: datetime | None
    age_band: AgeBand | None
    guardian: GuardianOut | None
    missing: list[Missing]


class ErasureBody(Body):
    """`js_code` of a fresh wx.login proves that it is the person, and not only the token."""

    js_code: WeChatCode
