"""Mediation and the agreement it may lead to."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from shared.contracts.routing.cases import CaseEvent, PartiesEvent


class MediationRequested(CaseEvent):
    """T15: mediation was proposed."""

    name = "routing.mediation_requested"


class MediationScheduled(PartiesEvent):
    """T15: the parties consented; time and place are set."""

    name = "routing.mediation_scheduled"

    scheduled_for: datetime
    place: str


class MediationHeld(CaseEvent):
    """T16: a session took place; `valid` says whether it meets CK-03 (B05)."""

    name = "routing.mediation_held"

    held_at: datetime
    valid: bool


class MediationRefused(CaseEvent):
    """T17: a party refused or could not be reached."""

    name = "routing.mediation_refused"

    unreachable: bool


class MediationAgreed(CaseEvent):
    """T18, T19: the parties agreed, in writing or orally."""

    name = "routing.mediation_agreed"

    written: bool


class MediationFailed(CaseEvent):
    """T20: mediation ended without agreement."""

    name = "routing.mediation_failed"


class AgreementEffective(PartiesEvent):
    """T18: the last of signatures, mediator's signature and seal; CK-09 runs.

    `confirmable`: an agreement about ownership is not confirmed by a court (X24).
    """

    name = "routing.agreement_effective"

    agreement_id: UUID
    effective_at: datetime
    confirmation_until: datetime
    confirmable: bool = True


class ConfirmationDueSoon(PartiesEvent):
    """CK-09 on the days of N09: nobody has applied for judicial confirmation yet, and both parties
    can only do so jointly until `confirmation_until`.
    """

    name = "routing.confirmation_due_soon"

    confirmation_until: datetime


class AgreementPerformed(CaseEvent):
    """T37: every obligation is proven."""

    name = "routing.agreement_performed"
