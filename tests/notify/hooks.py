"""Endpoints, events that concern a department or a court, and what those organisations see."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from services.notify.deed import Deed
from services.notify.webhooks.commands.registering import register
from services.notify.webhooks.sending.sender import WebhookSender
from shared.contracts.routing import (
    ApplicationState,
    CaseEvent,
    ConfirmationApplied,
    JudicialHandedOver,
    PackageState,
)
from shared.identity import SYSTEM, Actor, End, Role
from tests.samples import (
    COURT,
    FIRE,
    FIRE_BRIGADE,
    GRID_WORKER,
    OFFICER,
    STRANGER,
    a_case,
    named,
    staff,
)
from tests.stage import ORIGIN, Stage

OFFICER_OF_FIRE = staff(OFFICER, End.DEPARTMENT, Role.DEPARTMENT_OFFICER, FIRE)
CLERK = staff(STRANGER, End.COURT, Role.COURT_CLERK, COURT)
POLICE = named("police")
PACKAGE = PackageState(package_id=named("package"), package_number="DJ-2026-00001", court_id=COURT)
APPLICATION = ApplicationState(
    application_id=named("application"), application_number="SQ-2026-00001", court_id=COURT
)


def hook(organisation_id: UUID) -> str:
    kind = "court" if organisation_id == COURT else "department"
    return f"{ORIGIN}/simulators/{kind}/{organisation_id}/hook"


async def enter(stage: Stage, organisation_id: UUID, **options: Any) -> None:
    """The organisation's endpoint, as an operator enters it."""
    runtime = stage.host.runtime
    async with runtime.database.transaction() as session:
        deed = Deed(session, runtime, SYSTEM, runtime.clock.now())
        await register(deed, organisation_id, options.pop("url", hook(organisation_id)), **options)


async def pump(stage: Stage) -> int:
    return await stage.host.runtime.part(WebhookSender).pump()


async def deliveries(stage: Stage, actor: Actor) -> list[dict[str, Any]]:
    async with stage.client(actor) as client:
        return list((await client.get("/webhooks/deliveries")).json()["items"])


def with_fire(kind: type[CaseEvent], **details: Any) -> CaseEvent:
    return kind(case=a_case(handler=FIRE_BRIGADE, units=(FIRE_BRIGADE, GRID_WORKER)), **details)


HANDED_OVER = JudicialHandedOver(case=a_case(), package=PACKAGE)
APPLIED = ConfirmationApplied(case=a_case(), application=APPLICATION)
