"""What a desk sees of the complaints it filed: the reporter's contacts are masked."""

from __future__ import annotations

from pydantic import BaseModel

from services.intake.channels.details import details_of, opened
from services.intake.complaints.domain.doors import DoorKind
from services.intake.complaints.tables import Complaint, FollowedCase
from services.intake.complaints.views import ComplaintDetail, ComplaintOut
from shared.identity import Actor
from shared.privacy import mask_name, mask_phone
from shared.runtime import Runtime


class ReporterOut(BaseModel):
    """`has_account` says that the resident can follow it in the mini-program."""

    name: str | None
    mobile: str | None
    has_account: bool

    @classmethod
    def of(cls, runtime: Runtime, complaint: Complaint) -> ReporterOut | None:
        name = opened(runtime, complaint, "contact_name")
        mobile = opened(runtime, complaint, "contact_mobile")
        if name is None and mobile is None:
            return None
        return cls(
            name=mask_name(name) if name else None,
            mobile=mask_phone(mobile) if mobile else None,
            has_account=complaint.owner_id is not None,
        )


class FiledOut(ComplaintOut):
    """A line of the list; `mine` was filed by the reader, the others by the own organisation."""

    door: DoorKind
    mine: bool

    @classmethod
    def line(
        cls, actor: Actor, complaint: Complaint, estate_name: str, case: FollowedCase | None
    ) -> FiledOut:
        own = dict(ComplaintOut.of(complaint, estate_name, case))
        mine = complaint.submitted_by == actor.id
        return cls(**own, door=DoorKind(complaint.door), mine=mine)


class FiledDetail(ComplaintDetail):
    door: DoorKind
    reporter: ReporterOut | None
    court_number: str | None

    @classmethod
    def filed(
        cls,
        runtime: Runtime,
        complaint: Complaint,
        estate_name: str,
        case: FollowedCase | None,
    ) -> FiledDetail:
        whole = dict(ComplaintDetail.whole(complaint, estate_name, case))
        return cls(
            **whole,
            door=DoorKind(complaint.door),
            reporter=ReporterOut.of(runtime, complaint),
            court_number=details_of(runtime, complaint).get("court_number"),
        )
