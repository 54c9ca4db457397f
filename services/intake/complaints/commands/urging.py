"""T45: the reporter urges the handler, once in 24 hours (X17)."""

from __future__ import annotations

from services.intake.complaints.deed import Deed, record, tell
from services.intake.complaints.domain.privacy import public_state
from services.intake.complaints.domain.standing import refuse_nothing_to_urge
from services.intake.complaints.domain.urging import refuse_too_soon
from services.intake.complaints.domain.wording import Line
from services.intake.complaints.queries import state_of_case
from services.intake.complaints.tables import Complaint
from shared.contracts.intake import ComplaintUrged
from shared.contracts.vocabulary import ComplaintStatus

LINE = Line("您已催办", "已收到您的催办，将转达承办单位。")


async def urge(deed: Deed, complaint: Complaint) -> None:
    """Raises NothingToUrge or UrgedTooSoon."""
    case_state = await state_of_case(deed.session, complaint)
    refuse_nothing_to_urge(ComplaintStatus(complaint.state), case_state)
    refuse_too_soon(deed.rulebook.urging, complaint.urged_at, deed.at)
    complaint.urged_at = deed.at
    complaint.urges += 1
    complaint.version += 1
    record(deed, complaint, "complaint.urged")
    urged = ComplaintUrged(complaint=public_state(complaint), times=complaint.urges)
    await tell(deed, complaint, urged, LINE)
