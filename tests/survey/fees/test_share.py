"""物业收费率 of a place and a time, as the indicators have it (facts 2.11, D11)."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from services.survey.fees.sums import fees_by
from services.survey.indicators.domain.places import UNLIMITED, Place, Reach
from services.survey.indicators.domain.shares import NOTHING, Share
from services.survey.indicators.domain.spans import Span, span_of
from services.survey.indicators.queries import figures, figures_by
from tests.samples import COMPANY, ESTATE, named
from tests.stage import Stage
from tests.survey.fees.cashier import APRIL, Cashier
from tests.survey.surveys.pollster import COMMUNITY_CODE, STREET_CODE, estate

FEES = "FEES_COLLECTED"
EVERYTHING = ""  # the key without a level
ALL = Share(85_000_000, 100_000_000)
PLACES = [
    Place(division="4212"),
    Place(division=STREET_CODE),
    Place(division=COMMUNITY_CODE),
    Place(estate_id=ESTATE),
    Place(company_id=COMPANY),
]
ELSEWHERE = [Place(division="421202"), Place(estate_id=named("x")), Place(company_id=named("x"))]


async def fees_of(
    session: AsyncSession, span: Span, place: Place, reach: Reach = UNLIMITED
) -> Share:
    return (await fees_by(session, span, place, None, reach)).get(EVERYTHING, NOTHING)


async def test_the_share_of_every_place(stage: Stage) -> None:
    """A18, facts 2.11: 850 000 / 1 000 000, from the estate to the city; nothing elsewhere."""
    await (await Cashier(stage).ready()).report()
    async with stage.host.runtime.database.transaction() as session:
        for place in PLACES:
            found = await figures(session, span_of("2026-Q1"), place, [FEES])
            assert found[FEES] == ALL, place
        for place in ELSEWHERE:
            assert await fees_of(session, span_of("2026-Q1"), place) == NOTHING, place
        by_street = await figures_by(session, span_of("2026-Q1"), "STREET", "4212", [FEES])
        assert by_street == {STREET_CODE: {FEES: ALL}}
        for level, key in (("ESTATE", ESTATE), ("COMPANY", COMPANY)):
            one = await figures_by(session, span_of("2026-Q1"), level, "4212", [FEES])
            assert one == {str(key): {FEES: ALL}}


async def test_what_is_in_no_known_community_has_no_code(stage: Stage) -> None:
    """A18: as of cases; a street is no community of its own."""
    told = estate()
    bare = told.estate.model_copy(update={"buildings": ()})
    await stage.hear(told.model_copy(update={"estate": bare}))
    stage.clock.move_to(APRIL)
    await Cashier(stage).report()
    span = span_of("2026-Q1")
    async with stage.host.runtime.database.transaction() as session:
        assert await figures_by(session, span, "COMMUNITY", "4212", [FEES]) == {"": {FEES: ALL}}
        by_street = await figures_by(session, span, "STREET", "4212", [FEES])
    assert by_street == {STREET_CODE: {FEES: ALL}}


async def test_a_quarter_counts_where_the_whole_of_it_lies(stage: Stage) -> None:
    cashier = await Cashier(stage).ready()
    await cashier.report(1000, 800)
    await cashier.report(1000, 900, period="2025-Q4")
    expected = {
        "2026-Q1": Share(800, 1000),
        "2026-H1": Share(800, 1000),
        "2026": Share(800, 1000),
        "2025-Q4": Share(900, 1000),
        "2026-03": NOTHING,
        "2026-Q2": NOTHING,
    }
    async with stage.host.runtime.database.transaction() as session:
        for period, share in expected.items():
            assert await fees_of(session, span_of(period), Place(division="4212")) == share


async def test_the_newest_version_counts_and_stakes_are_left_out(stage: Stage) -> None:
    """A13; a correction replaces what it corrects."""
    cashier = await Cashier(stage).ready()
    report_id = (await cashier.report(1000, 800)).json()["id"]
    await cashier.correct(report_id, due_fen=1000, received_fen=950)
    span, city = span_of("2026-Q1"), Place(division="4212")
    async with stage.host.runtime.database.transaction() as session:
        assert await fees_of(session, span, city) == Share(950, 1000)
        without = Reach(without=frozenset({COMPANY}))
        assert await fees_of(session, span, city, without) == NOTHING
        near, far = Reach(divisions=(STREET_CODE,)), Reach(divisions=("421202001",))
        assert await fees_of(session, span, city, near) == Share(950, 1000)
        assert await fees_of(session, span, city, far) == NOTHING
