"""Something was supplied, or the time for it is over: the rules look at the complaint again."""

from __future__ import annotations

from services.routing.acceptance.arrival import matter_of
from services.routing.acceptance.commands.accept import accept
from services.routing.acceptance.commands.refuse import refuse_by_rule
from services.routing.acceptance.domain.reasons import reasons_to_wait
from services.routing.acceptance.recording import submission_of
from services.routing.acceptance.tables import PendingComplaint
from services.routing.cases.surroundings import surroundings
from services.routing.occasion import Occasion


async def decide_again(on: Occasion, pending: PendingComplaint) -> None:
    """Police matters are refused, what is complete is accepted, what is left waits for a person."""
    submission = submission_of(on, pending)
    assert submission is not None, "what is open has its narrative"
    if submission.refused:
        await refuse_by_rule(on, pending)
        return
    around = await surroundings(on.session, *submission.place, on.now)
    rulebook = on.runtime.rulebooks.in_force_at(on.now)
    pending.reasons = list(reasons_to_wait(matter_of(submission, around), rulebook))
    if not pending.reasons:
        await accept(on, pending)
