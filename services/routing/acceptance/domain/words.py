"""What the desk reads for the states of a complaint that was not accepted at once."""

from __future__ import annotations

from collections.abc import Mapping

from services.routing.acceptance.domain.lifecycle import PendingStatus

STATES: Mapping[PendingStatus, str] = {
    PendingStatus.WAITING: "待受理",
    PendingStatus.INFO_REQUESTED: "待补正",
    PendingStatus.ACCEPTED: "已受理",
    PendingStatus.REFUSED: "不予受理",
    PendingStatus.EXPIRED: "逾期未补正",
    PendingStatus.WITHDRAWN: "已撤回",
}
