"""From a complaint to a handled case: intake, dispatch, grades, limits, escalation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from pydantic import Field, model_validator

from shared.contracts.vocabulary import Solved
from shared.rulebook.section import RuleLength, Section
from shared.rulebook.sections.people import Named
from shared.rulebook.vocabulary import Channel, ClockKind, Desk, Grade, SuspensionReason


class Intake(Section):
    """What a complaint needs and what may be refused (T01, T05, X08, X41, X42)."""

    channels: tuple[Channel, ...]
    text_characters_at_least: int
    guardian_below_age: int
    visitor_categories: tuple[str, ...]
    duplicate_window_hours: int
    not_accepted_reasons: tuple[Named, ...]
    ledger_columns: tuple[Named, ...]

    @property
    def duplicate_window(self) -> timedelta:
        return timedelta(hours=self.duplicate_window_hours)


class MissingItem(Named):
    """Something a reporter can be asked for; without an `essential` one nobody can begin (T04)."""

    essential: bool = False


class Acceptance(Section):
    """Which complaints wait for a person before they are accepted, and why (T05, T06, X21, X28)."""

    at_once_channels: tuple[Channel, ...]
    reminder_first_channels: tuple[Channel, ...]
    reminder_first_categories: tuple[str, ...]
    final_petition_words: tuple[str, ...]
    reasons: tuple[Named, ...]
    missing_items: tuple[MissingItem, ...]

    def words_for(self, missing: Iterable[str]) -> tuple[str, ...]:
        """The items as people read them, in the order of the rulebook."""
        wanted = set(missing)
        return tuple(item.chinese for item in self.missing_items if item.code in wanted)


class Urging(Section):
    """The owner's reminder to the handler (T45, X17)."""

    once_per_hours: int
    supervision_from: int

    @property
    def interval(self) -> timedelta:
        return timedelta(hours=self.once_per_hours)


class Dispatch(Section):
    """Which cases the system sends at once and which a dispatcher confirms first (T06, T10).

    The trial of changed rules looks back so many days, at so many cases.
    """

    automatic: bool
    confirmed_by_dispatcher_channels: tuple[Channel, ...]
    confirmed_by_dispatcher_grades: tuple[Grade, ...]
    emergencies_at_once: bool
    address: Desk
    trial_days_at_most: int
    trial_cases_at_most: int


class GradeRule(Section):
    """One column of the due matrix (lifecycle 3.4)."""

    chinese: str
    handler: Desk
    clocks: tuple[ClockKind, ...]
    resolve: RuleLength
    extension_times: int
    extension: RuleLength | None = None
    extension_approvers: tuple[Desk, ...] = ()
    reviewer: Desk

    @model_validator(mode="after")
    def extensions_are_complete(self) -> GradeRule:
        if bool(self.extension_times) != (self.extension is not None):
            raise ValueError("extension_times and extension belong together")
        return self


def refuse_missing_grades(grades: dict[Grade, GradeRule]) -> dict[Grade, GradeRule]:
    missing = [grade for grade in Grade if grade not in grades]
    if missing:
        raise ValueError(f"grades without a rule: {', '.join(missing)}")
    return grades


class Returns(Section):
    """退单: only inside the window, with its papers, and so often (T12, X03)."""

    window: RuleLength
    per_unit: int
    per_case: int
    papers: tuple[str, ...]
    reasons: tuple[Named, ...]


class Receiver(Named):
    """Somebody outside the platform; `contact` is what everybody may call, where there is one."""

    contact: str = ""


class Transfers(Section):
    """移送: who a case, or a part of it, may be handed over to (T43, X12)."""

    receivers: tuple[Receiver, ...]


class Suspension(Section):
    """Which reasons pause a case, how long, and from which time the centre decides (T27, X07)."""

    reasons: tuple[SuspensionReason, ...]
    days_at_most: int
    own_approvals: int


class Reopening(Section):
    """How often a case may come back (T32, T33, X34, X35)."""

    automatic_times: int
    decided_times: int
    reason_needed_up_to_level: int

    def is_asked(self, solved: Solved, levels: Iterable[int], reason: str | None) -> bool:
        """Not solved or badly done asks for more with a reason; without one it only counts."""
        bad = solved is Solved.NO or any(each <= self.reason_needed_up_to_level for each in levels)
        return bad and bool(reason)


class EscalationStep(Section):
    """What happens so many hours after a breach; 0 is the breach itself (lifecycle 3.6)."""

    after_hours: int = Field(ge=0)
    to: tuple[Desk, ...]
    colour: str
    action: str

    @property
    def after(self) -> timedelta:
        return timedelta(hours=self.after_hours)


class Repeats(Section):
    """So many within so many days; a person or a rule then acts."""

    times: int
    within_days: int

    @property
    def within(self) -> timedelta:
        return timedelta(days=self.within_days)


class Patterns(Section):
    """Repetitions that raise a grade or prompt supervision (U27, facts 2.9, lifecycle 3.6)."""

    noise_same_source: Repeats
    no_response_same_company: Repeats
    elevator_same_estate: Repeats
    reopened_same_company: Repeats


class Groups(Section):
    """Mass incidents, counted in distinct households of one estate and category (U26, X11)."""

    alert_households: int
    major_households: int
    within_days: int
    representatives_at_most: int

    @property
    def within(self) -> timedelta:
        return timedelta(days=self.within_days)

    @model_validator(mode="after")
    def alert_comes_first(self) -> Groups:
        if self.alert_households >= self.major_households:
            raise ValueError("the alert comes before the grade MAJOR")
        return self


class Closing(Section):
    """What a case must carry before it ends (B01, invariant 1; seed-rules 4.1)."""

    feedback_required: bool
    result_codes: tuple[Named, ...]
    merits_codes: tuple[str, ...]
    withdrawal_barred_grades: tuple[Grade, ...]
    without_answer_channels: tuple[Channel, ...]
