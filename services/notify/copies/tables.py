"""The newest known state of other services' aggregates, as far as notify needs it.

Contacts are ciphertext of our own (`openid`, `mobile`); they are opened only to be written to.
`openid_index` finds whom WeChat means: owners are known by their id there, staff are not.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ARRAY, Index, Text, Uuid
from sqlmodel import Field

from services.notify.tables import Table


class OwnerCopy(Table, table=True):
    """`estate_ids` are those in which the person has a home."""

    __tablename__ = "owner_copy"
    __table_args__ = (Index("ix_owner_copy_estates", "estate_ids", postgresql_using="gin"),)

    id: UUID = Field(primary_key=True)
    version: int
    openid: str | None
    mobile: str | None
    active: bool
    estate_ids: list[UUID] = Field(sa_type=ARRAY(Uuid))


class EstateCopy(Table, table=True):
    """`division` has nine digits: its street."""

    __tablename__ = "estate_copy"

    id: UUID = Field(primary_key=True)
    version: int
    display_name: str
    division: str


class StaffCopy(Table, table=True):
    __tablename__ = "staff_copy"

    id: UUID = Field(primary_key=True)
    version: int
    organisation_id: UUID = Field(index=True)
    roles: list[str] = Field(sa_type=ARRAY(Text))
    divisions: list[str] = Field(sa_type=ARRAY(Text))
    estate_ids: list[UUID] = Field(sa_type=ARRAY(Uuid))
    grid_codes: list[str] = Field(sa_type=ARRAY(Text))
    openid: str | None
    openid_index: str | None = Field(default=None, index=True)
    mobile: str | None
    active: bool


class ComplaintCopy(Table, table=True):
    __tablename__ = "complaint_copy"

    id: UUID = Field(primary_key=True)
    version: int
    owner_id: UUID | None
    anonymous: bool


class OrganisationCopy(Table, table=True):
    """`specialty` is the code of the rulebook, e.g. HOUSING for a housing bureau."""

    __tablename__ = "organisation_copy"
    __table_args__ = (Index("ix_organisation_copy_seat", "division", "kind", "specialty"),)

    id: UUID = Field(primary_key=True)
    version: int
    kind: str
    specialty: str | None
    division: str
    display_name: str
    active: bool


class CaseCopy(Table, table=True):
    """`grid_code` begins with the community's code, and that with the street's, the division.

    `grade` is absent while there is none, and of cases from before it was kept.
    """

    __tablename__ = "case_copy"
    __table_args__ = (Index("ix_case_copy_complaint_ids", "complaint_ids", postgresql_using="gin"),)

    id: UUID = Field(primary_key=True)
    version: int
    division: str
    grid_code: str | None
    company_id: UUID | None
    confidential: bool
    grade: str | None = None
    complaint_ids: list[UUID] = Field(sa_type=ARRAY(Uuid))


class TalkScore(Table, table=True):
    """The scores that call for a talk with a company about an estate (E07, E26): `cause` as
    routing names it, `rectification_id` once something is to be mended because of them.
    """

    __tablename__ = "talk_score"
    __table_args__ = (Index("ix_talk_score_company", "company_id", "estate_id"),)

    id: UUID = Field(primary_key=True)
    cause: str
    company_id: UUID
    estate_id: UUID
    scores: list[str] = Field(sa_type=ARRAY(Text))
    rectification_id: UUID | None = Field(default=None, index=True)
