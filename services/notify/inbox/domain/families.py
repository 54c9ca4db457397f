"""What kind of message a notification is (lifecycle 3.7), for counts and filters."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Family(StrEnum):
    """案件事项、时限提醒、公示信息、系统事务."""

    CASES = "CASES"
    DEADLINES = "DEADLINES"
    NOTICES = "NOTICES"
    SYSTEM = "SYSTEM"


OTHERS: Mapping[Family, frozenset[str]] = {
    Family.DEADLINES: frozenset({"N09", "N14", "N15", "N17", "CALL_WAITING"}),
    Family.NOTICES: frozenset(
        {
            "N16",
            "CREDIT_GRADE",
            "CREDIT_GRADE_WITHDRAWN",
            "DISMISSAL_GUIDANCE",
            "DISMISSAL_GUIDANCE_WITHDRAWN",
        }
    ),
    Family.SYSTEM: frozenset(
        {"BUDGET", "WEBHOOK_RETRYING", "WEBHOOK_GONE", "WEBHOOK_FAILING", "WEBHOOK_EXCEPTION"}
    ),
}


def family_of(notification: str) -> Family:
    """Whatever is no deadline, no public notice and none of the system's own is about a case."""
    found = (family for family, codes in OTHERS.items() if notification in codes)
    return next(found, Family.CASES)
