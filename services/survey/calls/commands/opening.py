"""CK-12 ran out: somebody is to call, and intake is asked for the number."""

from __future__ import annotations

from datetime import datetime

from services.survey.calls.tables import VisitCall
from services.survey.deed import Deed
from services.survey.visits.commands.recording import record
from services.survey.visits.tables import Visit
from shared.contracts.survey import VisitCallingBegan
from shared.messaging import publish


def open_call(deed: Deed, visit: Visit, *, call_until: datetime) -> None:
    deed.session.add(VisitCall(visit_id=visit.id, opened_at=deed.at, call_until=call_until))
    state = record(deed, visit, "visit.calling")
    publish(deed.session, VisitCallingBegan(visit=state), actor=deed.actor, at=deed.at)
