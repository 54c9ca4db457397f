"""CK-08: both parties give the mediation of a committee another month."""

from __future__ import annotations

from collections.abc import Collection

from services.routing.cases.domain.lifecycle import Action
from services.routing.cases.recording import move, rulebook_of, tell
from services.routing.clocks.moving import extend_clock, running_clock
from services.routing.mediation.domain.consent import (
    AlreadyExtended,
    MediationPeriodOver,
    NotWithACommittee,
    Side,
    refuse_unless_all_agree,
)
from services.routing.mediation.mediationfile import MediationFile
from services.routing.occasion import Occasion
from shared.contracts.routing import CaseProgressed
from shared.counting import Deadline
from shared.rulebook import ClockKind


async def extend_mediation(
    on: Occasion, file: MediationFile, agreeing: Collection[Side], reason: str
) -> None:
    """`agreeing` are the sides whose consent who mediates has on record.

    Raises ConsentMissing, AlreadyExtended, NotWithACommittee or MediationPeriodOver.
    """
    refuse_unless_all_agree(file.parties, agreeing)
    if file.mediation.extended_at is not None:
        raise AlreadyExtended
    clock = await running_clock(on, file.file, ClockKind.FORMAL_MEDIATION)
    if clock is None:
        raise NotWithACommittee
    if Deadline(clock.due_at).missed_by(on.now):
        raise MediationPeriodOver
    move(on, file.file, Action.EXTEND_MEDIATION, note=reason)
    file.mediation.extended_at = on.now
    await extend_clock(on, clock, rulebook_of(on, file.file).sla.formal_mediation_extension)
    await tell(on, file.file, CaseProgressed, note=None)
