"""What staff send from their desks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from pydantic import Field

from services.intake.channels.domain.desks import DeskDoor, Matter
from services.intake.complaints.domain.placing import Wish
from services.intake.complaints.filing import Draft, Filed
from services.intake.complaints.schemas import (
    CategoryCode,
    PlaceWords,
    ProofBody,
    Receipt,
    Story,
    Title,
)
from shared.contracts.narrative import Proof
from shared.identifiers import court_case_number, mobile_number
from shared.rulebook import Rulebook
from shared.web.body import Body

Name = Annotated[str, Field(min_length=1, max_length=50)]
Mobile = Annotated[str, Field(min_length=11, max_length=32)]


class ReporterBody(Body):
    """The resident for whom it is filed; `consents` to name and number being kept."""

    name: Name
    mobile: Mobile
    consents: bool


class RespondentBody(Body):
    """The owner a company claims from (X21): who, or which house."""

    name: Name | None = None
    mobile: Mobile | None = None
    house_id: UUID | None = None


class DeskComplaint(Body):
    """A complaint filed by staff (T01). `house_id` is the reporter's own home.

    `proofs` may come at once, e.g. a company's written REMINDER (X21); `court_number` is that of
    the dispute which a court delegates.
    """

    door: DeskDoor
    estate_id: UUID
    building_id: UUID | None = None
    house_id: UUID | None = None
    title: Title | None = None
    text: Story
    place: PlaceWords | None = None
    category: CategoryCode | None = None
    confidential: bool = False
    anonymous: bool = False
    reporter: ReporterBody | None = None
    respondent: RespondentBody | None = None
    court_number: Annotated[str, Field(min_length=1, max_length=60)] | None = None
    proofs: Annotated[tuple[ProofBody, ...], Field(max_length=20)] = ()
    attachments: Annotated[tuple[UUID, ...], Field(max_length=20)] = ()

    def matter(self) -> Matter:
        return Matter(
            door=self.door,
            has_reporter=self.reporter is not None,
            consents=self.reporter is not None and self.reporter.consents,
            anonymous=self.anonymous,
            has_respondent=self.respondent is not None,
            court_number=self.court_number,
        )

    def draft(self) -> Draft:
        return Draft(
            wish=Wish(self.estate_id, self.building_id, self.house_id),
            text=self.text,
            title=self.title,
            place=self.place,
            category=self.category,
            confidential=self.confidential,
            anonymous=self.anonymous,
            attachments=tuple(dict.fromkeys(self.attachments)),
            proofs=tuple(Proof(item=each.item, reference=each.reference) for each in self.proofs),
        )

    def reporter_mobile(self) -> str | None:
        """Raises InvalidMobileNumber."""
        return mobile_number(self.reporter.mobile) if self.reporter else None

    def details(self) -> str | None:
        """What has no column of its own. Raises InvalidCourtCaseNumber or InvalidMobileNumber."""
        asked: dict[str, object] = {}
        if self.court_number:
            asked["court_number"] = court_case_number(self.court_number).text
        if self.respondent:
            asked["respondent"] = self.respondent.model_dump(mode="json", exclude_none=True)
            if self.respondent.mobile:
                asked["respondent"] |= {"mobile": mobile_number(self.respondent.mobile)}  # type: ignore[operator]
        if self.reporter:
            asked["consent"] = True
        return json.dumps(asked, ensure_ascii=False) if asked else None


class DeskReceipt(Receipt):
    """`look_up` is what the resident is told, to be printed or read out."""

    look_up: str

    @classmethod
    def of(
        cls, filed: Filed, calls: Sequence[str], rulebook: Rulebook, code: str | None = None
    ) -> DeskReceipt:
        receipt = Receipt.of(filed, calls, rulebook, code)
        words = f"受理编号{filed.number}，查询码{code}，可凭二者在受理窗口或小程序查询进展。"
        return cls(**dict(receipt), look_up=words)
