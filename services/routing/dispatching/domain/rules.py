"""A rule, what it asks for, and which one applies: the first that fits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from services.routing.dispatching.domain.targets import Target
from services.routing.dispatching.domain.windows import ALWAYS, Window
from shared.clock import BEIJING


@dataclass(frozen=True)
class Facts:
    """What a rule can ask of a case; `day` is that of the dispatch unless a trial sets another."""

    place_code: str
    estate_id: UUID
    category: str
    grade: str
    channel: str
    at: datetime
    day: date | None = None

    @property
    def on_day(self) -> date:
        return self.day or self.at.astimezone(BEIJING).date()


@dataclass(frozen=True)
class Conditions:
    """What is empty asks for nothing; of several values one is enough.

    Divisions are prefixes of the place; a category may be given by its family, e.g. NS. The days of
    validity are both included.
    """

    divisions: tuple[str, ...] = ()
    estates: frozenset[UUID] = frozenset()
    categories: tuple[str, ...] = ()
    grades: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()
    window: Window = ALWAYS
    valid_from: date | None = None
    valid_to: date | None = None

    def fit(self, facts: Facts) -> bool:
        return (
            (not self.grades or facts.grade in self.grades)
            and (not self.categories or facts.category.startswith(self.categories))
            and (not self.divisions or facts.place_code.startswith(self.divisions))
            and (not self.estates or facts.estate_id in self.estates)
            and (not self.channels or facts.channel in self.channels)
            and self._valid(facts.on_day)
            and self.window.covers(facts.at)
        )

    def _valid(self, day: date) -> bool:
        if self.valid_from is not None and day < self.valid_from:
            return False
        return self.valid_to is None or day <= self.valid_to


@dataclass(frozen=True)
class Source:
    """The set that a rule stands in; a set never changes once it was activated."""

    set_id: UUID
    division: str
    version: int


@dataclass(frozen=True)
class Rule:
    """`position` is the place in the set, from 1; `name` is the rule's own in it."""

    position: int
    name: str
    lead: Target
    reason: str
    co: tuple[Target, ...] = ()
    conditions: Conditions = field(default_factory=Conditions)
    source: Source | None = None

    @property
    def targets(self) -> tuple[Target, ...]:
        return (self.lead, *self.co)


@dataclass(frozen=True)
class Match:
    """The rule that applies, how a unit names what chose it, and why in words."""

    rule: Rule
    chosen_by: str
    reason: str


def first_match(rules: Iterable[Rule], facts: Facts) -> Match | None:
    """The rules stand in the order in which they are asked."""
    for rule in rules:
        if rule.conditions.fit(facts):
            return Match(rule, _name(rule), _reason(rule))
    return None


def _name(rule: Rule) -> str:
    return f"rule:{rule.source.set_id if rule.source else '-'}:{rule.position}"


def _reason(rule: Rule) -> str:
    where = f"{rule.source.division}第{rule.source.version}版" if rule.source else "试用规则"
    return f"派单规则{where}第{rule.position}条“{rule.name}”：{rule.reason}"
