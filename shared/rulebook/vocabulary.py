"""Words that rules and code share: grades, channels, clocks, what a breach does."""

from __future__ import annotations

from enum import StrEnum

from shared.contracts.vocabulary import Channel, Grade

__all__ = [
    "OTHERS_TIME",
    "BreachAction",
    "Channel",
    "ClockKind",
    "Desk",
    "Grade",
    "Limit",
    "SuspensionReason",
]


class ClockKind(StrEnum):
    """The clocks CK-00 to CK-18; CK-07 has four parts, CK-11 two procedures."""

    ACCEPT = "ACCEPT"
    DISPATCH = "DISPATCH"
    SIGN = "SIGN"
    MEDIATION_START = "MEDIATION_START"
    SMALL_RESOLVE = "SMALL_RESOLVE"
    FEEDBACK = "FEEDBACK"
    MEDIUM_RESOLVE = "MEDIUM_RESOLVE"
    MAJOR_CONVENE = "MAJOR_CONVENE"
    MAJOR_PLAN = "MAJOR_PLAN"
    MAJOR_INTERIM = "MAJOR_INTERIM"
    MAJOR_RESULT = "MAJOR_RESULT"
    FORMAL_MEDIATION = "FORMAL_MEDIATION"
    CONFIRMATION_APPLICATION = "CONFIRMATION_APPLICATION"
    DELEGATED_MEDIATION = "DELEGATED_MEDIATION"
    ENTRUSTED_MEDIATION = "ENTRUSTED_MEDIATION"
    ENTRUSTED_MEDIATION_SIMPLIFIED = "ENTRUSTED_MEDIATION_SIMPLIFIED"
    OWNER_CONFIRMATION = "OWNER_CONFIRMATION"
    SUPPLEMENT = "SUPPLEMENT"
    RETURN_VISIT = "RETURN_VISIT"
    REOPEN_WINDOW = "REOPEN_WINDOW"
    RECTIFICATION = "RECTIFICATION"
    FAST_FIX = "FAST_FIX"
    TRANSFER = "TRANSFER"


# Clocks that run for owners and parties: no desk is late by them, so none is warned.
OTHERS_TIME = frozenset(
    {
        ClockKind.OWNER_CONFIRMATION,
        ClockKind.RETURN_VISIT,
        ClockKind.SUPPLEMENT,
        ClockKind.REOPEN_WINDOW,
        ClockKind.CONFIRMATION_APPLICATION,
    }
)


class BreachAction(StrEnum):
    """What happens when a clock runs out (lifecycle 3.3, last column)."""

    ALERT_CENTRE = "ALERT_CENTRE"
    OVERDUE_AND_LEADER = "OVERDUE_AND_LEADER"
    AUTO_SIGN = "AUTO_SIGN"
    OVERDUE_AND_STREET = "OVERDUE_AND_STREET"
    UPGRADE_TO_MEDIUM = "UPGRADE_TO_MEDIUM"
    OVERDUE_AND_SUPERVISION = "OVERDUE_AND_SUPERVISION"
    SUPERVISION = "SUPERVISION"
    COUNTY_AND_CITY = "COUNTY_AND_CITY"
    FAIL_MEDIATION = "FAIL_MEDIATION"
    OPTION_EXPIRES = "OPTION_EXPIRES"
    BACK_TO_COURT = "BACK_TO_COURT"
    RETURN_VISIT = "RETURN_VISIT"
    REFUSE_OR_RESUME = "REFUSE_OR_RESUME"
    CLOSE_UNANSWERED = "CLOSE_UNANSWERED"
    WINDOW_ENDS = "WINDOW_ENDS"
    CREDIT_ENTRY = "CREDIT_ENTRY"
    FULL_JOINT_HANDLING = "FULL_JOINT_HANDLING"


class Desk(StrEnum):
    """Who handles, approves, reviews or is told, independent of a person's account."""

    ASSIGNEE = "ASSIGNEE"
    DIRECT_SUPERIOR = "DIRECT_SUPERIOR"
    COMMUNITY = "COMMUNITY"
    GRID_LEADER = "GRID_LEADER"
    STREET_OFFICE = "STREET_OFFICE"
    STREET_CENTRE = "STREET_CENTRE"
    COUNTY_CENTRE = "COUNTY_CENTRE"
    COUNTY_HOUSING = "COUNTY_HOUSING"
    CITY_HOUSING = "CITY_HOUSING"
    CITY_SOCIAL_WORK = "CITY_SOCIAL_WORK"
    DEPARTMENTS = "DEPARTMENTS"
    COMPANY = "COMPANY"


class SuspensionReason(StrEnum):
    """Why internal clocks may pause (T27)."""

    WAIT_OWNER = "WAIT_OWNER"
    APPRAISAL = "APPRAISAL"
    OWNERS_VOTE = "OWNERS_VOTE"
    FORCE_MAJEURE = "FORCE_MAJEURE"
    COURT = "COURT"


class Limit(StrEnum):
    """Time limit letter of a category (facts 2.9)."""

    SMALL = "S"
    MEDIUM = "M"
    MAJOR = "L"
    NONE = "-"
