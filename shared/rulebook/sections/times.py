"""Promised lengths and the clocks that measure them (lifecycle 3.3; B04-B11, U08, U30)."""

from __future__ import annotations

from pydantic import Field, field_validator

from shared.rulebook.section import RuleLength, Section
from shared.rulebook.vocabulary import BreachAction, ClockKind


class Timing(Section):
    """`warnings` are the shares of a length at which the handler is reminded."""

    time_zone: str
    warnings: tuple[float, ...]


class SmallLengths(Section):
    resolve: RuleLength


class MediumLengths(Section):
    resolve: RuleLength


class MajorLengths(Section):
    convene: RuleLength
    plan: RuleLength
    interim: RuleLength
    result: RuleLength


class EntrustedLengths(Section):
    ordinary: RuleLength
    simplified: RuleLength


class Lengths(Section):
    """Every promised length, under the key by which the letter's index knows it."""

    anchor: str
    accept: RuleLength
    dispatch: RuleLength
    sign: RuleLength
    mediation_start: RuleLength
    feedback: RuleLength
    small: SmallLengths
    medium: MediumLengths
    major: MajorLengths
    formal_mediation: RuleLength
    formal_mediation_extension: RuleLength
    confirmation_application: RuleLength
    delegated_mediation: RuleLength
    entrusted_mediation: EntrustedLengths
    owner_confirmation: RuleLength
    supplement: RuleLength
    return_visit: RuleLength
    reopen_window: RuleLength
    rectification: RuleLength
    rectification_extension: RuleLength
    fast_fix: RuleLength
    transfer: RuleLength


class ClockRule(Section):
    """One clock: what starts it, what stops it, how long it may run, what a breach does."""

    code: str = Field(pattern=r"^CK-\d\d$")
    chinese: str
    starts: str
    met_by: str
    length: RuleLength
    warnings: tuple[float, ...]
    basis: str
    on_breach: BreachAction

    @field_validator("warnings")
    @classmethod
    def warnings_rise_within_the_length(cls, shares: tuple[float, ...]) -> tuple[float, ...]:
        if any(not 0 < share < 1 for share in shares) or list(shares) != sorted(set(shares)):
            raise ValueError("warnings are rising shares between 0 and 1")
        return shares


def refuse_missing_clocks(clocks: dict[ClockKind, ClockRule]) -> dict[ClockKind, ClockRule]:
    missing = [kind for kind in ClockKind if kind not in clocks]
    if missing:
        raise ValueError(f"clocks without a rule: {', '.join(missing)}")
    return clocks
