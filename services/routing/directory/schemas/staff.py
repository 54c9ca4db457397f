"""Staff accounts and mediators. Contacts go in plain and never come out."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.routing.directory.commands import Contacts, Position
from services.routing.directory.domain.mediators import Certificate
from services.routing.directory.domain.policies import may_read_contacts
from services.routing.directory.schemas.roles import GrantOut
from services.routing.directory.schemas.words import DivisionCode, Name, Version
from services.routing.directory.tables import Mediator, Staff
from shared.identity import Actor, End, Role
from shared.identity.passwords import LONGEST
from shared.ids import new_id
from shared.web.body import Body

AccountName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9._-]{2,39}$")]
NewPassword = Annotated[str, Field(max_length=LONGEST)]
Divisions = Annotated[
    tuple[Annotated[DivisionCode, Field(pattern=r"^[0-9]{2,12}$")], ...], Field(max_length=20)
]
Ids = Annotated[tuple[UUID, ...], Field(max_length=100)]


class _Account(Body):
    """`interests` are the person's companies, committees and houses (A13)."""

    display_name: Name
    organisation_id: UUID
    end: End
    roles: Annotated[frozenset[Role], Field(min_length=1)]
    divisions: Divisions = ()
    estate_ids: Ids = ()
    interests: Ids = ()
    mobile: Annotated[str, Field(max_length=30)] | None = None
    openid: Annotated[str, Field(max_length=64)] | None = None

    def contacts(self) -> Contacts:
        return Contacts(openid=self.openid, mobile=self.mobile)

    def position(self) -> Position:
        return Position(
            organisation_id=self.organisation_id,
            end=self.end,
            roles=self.roles,
            divisions=self.divisions,
            estate_ids=self.estate_ids,
            interests=frozenset(self.interests),
        )


class NewAccount(_Account):
    """The password is a first one, to be changed by its owner."""

    account: AccountName
    password: NewPassword

    def row(self, password_hash: str) -> Staff:
        return Staff(
            id=new_id(),
            account=self.account,
            display_name=self.display_name,
            organisation_id=self.organisation_id,
            end=self.end,
            roles=sorted(self.roles),
            divisions=list(self.divisions),
            estate_ids=list(self.estate_ids),
            interests=list(self.interests),
            password_hash=password_hash,
        )


class AccountRevision(_Account):
    version: Version


class StaffOut(BaseModel):
    """A member of staff as colleagues see one; `account` is for administrators."""

    id: UUID
    version: int
    account: str | None
    display_name: str
    organisation_id: UUID
    end: End
    roles: list[Role]
    active: bool

    @classmethod
    def of(cls, row: Staff, reader: Actor) -> StaffOut:
        shown = row.model_dump(include=set(cls.model_fields))
        if not may_read_contacts(reader, row.organisation_id):
            shown["account"] = None
        return cls.model_validate(shown)


class StaffDetail(StaffOut):
    """The whole account, for its owner and for administrators; the number is masked even here.

    `roles` and `interests` are those of today, `grants` those that end later or lie ahead as well.
    """

    divisions: list[str]
    estate_ids: list[UUID]
    grid_codes: list[str]
    interests: list[UUID]
    masked_mobile: str | None
    has_openid: bool
    second_factor: bool
    grants: list[GrantOut]


class NewMediator(Body):
    """A full-time mediator needs a certificate with its number (C03)."""

    staff_id: UUID
    full_time: bool
    certificate_kind: Certificate | None = None
    certificate_number: Annotated[str, Field(min_length=1, max_length=60)] | None = None

    def row(self) -> Mediator:
        return Mediator(**self.model_dump())


class MediatorOut(BaseModel):
    """`certified`: a certificate is on record; its number is shown to nobody."""

    staff_id: UUID
    display_name: str
    full_time: bool
    certified: bool
