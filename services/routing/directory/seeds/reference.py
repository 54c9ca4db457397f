"""The city as it is: divisions and authorities, in every installation."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar
from uuid import UUID

from sqlmodel import SQLModel, select

from services.routing.directory.errand import Errand
from services.routing.directory.seeds.authorities import authorities
from services.routing.directory.seeds.divisions import divisions_of_the_city
from services.routing.directory.states import division_state, organisation_state
from services.routing.directory.tables import Division, Organisation
from shared.contracts import Event
from shared.contracts.directory import DivisionChanged, OrganisationChanged

Row = TypeVar("Row", Division, Organisation)


async def seed_reference(errand: Errand) -> None:
    """Adds what is missing and leaves alone what is there, renamed or not."""
    divisions = divisions_of_the_city()
    await _add_missing(errand, Division, divisions, "division.added", _division_changed)
    organisations = authorities(divisions, errand.rulebook)
    await _add_missing(
        errand, Organisation, organisations, "organisation.added", _organisation_changed
    )


async def _add_missing(
    errand: Errand,
    kind: type[Row],
    rows: Iterable[Row],
    action: str,
    changed: Callable[[Row], Event],
) -> None:
    known = await known_ids(errand, kind)
    for row in rows:
        if row.id not in known:
            errand.session.add(row)
            errand.tell(changed(row), action)
    await errand.session.flush()


async def known_ids(errand: Errand, kind: type[SQLModel]) -> set[UUID]:
    """Everything of that kind that is already there."""
    column: Any = kind.id  # type: ignore[attr-defined]
    return set((await errand.session.execute(select(column))).scalars())


def _division_changed(row: Division) -> Event:
    return DivisionChanged(division=division_state(row))


def _organisation_changed(row: Organisation) -> Event:
    return OrganisationChanged(organisation=organisation_state(row))
