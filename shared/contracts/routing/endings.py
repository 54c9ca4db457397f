"""Ends other than closing: withdrawn, handed to another authority."""

from __future__ import annotations

from uuid import UUID

from shared.contracts.routing.cases import CaseEvent


class ComplaintReleased(CaseEvent):
    """T08, X14: a complaint was withdrawn; the case goes on for the others, or ex officio."""

    name = "routing.complaint_released"

    complaint_id: UUID


class CaseCancelled(CaseEvent):
    """T08: the only complaint was withdrawn; `reason` is a code."""

    name = "routing.case_cancelled"

    reason: str


class PoliceMatterFound(CaseEvent):
    """X12: what was said later sounds like a matter for the police; the centre looks at it."""

    name = "routing.police_matter_found"


class CaseTransferDecided(CaseEvent):
    """T43: somebody outside the platform is to act; CK-18 runs until it is handed over."""

    name = "routing.case_transfer_decided"

    receiver: str


class CasePartTransferred(CaseEvent):
    """X12: a police part was handed over, the civil part goes on."""

    name = "routing.case_part_transferred"

    receiver: str


class CaseTransferred(CaseEvent):
    """T43: handed over, with the receiver and how to reach it."""

    name = "routing.case_transferred"

    receiver: str
    contact: str
