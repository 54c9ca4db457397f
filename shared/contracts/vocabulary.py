"""The words that more than one service uses, spelled as in the glossary (docs/glossary.md)."""

from __future__ import annotations

from enum import StrEnum


class Grade(StrEnum):
    """小事、中事、大事 (B09, B10, B11)."""

    SMALL = "SMALL"
    MEDIUM = "MEDIUM"
    MAJOR = "MAJOR"


class Channel(StrEnum):
    """The door through which a complaint came (B03)."""

    MINI_PROGRAM = "MINI_PROGRAM"
    HOTLINE = "HOTLINE"
    WALK_IN = "WALK_IN"
    GRID_REPORT = "GRID_REPORT"
    COMPANY = "COMPANY"
    INSPECTION = "INSPECTION"
    COURT_DELEGATED = "COURT_DELEGATED"


class ComplaintStatus(StrEnum):
    """Intake side of lifecycle 3.2."""

    SUBMITTED = "SUBMITTED"
    NEED_INFO = "NEED_INFO"
    NOT_ACCEPTED = "NOT_ACCEPTED"
    ACCEPTED = "ACCEPTED"
    MERGED = "MERGED"
    WITHDRAWN = "WITHDRAWN"


class CaseStatus(StrEnum):
    """Case side of lifecycle 3.2."""

    TO_DISPATCH = "TO_DISPATCH"
    DISPATCHED = "DISPATCHED"
    RETURNED = "RETURNED"
    HANDLING = "HANDLING"
    MEDIATING = "MEDIATING"
    JOINT = "JOINT"
    SUSPENDED = "SUSPENDED"
    AGREEMENT_PERFORMING = "AGREEMENT_PERFORMING"
    JUDICIAL_CONFIRMING = "JUDICIAL_CONFIRMING"
    LITIGATION_GUIDED = "LITIGATION_GUIDED"
    IN_COURT = "IN_COURT"
    RESULT_REVIEW = "RESULT_REVIEW"
    FEEDBACK = "FEEDBACK"
    CLOSED = "CLOSED"
    TRANSFERRED = "TRANSFERRED"
    CANCELLED = "CANCELLED"


class ResultCode(StrEnum):
    """Result of a case as told to the owner (data dictionary 4.1)."""

    SOLVED = "SOLVED"
    PARTLY = "PARTLY"
    AGREED = "AGREED"
    EXPLAINED = "EXPLAINED"
    NOT_TRUE = "NOT_TRUE"
    TO_LITIGATION = "TO_LITIGATION"
    TO_AUTHORITY = "TO_AUTHORITY"
    WITHDRAWN = "WITHDRAWN"
    NOT_POSSIBLE = "NOT_POSSIBLE"


class RefusalReason(StrEnum):
    """Why a complaint is not accepted (T04, T05)."""

    POLICE = "POLICE"
    OUT_OF_SCOPE = "OUT_OF_SCOPE"
    IN_COURT = "IN_COURT"
    FINAL_PETITION = "FINAL_PETITION"
    ABUSIVE = "ABUSIVE"
    NO_INFO = "NO_INFO"


class Solved(StrEnum):
    """Answer to "is the problem solved?" (facts 2.5)."""

    YES = "YES"
    PARTLY = "PARTLY"
    NO = "NO"


class Relation(StrEnum):
    """How a person lives in a house (data dictionary 4.1)."""

    OWNER = "OWNER"
    FAMILY = "FAMILY"
    TENANT = "TENANT"


class ConfirmationOutcome(StrEnum):
    """What the court decided on an application for judicial confirmation."""

    CONFIRMED = "CONFIRMED"
    REJECTED = "REJECTED"
    NOT_ACCEPTED = "NOT_ACCEPTED"
    WITHDRAWN = "WITHDRAWN"


class OrganisationKind(StrEnum):
    """Kinds of organisations in the directory (data dictionary 4.1, facts 2.9)."""

    CENTRE = "CENTRE"
    STREET_OFFICE = "STREET_OFFICE"
    STREET_PROPERTY_OFFICE = "STREET_PROPERTY_OFFICE"
    COMMUNITY = "COMMUNITY"
    COMPANY = "COMPANY"
    DEPARTMENT = "DEPARTMENT"
    MEDIATION_COMMITTEE = "MEDIATION_COMMITTEE"
    COURT = "COURT"
    HOTLINE = "HOTLINE"
    AGENCY = "AGENCY"
    UTILITY = "UTILITY"
