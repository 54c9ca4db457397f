"""A generated year: what was counted live equals what is reckoned from scratch (A18, A19, D11)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

import pytest
from sqlalchemy import text

from bench.year import lived, write_answers
from services.survey.indicators.domain.places import Level, Place
from services.survey.indicators.domain.reckoning import Figures, filings_of, reckon
from services.survey.indicators.domain.shares import NOTHING, Share
from services.survey.indicators.domain.spans import span_of
from services.survey.indicators.queries import figures, figures_by
from services.survey.indicators.verifying import RECKONED, differences, verify
from tests.stage import Stage

COMPLAINTS = 100_000
PERIODS = ("2026", "2026-Q2", "2026-12")
FEW = ("2026-H1", "2026-02", "2027")


@pytest.mark.timeout(900)  # twenty times as many events as all the other tests together
async def test_a_year_of_100000_complaints(stage: Stage) -> None:
    """Every place of every level, every code, from events in any order and some of them twice."""
    runtime = stage.host.runtime
    year = await lived(runtime, COMPLAINTS)
    async with runtime.database.transaction() as session:
        await write_answers(session, year.answers)
        await session.execute(text("ANALYZE"))  # as the server does by itself, some time later
    filings = filings_of(year.known)
    async with runtime.database.transaction() as session:
        for period in PERIODS:
            span = span_of(period)
            reckoned = reckon(year.known, filings, span, list(Level))
            for level in Level:
                live = await figures_by(session, span, level, "4212", RECKONED)
                assert differences(period, level, live, reckoned[level]) == []
                assert len(live) > 1 or level is Level.CITY
            for level, place, key in _some_places(reckoned):
                one = await figures(session, span, place, RECKONED)
                assert dict(one) == _line(reckoned[level], key), (period, place)
        for period in FEW:
            span = span_of(period)
            reckoned = reckon(year.known, filings, span, [Level.CITY])
            city = await figures(session, span, Place(division="4212"), RECKONED)
            assert dict(city) == _line(reckoned[Level.CITY], "4212"), period
    whole = reckon(year.known, filings, span_of("2026"), [Level.CITY])
    _shows_something(_line(whole[Level.CITY], "4212"))


async def test_the_operator_finds_what_is_wrong(stage: Stage) -> None:
    """`liuduan indicators verify`: right after any events, wrong once a row was tampered with."""
    runtime, said = stage.host.runtime, list[str]()
    year = await lived(runtime, 600)
    async with runtime.database.transaction() as session:
        await write_answers(session, year.answers)
    async with runtime.database.transaction() as session:
        assert await verify(session, ["2026"], said.append) == []
    assert said[0].endswith("cases read")
    assert said[-1].startswith("2026 COMPANY")
    async with runtime.database.transaction() as session:
        await session.execute(
            text("UPDATE case_fact SET mediation = 'FAILED' WHERE mediation = 'SUCCESS'")
        )
        found = await verify(session, ["2026"], said.append)
    assert {each.code for each in found} == {"MEDIATION_SUCCESS"}
    assert "live 0/" in str(found[0])


def _some_places(
    reckoned: Mapping[Level, Figures],
) -> Sequence[tuple[Level, Place, str]]:
    places: list[tuple[Level, Place, str]] = []
    for level, found in reckoned.items():
        for key in sorted(found)[:3]:
            places.append((level, _place(level, key), key))
    return places


def _place(level: Level, key: str) -> Place:
    if level is Level.ESTATE:
        return Place(estate_id=UUID(key))
    if level is Level.COMPANY:
        return Place(company_id=UUID(key))
    return Place(division=key)


def _line(found: Figures, key: str) -> dict[str, Share]:
    line = found.get(key, {})
    return {str(code): line.get(code, NOTHING) for code in RECKONED}


def _shows_something(city: Mapping[str, Share]) -> None:
    """A comparison of nothing with nothing would prove nothing."""
    for code, share in city.items():
        assert 0 < share.numerator < share.denominator, code
        assert share.denominator > 1000, code
