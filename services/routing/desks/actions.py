"""What may be done to many cases at once: the commands and policies of the single endpoints.

To add one: a line in BULK.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field

from services.routing.cases.casefile import CaseFile
from services.routing.cases.commands.dispatch import Wish, dispatch
from services.routing.cases.commands.grade import Judgement, grade
from services.routing.cases.commands.progress import Note, progress
from services.routing.cases.commands.review import approve, give_interim_feedback
from services.routing.cases.commands.sign import sign
from services.routing.cases.domain import policies
from services.routing.cases.domain.policies import Policy
from services.routing.cases.schemas import (
    DispatchIn,
    GradingIn,
    InterimFeedbackIn,
    ProgressIn,
    Text,
)
from services.routing.limits.commands.extend import ask_for_extension
from services.routing.limits.commands.suspend import Pause, suspend
from services.routing.limits.domain.policies import may_ask, may_suspend
from services.routing.limits.schemas import ExtensionIn, SuspensionIn
from services.routing.occasion import Occasion
from services.routing.supervision.commands.supervise import Order, supervise
from services.routing.supervision.domain.orders import Cause
from services.routing.supervision.domain.policies import may_supervise
from services.routing.supervision.schemas import OrderIn
from shared.web.body import Body

Run = Callable[[Occasion, CaseFile, Any], Awaitable[None]]


@dataclass(frozen=True)
class Action:
    """`parameters` is the body of the single endpoint."""

    policy: Policy
    parameters: type[Body]
    run: Run


class Nothing(Body):
    """No parameters."""


class ApprovalIn(Body):
    """T25 for many: the reply in plain words goes to every owner."""

    reply: Annotated[Text, Field(description="What every owner is told")]


async def _dispatch(on: Occasion, file: CaseFile, wanted: DispatchIn) -> None:
    await dispatch(on, file, Wish(wanted.organisation_id, wanted.person_id))


async def _sign(on: Occasion, file: CaseFile, _: Nothing) -> None:
    await sign(on, file)


async def _grade(on: Occasion, file: CaseFile, wanted: GradingIn) -> None:
    category = wanted.category or file.case.category
    await grade(on, file, Judgement(category, wanted.grade, wanted.reason))


async def _approve(on: Occasion, file: CaseFile, wanted: ApprovalIn) -> None:
    await approve(on, file, wanted.reply)


async def _inform(on: Occasion, file: CaseFile, wanted: InterimFeedbackIn) -> None:
    await give_interim_feedback(on, file, wanted.reply, wanted.reason)


async def _note(on: Occasion, file: CaseFile, wanted: ProgressIn) -> None:
    await progress(on, file, Note(wanted.text, wanted.public))


async def _suspend(on: Occasion, file: CaseFile, wanted: SuspensionIn) -> None:
    await suspend(on, file, Pause(wanted.reason, wanted.until, wanted.note))


async def _extend(on: Occasion, file: CaseFile, wanted: ExtensionIn) -> None:
    await ask_for_extension(on, file, wanted.days, wanted.reason)


async def _supervise(on: Occasion, file: CaseFile, wanted: OrderIn) -> None:
    await supervise(on, file, Order(Cause.ORDERED, wanted.reason))


BULK: Mapping[str, Action] = {
    "dispatch": Action(policies.may_dispatch, DispatchIn, _dispatch),
    "sign": Action(policies.may_sign, Nothing, _sign),
    "grade": Action(policies.may_grade, GradingIn, _grade),
    "approve": Action(policies.may_review, ApprovalIn, _approve),
    "interim-feedback": Action(policies.may_give_interim_feedback, InterimFeedbackIn, _inform),
    "suspension": Action(may_suspend, SuspensionIn, _suspend),
    "extension": Action(may_ask, ExtensionIn, _extend),
    "supervise": Action(may_supervise, OrderIn, _supervise),
    "progress": Action(policies.may_note, ProgressIn, _note),
}
