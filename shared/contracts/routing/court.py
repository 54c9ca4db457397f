"""The ways to court: guidance, hand-over, judicial confirmation."""

from __future__ import annotations

from uuid import UUID

from shared.contracts.event import Contract
from shared.contracts.routing.cases import CaseEvent, PartiesEvent
from shared.contracts.vocabulary import ConfirmationOutcome


class JudicialGuided(PartiesEvent):
    """T20, T38: the parties were told their other routes (C07).

    `broken` says that there was an agreement, which was not performed (T38).
    """

    name = "routing.judicial_guided"

    broken: bool = False


class PackageState(Contract):
    """A hand-over package, by number; its contents are fetched by the court's own token."""

    package_id: UUID
    package_number: str
    court_id: UUID


class JudicialHandedOver(CaseEvent):
    """T39: the package went to the court, with the party's consent."""

    name = "routing.judicial_handed_over"

    package: PackageState


class JudicialFiled(CaseEvent):
    """T39: the court registered the case."""

    name = "routing.judicial_filed"

    package: PackageState
    court_case_number: str


class JudicialConcluded(CaseEvent):
    """T42: judgment, court mediation, withdrawal or refusal."""

    name = "routing.judicial_concluded"

    package: PackageState
    outcome: str


class ApplicationState(Contract):
    """An application for judicial confirmation."""

    application_id: UUID
    application_number: str
    court_id: UUID


class ConfirmationApplied(CaseEvent):
    """T34: both parties applied jointly within CK-09."""

    name = "routing.confirmation_applied"

    application: ApplicationState


class ConfirmationDecided(CaseEvent):
    """T35, T36: the court decided."""

    name = "routing.confirmation_decided"

    application: ApplicationState
    outcome: ConfirmationOutcome
    court_case_number: str | None


class JudicialDelegatedBack(CaseEvent):
    """T41: the court gave the matter to a mediator (委派, 委托) with the parties' consent."""

    name = "routing.judicial_delegated_back"

    package: PackageState
    procedure: str


class JudicialReturned(CaseEvent):
    """CK-10, CK-11: mediation for the court ended without agreement; the matter is back there."""

    name = "routing.judicial_returned"

    package: PackageState
