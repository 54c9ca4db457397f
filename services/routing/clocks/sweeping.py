"""What happens when a clock warns or runs out: told once, and acted upon (lifecycle 3.3, 3.6)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col
from structlog import get_logger

from services.routing.acceptance import ticking as acceptance
from services.routing.cases.casefile import CaseFile
from services.routing.cases.commands.close import close
from services.routing.cases.commands.grade import Judgement, regrade
from services.routing.cases.commands.sign import sign_automatically
from services.routing.cases.domain.lifecycle import Action, is_possible
from services.routing.cases.queries import opened
from services.routing.cases.recording import move, rulebook_of, tell
from services.routing.cases.tables import Case
from services.routing.clocks.commands import begin
from services.routing.clocks.domain.breaches import marks_overdue
from services.routing.clocks.domain.history import Happened
from services.routing.clocks.history import note
from services.routing.governance import meeting_ticking as meetings
from services.routing.governance import ticking as governance
from services.routing.governance.commands.meetings import MEETING_CYCLE
from services.routing.joint.commands.open import open_joint
from services.routing.limits import ticking as limits
from services.routing.limits.ending import SUSPENSION_ENDS
from services.routing.mediation.commands.court_mediation import give_back_in_time
from services.routing.mediation.commands.remind import remind_parties
from services.routing.occasion import Occasion
from services.routing.supervision.commands.escalate import escalate
from services.routing.supervision.commands.supervise import Order, supervise
from services.routing.supervision.domain.orders import Cause
from shared.clocks import LookAgain, OnTick, Tick
from shared.contracts.routing import ClockBreached, ClockWarned
from shared.contracts.vocabulary import Grade
from shared.errors import DomainError
from shared.identity import SYSTEM
from shared.rulebook import BreachAction, ClockKind
from shared.runtime import Runtime

ON_THE_DOT = frozenset({ClockKind.SIGN.value, SUSPENSION_ENDS})
UPGRADED = "小事逾期未化解，系统自动升级为中事"

logger = get_logger(__name__)

SUBJECTS: Mapping[str, OnTick] = {
    ClockKind.ACCEPT: acceptance.on_tick,
    ClockKind.SUPPLEMENT: acceptance.on_tick,
    ClockKind.RECTIFICATION: governance.on_tick,
    MEETING_CYCLE: meetings.on_tick,
    SUSPENSION_ENDS: limits.on_tick,
}

Consequence = Callable[[Occasion, CaseFile], Awaitable[None]]


async def on_tick(runtime: Runtime, session: AsyncSession, tick: Tick) -> None:
    """What a clock belongs to is known by its kind: a case, unless it stands in the table."""
    await SUBJECTS.get(tick.clock.kind, on_tick_of_case)(runtime, session, tick)


async def on_tick_of_case(runtime: Runtime, session: AsyncSession, tick: Tick) -> None:
    """Raises LookAgain for a case in somebody's hands: commands lock the case before its clocks,
    so waiting for it here could block both.
    """
    case = await _unless_busy(session, tick)
    action, deal_with = _what_happened(tick)
    if not is_possible(case.status, action):
        return
    on = Occasion(runtime, session, SYSTEM, runtime.clock.now())
    await deal_with(on, await opened(session, case), tick)


def _what_happened(
    tick: Tick,
) -> tuple[Action, Callable[[Occasion, CaseFile, Tick], Awaitable[None]]]:
    if tick.rung is not None:
        return Action.ESCALATE, _climb
    return (Action.BREACH, _breach) if tick.breached else (Action.WARN, _warn)


async def _warn(on: Occasion, file: CaseFile, tick: Tick) -> None:
    move(on, file, Action.WARN, details={"clock": tick.clock.kind, "share": tick.share})
    note(on, tick.clock, Happened.WARNED, at=on.now, share=tick.share)
    await tell(on, file, ClockWarned, clock=tick.clock.kind, share=tick.share)
    if tick.clock.kind == ClockKind.CONFIRMATION_APPLICATION:
        await remind_parties(on, file, tick.clock.due_at)


async def _breach(on: Occasion, file: CaseFile, tick: Tick) -> None:
    """The breach is recorded at its due time, however late it is noticed (X38)."""
    action = rulebook_of(on, file).clock(ClockKind(tick.clock.kind)).on_breach
    move(on, file, Action.BREACH, details={"clock": tick.clock.kind})
    file.case.overdue = file.case.overdue or marks_overdue(action)
    await tell(on, file, ClockBreached, clock=tick.clock.kind, breached_at=tick.at)
    if action in SUPERVISED:
        await supervise(on, file, Order(Cause.OVERDUE, clock=tick.clock))
    if consequence := CONSEQUENCES.get(action):
        await _try(consequence, replace(on, ran_out_at=tick.at), file, tick)


async def _climb(on: Occasion, file: CaseFile, tick: Tick) -> None:
    """Still unmet so long after the breach (X18)."""
    assert tick.rung is not None
    await escalate(on, file, tick.clock, tick.rung)


async def _try(consequence: Consequence, on: Occasion, file: CaseFile, tick: Tick) -> None:
    """A consequence that a rule forbids now must not keep the other clocks from being heard; an
    order tells a person that something is owed.
    """
    try:
        await consequence(on, file)
    except DomainError as refusal:
        logger.warning("consequence_refused", case_id=str(file.case.id), code=refusal.code)
        await supervise(on, file, Order(Cause.OVERDUE, clock=tick.clock))


async def _upgrade(on: Occasion, file: CaseFile) -> None:
    """X02: a small matter that took too long is a medium one for the street."""
    await regrade(on, file, Judgement(file.case.category, Grade.MEDIUM, UPGRADED))


async def _ask_again(on: Occasion, file: CaseFile) -> None:
    """The owner has not answered: the return visit has its own time (CK-14)."""
    await begin(on, file, [ClockKind.RETURN_VISIT], at=on.clocks_from)


SUPERVISED = frozenset({BreachAction.OVERDUE_AND_SUPERVISION, BreachAction.SUPERVISION})


async def _act_jointly(on: Occasion, file: CaseFile) -> None:
    """X32: what was not removed within a day is a matter for the departments together."""
    await open_joint(on, file, None)


CONSEQUENCES: Mapping[BreachAction, Consequence] = {
    BreachAction.AUTO_SIGN: sign_automatically,
    BreachAction.UPGRADE_TO_MEDIUM: _upgrade,
    BreachAction.RETURN_VISIT: _ask_again,
    BreachAction.CLOSE_UNANSWERED: close,
    BreachAction.FULL_JOINT_HANDLING: _act_jointly,
    BreachAction.BACK_TO_COURT: give_back_in_time,
}


async def _unless_busy(session: AsyncSession, tick: Tick) -> Case:
    wanted = select(Case).where(col(Case.id) == tick.clock.subject_id)
    found = await session.execute(wanted.with_for_update(skip_locked=True))
    case = found.scalar()
    if case is None:
        raise LookAgain
    return case
