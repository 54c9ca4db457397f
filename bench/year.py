"""A seeded year of the city as events tell it, and what must be counted of every case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bench.story import Story
from bench.town import YEAR, Answer, Estate, Year, drawn_id
from services.survey import handlers
from services.survey.visits.tables import Visit
from shared.contracts.directory import Building, EstateChanged, EstateState
from shared.contracts.event import Envelope, Event
from shared.contracts.intake import ComplaintEvent
from shared.contracts.routing import CaseEvent
from shared.messaging import Reception
from shared.runtime import Runtime

COUNTIES = ("421202", "421221", "421222", "421223", "421224", "421281")
AT_ONCE = 4000
PIECE = 20_000  # events
LATE = 0.2  # of a piece, heard with a later one
MADE: Any = Envelope.model_construct  # only what the handlers look at

Told = tuple[Event, UUID]  # an event and its id


async def lived(
    runtime: Runtime, complaints: int, *, seed: int = YEAR, twice: float = 0.05
) -> Year:
    """A year of as many complaints, in somewhat fewer cases, as survey has heard of it.

    It is heard piece by piece, so that only a piece of it is held at once.
    """
    year = Year()
    for piece in _pieces(year, complaints, Random(seed), twice):
        await hear(runtime, piece)
    return year


def _pieces(year: Year, complaints: int, random: Random, twice: float) -> Iterator[Sequence[Told]]:
    """Shuffled, some events told twice and some long after the others of their case: what a
    consumer must bear (X36, X37).
    """
    city = [*_estates(random)]
    year.events += [_changed(estate) for estate in city]
    late: list[Told] = []
    while year.complaints < complaints:
        Story(random, year, random.choice(city)).tell()
        if len(year.events) < PIECE:
            continue
        told = _mixed(year, late, random, twice)
        held_back = int(len(told) * LATE)
        late = told[:held_back]
        yield told[held_back:]
    yield _mixed(year, late, random, twice)


def _mixed(year: Year, late: Sequence[Told], random: Random, twice: float) -> list[Told]:
    """Takes the events out of the year."""
    told = [(event, drawn_id(random)) for event in year.events]
    year.events.clear()
    mixed = [*late, *told, *(each for each in told if random.random() < twice)]
    random.shuffle(mixed)
    return mixed


def _estates(random: Random) -> Iterator[Estate]:
    companies = [drawn_id(random) for _ in range(60)]
    for county in COUNTIES:
        for number in range(36):
            street = f"{county}{1 + number // 12:03d}"
            yield Estate(
                id=drawn_id(random),
                division=street,
                community=f"{street}{1 + number // 4 % 3:03d}",
                companies=(random.choice(companies), random.choice(companies)),
                buildings=tuple(drawn_id(random) for _ in range(20)),
            )


def _changed(estate: Estate) -> EstateChanged:
    buildings = tuple(
        Building(id=id, number=str(number), grid_code=f"{estate.community}001", houses=())
        for number, id in enumerate(estate.buildings, start=1)
    )
    state = EstateState(
        id=estate.id,
        version=1,
        display_name=f"演示小区{estate.id.hex[:6]}",
        division=estate.division,
        community_id=estate.id,
        kind="COMMERCIAL",
        households=500,
        company_id=estate.companies[0],
        contract_until=date(YEAR, 6, 30),
        buildings=buildings,
    )
    return EstateChanged(estate=state)


async def hear(runtime: Runtime, told: Sequence[Told]) -> None:
    """Through the handlers of survey, in large batches; each batch is one transaction."""
    for begin in range(0, len(told), AT_ONCE):
        async with runtime.database.transaction() as session:
            receptions = [_received(runtime, session, *e) for e in told[begin : begin + AT_ONCE]]
            for kind, handle in (
                (ComplaintEvent, handlers.remember_complaints),
                (CaseEvent, handlers.remember_cases),
                (EstateChanged, handlers.remember_estates),
            ):
                batch = [each for each in receptions if isinstance(each.event, kind)]
                if batch:
                    await handle(batch)


async def write_answers(session: AsyncSession, answers: Sequence[Answer]) -> None:
    """Return visits are survey's own, and are answered one by one; here they are written down."""
    rows = [
        {
            "id": UUID(int=number),
            "version": 2,
            "state": "ANSWERED",
            "complaint_id": UUID(int=number),
            "complaint_number": f"SQ{number}",
            "case_id": answer.case_id,
            "case_number": "XN",
            "category_name": "演示",
            "estate_name": "演示",
            "owner_id": UUID(int=number),
            "rulebook": "seed-2025-07-21",
            "opened_at": answer.at,
            "answer_until": answer.at,
            "answered_at": answer.at,
            "result_level": answer.level,
            "positive": answer.level >= 3,
            "asks_to_reopen": False,
        }
        for number, answer in enumerate(answers, start=1)
    ]
    for begin in range(0, len(rows), AT_ONCE):
        await session.execute(insert(Visit), rows[begin : begin + AT_ONCE])


def _received(
    runtime: Runtime, session: AsyncSession, event: Event, event_id: UUID
) -> Reception[Event]:
    now = runtime.clock.now()
    envelope = MADE(id=event_id, time=now, type=event.name, correlationid=event_id)
    return Reception(event, envelope, session, runtime, now)
