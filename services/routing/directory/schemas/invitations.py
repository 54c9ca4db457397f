"""Invitations: what an administrator fills in, and what the invited person sends back."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.routing.directory.commands import Contacts
from services.routing.directory.domain.invitations import InvitationStatus
from services.routing.directory.domain.roles import Granted
from services.routing.directory.schemas.roles import NewGrant
from services.routing.directory.schemas.staff import AccountName, Divisions, Ids
from services.routing.directory.schemas.words import Name
from services.routing.directory.sessions.accepting import Acceptance
from services.routing.directory.tables import Staff
from services.routing.times import Moment
from shared.identity import End
from shared.identity.passwords import LONGEST
from shared.ids import new_id
from shared.web.body import Body

NOT_YET = ""  # no password matches it


class NewInvitation(Body):
    """The account waits, closed, until its person accepts."""

    account: AccountName
    display_name: Name
    mobile: Annotated[str, Field(max_length=30)]
    organisation_id: UUID
    end: End
    roles: Annotated[tuple[NewGrant, ...], Field(min_length=1, max_length=20)]
    divisions: Divisions = ()
    estate_ids: Ids = ()

    def row(self) -> Staff:
        return Staff(
            **self.model_dump(include={"account", "display_name", "organisation_id", "end"}),
            id=new_id(),
            roles=[],
            divisions=list(self.divisions),
            estate_ids=list(self.estate_ids),
            interests=[],
            password_hash=NOT_YET,
            active=False,
        )

    def contacts(self) -> Contacts:
        return Contacts(openid=None, mobile=self.mobile)

    def granted(self, today: date) -> list[Granted]:
        return [grant.granted(today) for grant in self.roles]


class InvitationOut(BaseModel):
    id: UUID
    staff_id: UUID
    account: str
    display_name: str
    organisation_id: UUID
    status: InvitationStatus
    expires_at: Moment | None
    invited_by: UUID
    invited_at: Moment


class InvitationCode(BaseModel):
    """Shown once; only a hash of it is kept."""

    account: str
    code: str
    expires_at: Moment


class InvitationAcceptance(Body):
    """The code however it was typed: with or without hyphens, in small letters."""

    account: Annotated[str, Field(min_length=1, max_length=64)]
    code: Annotated[str, Field(min_length=1, max_length=40, repr=False)]
    password: Annotated[str, Field(min_length=1, max_length=LONGEST, repr=False)]

    def acceptance(self, address: str) -> Acceptance:
        return Acceptance(self.account.casefold(), self.code, self.password, address)
