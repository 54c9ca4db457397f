"""One act on a complaint: who, when, in which transaction, with what tools."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.intake.complaints.domain.lifecycle import Action, advance
from services.intake.complaints.domain.privacy import author
from services.intake.complaints.domain.wording import Line
from services.intake.complaints.tables import Complaint
from services.intake.complaints.timeline import write_line
from shared import audit
from shared.contracts.intake import ComplaintEvent
from shared.contracts.vocabulary import ComplaintStatus
from shared.identity import Actor
from shared.messaging import publish
from shared.rulebook import Rulebook
from shared.runtime import Runtime


@dataclass(frozen=True)
class Deed:
    session: AsyncSession
    runtime: Runtime
    actor: Actor
    at: datetime

    @property
    def rulebook(self) -> Rulebook:
        return self.runtime.rulebooks.in_force_at(self.at)


def change(complaint: Complaint, action: Action) -> None:
    """Whatever happens, nothing is asked for any more. Raises ComplaintForbids."""
    complaint.state = advance(ComplaintStatus(complaint.state), action)
    complaint.version += 1
    complaint.missing, complaint.supplement_until = None, None


def record(deed: Deed, complaint: Complaint, action: str) -> None:
    audit.append(
        deed.session,
        actor=author(deed.actor, anonymous=complaint.anonymous),
        action=action,
        subject_type="complaint",
        subject_id=complaint.id,
        at=deed.at,
        details={"state": complaint.state, "case_id": complaint.case_id},
    )


async def tell(deed: Deed, complaint: Complaint, event: ComplaintEvent, line: Line) -> UUID:
    """To the other services, and to the reporter; the id of the fact. Of an anonymous one the
    account is not named.
    """
    actor = author(deed.actor, anonymous=complaint.anonymous)
    fact = publish(deed.session, event, actor=actor, at=deed.at)
    await write_line(
        deed.session,
        complaint.id,
        line,
        fact=fact,
        kind=event.name,
        at=deed.at,
        position=complaint.version,
    )
    return fact
