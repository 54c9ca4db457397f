"""What no single section can see: words that must exist elsewhere in the same rulebook."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from shared.rulebook.entries import Entry
from shared.rulebook.errors import RulebookError
from shared.rulebook.rules import Rules
from shared.rulebook.weights import Weights

ROW_ID = re.compile(r"[A-G]\d\d|[TNUX]\d\d|CK-\d\d|(rules|facts|lifecycle)-\d(\.\d+)?")


def refuse_broken_references(rules: Rules, entries: Mapping[str, Entry]) -> None:
    """Raises RulebookError with one line for every reference that leads nowhere."""
    problems = [
        f"{entries[key].file}: {key}: {problem}"
        for check in (_unknown_sources, _unknown_switches, _unknown_parties, _unknown_categories)
        for key, problem in check(rules, entries)
    ]
    if problems:
        raise RulebookError("\n".join(problems))


def refuse_strange_weights(rules: Rules, weights: Weights, name: str) -> Weights:
    """Raises RulebookError when they were learned for categories that the rulebook lacks."""
    strange = {*weights.categories, *weights.rules} - set(rules.categories)
    if strange:
        raise RulebookError(f"{name}: {', '.join(sorted(strange))} is not defined")
    return weights


Problems = Iterator[tuple[str, str]]


def _unknown_sources(rules: Rules, entries: Mapping[str, Entry]) -> Problems:
    for key, entry in entries.items():
        for source in entry.sources:
            if not ROW_ID.fullmatch(source):
                yield key, f"{source} is no row id"


def _unknown_switches(rules: Rules, entries: Mapping[str, Entry]) -> Problems:
    for key, entry in entries.items():
        if entry.switch is not None and entry.switch not in rules.switches:
            yield key, f"there is no switch {entry.switch}"


def _unknown_parties(rules: Rules, entries: Mapping[str, Entry]) -> Problems:
    known = {kind.code for kind in rules.organisations}
    for code, category in rules.categories.items():
        yield from _missing(f"categories.{code}", (category.lead, *category.joined_by), known)
    yield from _missing("joint_teams.existing", rules.joint_teams.existing, known)
    yield from _missing("joint_teams.planned", rules.joint_teams.planned, known)
    yield from _missing("joint_teams.default_lead", (rules.joint_teams.default_lead,), known)


def _unknown_categories(rules: Rules, entries: Mapping[str, Entry]) -> Problems:
    known = set(rules.categories)
    yield from _missing("intake.visitor_categories", rules.intake.visitor_categories, known)
    yield from _missing("triage.fallback", (rules.triage.fallback,), known)
    yield from _missing("triage.categories", rules.triage.categories, known)
    yield from _missing("triage.police", (rule.category for rule in rules.triage.police), known)
    yield from _missing("triage.acts", (rule.category for rule in rules.triage.acts), known)
    for emergency in rules.triage.emergency:
        yield from _missing("triage.emergency", emergency.categories, known)
    for raise_rule in rules.triage.raises:
        yield from _missing("triage.raises", raise_rule.categories, known)
    asked = (code for each in rules.open311.attributes for code in each.services)
    named = [*asked, *(code for codes in rules.open311.groups.values() for code in codes)]
    beginnings = {code[:length] for code in known for length in range(1, len(code) + 1)}
    yield from _missing("open311", named, beginnings)
    yield from _missing("open311.batch_services", rules.open311.batch_services, known)
    formulas = {formula.code for formula in rules.indicators.formulas}
    yield from _missing("reports.core_indicators", rules.reports.core_indicators, formulas)
    explained = {figure.code for figure in rules.bulletins.figures}
    yield from _missing("reports.core_indicators", rules.reports.core_indicators, explained)
    yield from _missing("bulletins.lower_is_better", rules.bulletins.lower_is_better, explained)
    yield from _missing("bulletins.in_money", rules.bulletins.in_money, explained)
    yield from _missing("bulletins.answers", rules.bulletins.answers, explained)
    yield from _missing("bulletins.trend_indicators", rules.bulletins.trend_indicators, explained)


def _missing(key: str, named: Iterable[str], known: set[str]) -> Problems:
    for name in named:
        if name not in known:
            yield key, f"{name} is not defined"
