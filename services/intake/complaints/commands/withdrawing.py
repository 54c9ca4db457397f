"""T08: the reporter does not pursue it. What becomes of the case, routing decides (X14)."""

from __future__ import annotations

from services.intake.channels.hotline.owing import owe_withdrawal
from services.intake.complaints.deed import Deed, change, record, tell
from services.intake.complaints.domain.lifecycle import Action
from services.intake.complaints.domain.privacy import public_state
from services.intake.complaints.domain.standing import refuse_late_withdrawal
from services.intake.complaints.domain.wording import Line
from services.intake.complaints.queries import state_of_case
from services.intake.complaints.tables import Complaint
from shared.contracts.intake import ComplaintWithdrawn

LINE = Line(
    "已撤回",
    "您已撤回诉求。涉及公共安全、群体性问题或违法行为的，有关部门仍会依职权继续处理。",
)


async def withdraw(deed: Deed, complaint: Complaint) -> None:
    """Raises WithdrawalTooLate or ComplaintForbids."""
    refuse_late_withdrawal(await state_of_case(deed.session, complaint))
    change(complaint, Action.WITHDRAW)
    record(deed, complaint, "complaint.withdrawn")
    withdrawn = ComplaintWithdrawn(complaint=public_state(complaint))
    await tell(deed, complaint, withdrawn, LINE)
    await owe_withdrawal(deed, complaint)
