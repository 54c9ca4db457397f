"""What of a complaint may leave intake (X15, X16)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.contracts.intake import ComplaintState
from shared.contracts.vocabulary import Channel, ComplaintStatus
from shared.identity import SYSTEM, Actor

if TYPE_CHECKING:
    from services.intake.complaints.filing.filing import Filing
    from services.intake.complaints.filing.rows import ComplaintRow
    from services.intake.complaints.tables import Complaint


def public_state(complaint: Complaint | ComplaintRow) -> ComplaintState:
    """Ids only. The account of an anonymous reporter stays here (X15), and so does the home of
    one who asked not to be named (X16).
    """
    hidden = complaint.confidential or complaint.anonymous
    return ComplaintState(
        id=complaint.id,
        version=complaint.version,
        number=complaint.number,
        channel=Channel(complaint.channel),
        state=ComplaintStatus(complaint.state),
        owner_id=None if complaint.anonymous else complaint.owner_id,
        division=complaint.division,
        estate_id=complaint.estate_id,
        building_id=complaint.building_id,
        house_id=None if hidden else complaint.house_id,
        chosen_category=complaint.chosen_category,
        confidential=complaint.confidential,
        anonymous=complaint.anonymous,
        external_number=complaint.external_number,
        submitted_at=complaint.submitted_at,
        accepted_at=complaint.accepted_at,
        case_id=complaint.case_id,
        case_number=complaint.case_number,
    )


def is_on_behalf(filed: Complaint | Filing) -> bool:
    """Filed by staff for a person without an account, who can be asked all the same."""
    reporter = filed.contact_name or filed.contact_mobile
    return filed.submitted_by is not None and reporter is not None


def author(actor: Actor, *, anonymous: bool) -> Actor:
    """Who is named as acting, in events and in the audit log."""
    return SYSTEM if anonymous else actor
