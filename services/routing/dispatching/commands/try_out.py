"""The dry run of a set: past cases of its division, page by page, decided twice."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text

from services.routing.cases.domain.assigning import Surroundings
from services.routing.cases.surroundings import surroundings
from services.routing.dispatching.domain.deciding import Guide
from services.routing.dispatching.domain.rules import Facts
from services.routing.dispatching.domain.trial import PastCase, Tally, Trial
from services.routing.dispatching.guides import RulesByDivision, guides_by
from services.routing.dispatching.queries import rules_of
from services.routing.dispatching.shelf import RuleShelf
from services.routing.dispatching.tables import DispatchRuleSet
from services.routing.occasion import Occasion
from shared.clock import BEIJING
from shared.errors import Invalid

PAGE = 1_000  # cases; decided in one go, off the event loop

# Category and grade as they were at the first dispatch.
PAST = text("""
    SELECT cases.id, number, cases.division, place_code, estate_id, company_id, channel,
           first_dispatch_at, graded.category, graded.grade
      FROM cases
      JOIN LATERAL (
           SELECT category, grade FROM grading
            WHERE grading.case_id = cases.id AND grading.at <= first_dispatch_at
              AND grading.grade IS NOT NULL
            ORDER BY grading.at DESC, grading.id DESC LIMIT 1) AS graded ON true
     WHERE place_code LIKE :prefix AND first_dispatch_at >= :since AND first_dispatch_at < :until
       AND cases.id < :below
     ORDER BY cases.id DESC LIMIT :size
""")
NEWEST = UUID(int=2**128 - 1)

Page = Sequence[Row[Any]]


class TrialPeriodInvalid(Invalid):
    """The period begins before it ends, and is no longer than a trial may look back."""

    code = "TRIAL_PERIOD_INVALID"
    chinese = "试算期间不正确，或超过可回溯的天数。"


@dataclass(frozen=True)
class Period:
    """`day` is the one on which the days of validity are judged."""

    since: datetime
    until: datetime
    day: date


@dataclass(frozen=True)
class Outcome:
    """`complete` is False when there were more cases than a trial looks at; the newest count."""

    period: Period
    tally: Tally
    complete: bool


async def try_out(
    on: Occasion, row: DispatchRuleSet, since: datetime, until: datetime | None, day: date | None
) -> Outcome:
    """Raises TrialPeriodInvalid."""
    period = Period(since, until or on.now, day or on.now.astimezone(BEIJING).date())
    limits = on.runtime.rulebooks.in_force_at(on.now).dispatch
    if not timedelta() < period.until - since <= timedelta(days=limits.trial_days_at_most):
        raise TrialPeriodInvalid(days_at_most=limits.trial_days_at_most)
    bench = await _bench(on, row)
    below, left = NEWEST, limits.trial_cases_at_most
    while page := await _page(on, row.division, period, below, min(PAGE, left)):
        await bench.look_up(page)
        await asyncio.to_thread(bench.decide, page, period.day)
        below, left = page[-1].id, left - len(page)
    complete = left > 0 or not await _page(on, row.division, period, below, 1)
    on.audit("dispatch_rules.tried", "dispatch_rule_set", row.id, {"cases": bench.tally.cases})
    return Outcome(period, bench.tally, complete)


@dataclass
class _Bench:
    """Each estate and each street is looked up once, as the directory has it today."""

    on: Occasion
    trial: Trial
    now: RulesByDivision
    tried: RulesByDivision
    around: dict[UUID, Surroundings] = field(default_factory=dict)
    guides_now: dict[str, Guide] = field(default_factory=dict)
    guides_tried: dict[str, Guide] = field(default_factory=dict)
    tally: Tally = field(default_factory=Tally)

    async def look_up(self, page: Page) -> None:
        on, streets = self.on, {row.division for row in page} - self.guides_now.keys()
        self.guides_now |= await guides_by(on, streets, self.now)
        self.guides_tried |= await guides_by(on, streets, self.tried)
        for row in page:
            if row.estate_id not in self.around:
                found = await surroundings(on.session, row.estate_id, None, row.division, on.now)
                self.around[row.estate_id] = found

    def decide(self, page: Page, day: date) -> None:
        for row in page:
            now, tried = self.guides_now[row.division], self.guides_tried[row.division]
            self.trial.run(self.tally, _past(row, day), self.around[row.estate_id], now, tried)


async def _bench(on: Occasion, row: DispatchRuleSet) -> _Bench:
    now = await on.runtime.part(RuleShelf).in_force(on.session, on.now)
    own = (await rules_of(on.session, [row.id]))[row.id]
    trial = Trial(on.runtime.rulebooks.in_force_at(on.now), row.id)
    return _Bench(on, trial, now, {**now, row.division: own})


async def _page(on: Occasion, division: str, period: Period, below: UUID, size: int) -> Page:
    """The newest first; nothing when nothing is left to look at."""
    if size == 0:
        return []
    values = {"prefix": f"{division}%", "since": period.since, "until": period.until}
    rows = await on.session.execute(PAST, values | {"below": below, "size": size})
    return rows.all()


def _past(row: Row[Any], day: date) -> PastCase:
    facts = Facts(
        place_code=row.place_code,
        estate_id=row.estate_id,
        category=row.category,
        grade=row.grade,
        channel=row.channel,
        at=row.first_dispatch_at,
        day=day,
    )
    return PastCase(row.number, facts, frozenset({row.company_id} - {None}))
