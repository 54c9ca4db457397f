"""Request and response bodies of dispatch rules."""

from __future__ import annotations

from datetime import date, time
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field

from services.routing.dispatching.domain.lifecycle import SetState
from services.routing.times import Moment
from shared.contracts.vocabulary import Grade
from shared.web.body import Body


class ActivationIn(Body):
    """Without a moment the rules take effect now."""

    effective_from: AwareDatetime | None = None


class TrialIn(Body):
    """Cases dispatched from `since` until before `until` (now). `day` is the one on which the days
    of validity are judged (today).
    """

    since: AwareDatetime
    until: AwareDatetime | None = None
    day: date | None = None


class RuleSetOut(BaseModel):
    """`in_force` says whether its rules decide at this moment."""

    id: UUID
    division: str
    version: int
    state: SetState
    in_force: bool
    rules: int
    created_at: Moment
    created_by: UUID
    effective_from: Moment | None
    activated_at: Moment | None
    activated_by: UUID | None
    retired_at: Moment | None
    retired_by: UUID | None


class RuleOut(BaseModel):
    """`lead` and `co` are desks of the place, DEPARTMENT:<specialty> or ORGANISATION:<id>."""

    position: int
    name: str
    divisions: list[str]
    estates: list[UUID]
    categories: list[str]
    grades: list[Grade]
    channels: list[str]
    weekdays: list[int]
    starts_at: time | None
    ends_at: time | None
    valid_from: date | None
    valid_to: date | None
    lead: str
    co: list[str]
    reason: str


class WholeRuleSetOut(RuleSetOut):
    items: list[RuleOut]


class ChangeOut(BaseModel):
    """`before` is absent for a new rule, `after` for one that is gone."""

    name: str
    fields: list[str]
    before: RuleOut | None
    after: RuleOut | None


class ChangesOut(BaseModel):
    """From the set `against` to this one; without any, every rule is new."""

    against: UUID | None
    items: list[ChangeOut]


class MoveOut(BaseModel):
    """So many cases would go from one kind of lead to another, e.g. COMMUNITY to STREET_CENTRE."""

    before: str
    after: str
    cases: int


class RuleEffectOut(BaseModel):
    """`matched` cases would be decided by the rule, `changed` of them have another lead for it."""

    position: int
    name: str
    matched: int
    changed: int


class TrialOut(BaseModel):
    """Nothing takes effect by it. `complete` is false when only the newest cases were looked at;
    `changed_without_rule` are those that a rule no longer decides.
    """

    rule_set_id: UUID
    since: Moment
    until: Moment
    day: date
    cases: int
    complete: bool
    changed: int
    changed_without_rule: int
    moves: list[MoveOut]
    rules: list[RuleEffectOut]
    samples: Annotated[list[str], Field(description="Numbers of cases that would change lead")]
