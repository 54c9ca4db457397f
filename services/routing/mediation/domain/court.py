"""When a mediator confirms that a court's matter has arrived (T41)."""

from __future__ import annotations

from datetime import datetime

from shared.errors import Conflict


class NotForACourt(Conflict):
    """No court has given this matter to the mediator."""

    code = "NOT_FOR_A_COURT"
    chinese = "本次调解不是法院委派或委托的调解。"


class ReceivedAlready(Conflict):
    """The receipt of the court's papers is confirmed already."""

    code = "RECEIVED_ALREADY"
    chinese = "已确认收到法院移交的材料。"


def refuse_received(procedure: str | None, received_at: datetime | None) -> str:
    """The procedure the court chose. Raises NotForACourt or ReceivedAlready."""
    if procedure is None:
        raise NotForACourt
    if received_at is not None:
        raise ReceivedAlready
    return procedure
