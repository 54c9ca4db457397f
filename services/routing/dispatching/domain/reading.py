"""A sheet of rules: every row becomes a rule, or tells all that is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from services.routing.dispatching.domain import sheet as columns
from services.routing.dispatching.domain.cells import (
    channel_of,
    date_of,
    grade_of,
    order_of,
    times_of,
    weekdays_of,
    words_of,
)
from services.routing.dispatching.domain.faults import (
    RuleDatesReversed,
    RuleNameTwice,
    RuleOrderTwice,
    RuleOrderUnreadable,
    RuleUnitCannotLead,
    RuleUnitTwice,
)
from services.routing.dispatching.domain.naming import Gazetteer
from services.routing.dispatching.domain.rules import Conditions, Rule
from services.routing.dispatching.domain.targets import Desk, Target
from services.routing.dispatching.domain.windows import Window
from shared.contracts.vocabulary import Grade
from shared.errors import DomainError
from shared.sheets import Column, Sheet, SheetRow

T = TypeVar("T")


def rules_in(sheet: Sheet, places: Gazetteer, grades: Mapping[str, Grade]) -> tuple[Rule, ...]:
    """In the order in which they are asked, numbered from 1. Raises SheetHasFaults."""
    given = [_RowReader(sheet, row, places, grades).rule() for row in sheet.rows]
    _refuse_twice(sheet)
    sheet.refuse_faults()
    ordered = sorted(given, key=lambda each: each.position)
    return tuple(replace(rule, position=place) for place, rule in enumerate(ordered, 1))


@dataclass(frozen=True)
class _RowReader:
    """Reads cell by cell; what cannot be read is a fault and counts as nothing."""

    sheet: Sheet
    row: SheetRow
    places: Gazetteer
    grades: Mapping[str, Grade]

    def rule(self) -> Rule:
        lead = self._lead()
        return Rule(
            position=self._read(columns.ORDER, order_of) or self.row.number,
            name=self.row["name"],
            lead=lead,
            reason=self.row["reason"],
            co=self._co(lead),
            conditions=self._conditions(),
        )

    def _conditions(self) -> Conditions:
        days = self._words(columns.WEEKDAYS, weekdays_of)
        start, end = self._read(columns.TIMES, times_of) or (None, None)
        first, last = self._dates()
        return Conditions(
            divisions=tuple(self._words(columns.DIVISIONS, self.places.division_of)),
            estates=frozenset(self._words(columns.ESTATES, self.places.estate_of)),
            categories=tuple(self._words(columns.CATEGORIES, self.places.category_of)),
            grades=frozenset(self._words(columns.GRADES, self._grade)),
            channels=frozenset(self._words(columns.CHANNELS, channel_of)),
            window=Window(frozenset().union(*days), start, end),
            valid_from=first,
            valid_to=last,
        )

    def _grade(self, word: str) -> str:
        return grade_of(word, self.grades)

    def _dates(self) -> tuple[date | None, date | None]:
        first = self._read(columns.VALID_FROM, date_of)
        last = self._read(columns.VALID_TO, date_of)
        if first is not None and last is not None and last < first:
            self._fault(columns.VALID_TO, RuleDatesReversed())
        return first, last

    def _lead(self) -> Target:
        lead = self._read(columns.LEAD, self.places.target_of)
        if lead is not None and lead.desk is Desk.COMPANY:
            self._fault(columns.LEAD, RuleUnitCannotLead())
        return lead or Target(Desk.STREET_CENTRE)

    def _co(self, lead: Target) -> tuple[Target, ...]:
        co = tuple(self._words(columns.CO, self.places.target_of))
        if len({lead, *co}) <= len(co):
            self._fault(columns.CO, RuleUnitTwice())
        return co

    def _words(self, column: Column, read: Callable[[str], T]) -> list[T]:
        found = (self._attempt(column, word, read) for word in words_of(self.row[column.key]))
        return [each for each in found if each is not None]

    def _read(self, column: Column, read: Callable[[str], T]) -> T | None:
        cell = self.row[column.key]
        return self._attempt(column, cell, read) if cell else None

    def _attempt(self, column: Column, text: str, read: Callable[[str], T]) -> T | None:
        try:
            return read(text)
        except DomainError as error:
            self._fault(column, error)
            return None

    def _fault(self, column: Column, error: DomainError) -> None:
        self.sheet.fault(self.row, column.key, error)


def _refuse_twice(sheet: Sheet) -> None:
    """Names and orders are told apart over the whole sheet."""
    for row in _repeated(sheet.rows, "name"):
        sheet.fault(row, "name", RuleNameTwice())
    for row in _repeated((row for row in sheet.rows if row["order"]), "order"):
        sheet.fault(row, "order", RuleOrderTwice())
    if any(row["order"] for row in sheet.rows):
        for row in sheet.rows:
            if not row["order"]:
                sheet.fault(row, "order", RuleOrderUnreadable())


def _repeated(rows: Iterable[SheetRow], key: str) -> list[SheetRow]:
    seen: set[str] = set()
    again = []
    for row in rows:
        if row[key] in seen:
            again.append(row)
        seen.add(row[key])
    return again
