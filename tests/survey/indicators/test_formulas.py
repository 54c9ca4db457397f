"""The examples of facts 2.11, counted from events: each figure with what it was formed from."""

from __future__ import annotations

from datetime import timedelta

from services.survey.indicators.domain.formulas import FORMULAS, Code
from services.survey.indicators.domain.places import Place
from services.survey.indicators.domain.spans import Span
from shared.contracts.intake import ComplaintAccepted
from shared.contracts.routing import (
    AgreementPerformed,
    CaseReopened,
    CaseState,
    MediationAgreed,
    MediationFailed,
    MediationRefused,
)
from shared.contracts.vocabulary import CaseStatus, Grade, ResultCode
from tests.samples import ESTATE, FIRE_BRIGADE, GRID_WORKER, NINE, a_complaint, named
from tests.stage import Stage
from tests.survey.indicators.cases import (
    DAY,
    HOUR,
    MARCH,
    case,
    clock,
    closed,
    counted,
    hear_cases,
    office,
    share,
    so_many,
    street,
)
from tests.survey.test_rules import SCORES

STREET_UNIT = GRID_WORKER.model_copy(update={"end": "CENTRE", "organisation_id": named("centre")})


async def test_dispatched_within_the_hour(stage: Stage) -> None:
    """B04, D11: 970 of 1000 is 97.00."""
    await hear_cases(
        stage,
        [
            closed(f"{number}", clock("DISPATCH", hours=1, met=0.9 if good else 1.1))
            for number, good in enumerate(so_many(970, 1000))
        ],
    )
    assert await share(stage, "DISPATCH_ON_TIME") == "970/1000 = 97.00"


async def test_mediation_started_within_a_day(stage: Stage) -> None:
    """B05: a session or a documented refusal meets the clock; 190 of 200, MAJOR apart."""
    states = [
        closed(
            f"{number}",
            clock("MEDIATION_START", hours=24, met=23 if good else 30),
            grade=Grade.MEDIUM if number % 2 else Grade.SMALL,
        )
        for number, good in enumerate(so_many(190, 200))
    ]
    major = closed("major", clock("MAJOR_CONVENE", hours=24, met=3), grade=Grade.MAJOR)
    await hear_cases(stage, [*states, major])
    assert await share(stage, "MEDIATION_STARTED_ON_TIME") == "190/200 = 95.00"


async def test_feedback_by_its_due_date(stage: Stage) -> None:
    """B06: 376 of 400 whose feedback fell due in the period, closed or not; 94.00."""
    states = [
        case(f"{number}", clock("FEEDBACK", hours=183, met=100 if good else None))
        for number, good in enumerate(so_many(376, 400))
    ]
    later = case("later", clock("FEEDBACK", hours=24 * 60, met=2))
    paused = case("paused", clock("FEEDBACK", hours=183, state="PAUSED"))
    withdrawn = case(
        "gone", clock("FEEDBACK", hours=183, state="STOPPED"), state=CaseStatus.CANCELLED
    )
    await hear_cases(stage, [*states, later, paused, withdrawn])
    assert await share(stage, "FEEDBACK_ON_TIME") == "376/400 = 94.00"
    at_due = Span(MARCH.since, NINE + 183 * HOUR)
    assert await share(stage, "FEEDBACK_ON_TIME", at_due) == "0/0 = —"


async def test_a_breach_stays_one(stage: Stage) -> None:
    """3.3: met later, or moved after the breach, it was late all the same."""
    late = clock("FEEDBACK", hours=183, met=180, breached_at=NINE + 100 * HOUR)
    exact = clock("FEEDBACK", hours=183, met=183)
    await hear_cases(stage, [case("late", late), case("exact", exact)])
    assert await share(stage, "FEEDBACK_ON_TIME") == "1/2 = 50.00"


async def test_handled_of_those_accepted(stage: Stage) -> None:
    """B16, D11: 184 of 200 accepted in the period were closed by its end; withdrawn ones and those
    joined with another case are no case of their own."""
    states = [
        closed(f"{number}") if good else case(f"{number}")
        for number, good in enumerate(so_many(184, 200))
    ]
    gone = case("gone", state=CaseStatus.CANCELLED)
    before = closed("before", accepted_at=MARCH.since - HOUR)
    await hear_cases(stage, [*states, gone, before])
    assert await share(stage, "COMPLAINTS_HANDLED") == "184/200 = 92.00"
    two_days = Span(MARCH.since, NINE + 2 * DAY)
    assert await share(stage, "COMPLAINTS_HANDLED", two_days) == "0/200 = 0.00"


async def test_disputes_resolved(stage: Stage) -> None:
    """U25, D11: 170 of 184 closed on the merits; what settles nothing is not counted."""
    good = [ResultCode.SOLVED, ResultCode.PARTLY]
    bad = [ResultCode.TO_LITIGATION, ResultCode.EXPLAINED, ResultCode.NOT_POSSIBLE]
    states = [
        closed(f"{number}", result_code=good[number % 2] if fine else bad[number % 3])
        for number, fine in enumerate(so_many(169, 183))
    ]
    aside = [ResultCode.NOT_TRUE, ResultCode.TO_AUTHORITY, ResultCode.WITHDRAWN]
    states += [closed(f"aside {code}", result_code=code) for code in aside]
    agreed = closed("agreed", result_code=ResultCode.AGREED)
    await hear_cases(stage, [*states, agreed])
    assert await share(stage, "DISPUTES_RESOLVED") == "169/184 = 91.85"
    at_once = {"version": 5, "state": CaseStatus.RESULT_REVIEW}
    settled = MediationAgreed(case=agreed.model_copy(update=at_once), written=False)
    await stage.hear(settled)
    assert await share(stage, "DISPUTES_RESOLVED") == "170/184 = 92.39"


async def test_a_promise_and_what_was_performed_before_the_reopening_resolve_nothing(
    stage: Stage,
) -> None:
    """T18, T33, T37: an agreement counts when it is performed, until the case is reopened."""
    final = closed("again", result_code=ResultCode.NOT_POSSIBLE, version=9)

    def earlier(version: int) -> CaseState:
        return final.model_copy(
            update={"version": version, "state": CaseStatus.AGREEMENT_PERFORMING}
        )

    await hear_cases(stage, [final])
    await stage.hear(MediationAgreed(case=earlier(4), written=True))
    assert await share(stage, "DISPUTES_RESOLVED") == "0/1 = 0.00"
    await stage.hear(AgreementPerformed(case=earlier(5)))
    assert await share(stage, "DISPUTES_RESOLVED") == "1/1 = 100.00"
    await stage.hear(CaseReopened(case=earlier(7)))
    assert await share(stage, "DISPUTES_RESOLVED") == "0/1 = 0.00"


async def test_mediation_success(stage: Stage) -> None:
    """C05, U24, X23: 98 of 100; a refusal changes nothing, and the newest mediation counts."""
    states = [closed(f"{number}") for number in range(101)]
    await hear_cases(stage, states)
    said = [state.model_copy(update={"version": 6}) for state in states]
    agreed = [MediationAgreed(case=state, written=True) for state in said[:98]]
    failed = [MediationFailed(case=state) for state in said[98:100]]
    refused = MediationRefused(case=said[100], unreachable=False)
    await stage.hear(*agreed, *failed, refused)
    assert await share(stage, "MEDIATION_SUCCESS") == "98/100 = 98.00"
    older = states[0].model_copy(update={"version": 4})
    newer = states[1].model_copy(update={"version": 8})
    await stage.hear(MediationFailed(case=older), MediationFailed(case=newer))
    assert await share(stage, "MEDIATION_SUCCESS") == "97/100 = 97.00"


async def test_complaints_that_come_back(stage: Stage) -> None:
    """U03: 12 of 400, within 90 days of the closing: same estate, category and building."""
    days = timedelta(days=90)
    states = [closed(f"{number}", category=f"C{number}") for number in range(400)]
    until = NINE + 2 * DAY + days
    again = [
        case(f"again {number}", category=f"C{number}", accepted_at=until) for number in range(14)
    ]
    again.append(case("built", category="C20", building_id=named("building")))
    again.append(case("elsewhere", category="C21", estate_id=named("elsewhere")))
    await hear_cases(stage, [*states, *again])
    filed = [
        a_complaint(id=named(f"filed {each.number}"), case_id=each.id, submitted_at=until)
        for each in again
    ]
    filed[12] = filed[12].model_copy(update={"submitted_at": until + timedelta(seconds=1)})
    filed[13] = filed[13].model_copy(update={"submitted_at": NINE + 2 * DAY})
    said = [ComplaintAccepted(complaint=each, category="X", category_name="X") for each in filed]
    await stage.hear(*said)
    assert await share(stage, "REPEAT_COMPLAINTS") == "12/400 = 3.00"
    assert await share(stage, "REPEAT_COMPLAINTS", place=Place(estate_id=ESTATE)) == (
        "12/400 = 3.00"
    )


async def test_major_cases_by_their_due_date(stage: Stage) -> None:
    """D11: 11 of 12; the resolution clock of a reopened case is the newest one."""
    states = [
        closed(f"{number}", clock("MAJOR_RESULT", hours=48 if good else 47), grade=Grade.MAJOR)
        for number, good in enumerate(so_many(10, 11))
    ]
    first = clock("MAJOR_RESULT", hours=20, met=19)
    second = clock("MAJOR_RESULT", hours=720, met=47, started_at=NINE + 20 * HOUR)
    states.append(closed("reopened", first, second, grade=Grade.MAJOR))
    await hear_cases(stage, states)
    assert await share(stage, "MAJOR_CLOSED_ON_TIME") == "11/12 = 91.67"


async def test_small_matters_stay_in_the_community(stage: Stage) -> None:
    """B14: 76 of 80 SMALL ones were closed by the community's people."""
    states = [
        closed(f"{number}", handler=GRID_WORKER if good else STREET_UNIT)
        for number, good in enumerate(so_many(76, 80))
    ]
    await hear_cases(stage, [*states, closed("medium", grade=Grade.MEDIUM)])
    assert await share(stage, "SMALL_CLOSED_AT_COMMUNITY") == "76/80 = 95.00"


async def test_what_has_left_the_street_does_not_come_back(stage: Stage) -> None:
    """B14, U09: a department once at work counts, also if an older event tells of it later."""
    await hear_cases(stage, [closed(f"{number}") for number in range(4)])
    informed = FIRE_BRIGADE.model_copy(update={"role": "INFO"})
    early = [
        case("0", version=4, units=(FIRE_BRIGADE,)),
        case("1", version=4, state=CaseStatus.JOINT),
        case("2", version=4, units=(GRID_WORKER, informed)),
    ]
    await hear_cases(stage, early)
    assert await share(stage, "CLOSED_WITHIN_STREET") == "2/4 = 50.00"


async def test_streets_with_an_active_office(stage: Stage) -> None:
    """A15: 12 of 13 is 92.31; an office that ended, or another organisation, is none."""
    ended = street(14, valid_to="2025-12-31")
    asleep = office(13, active=False)
    other = office(13, id=named("other"), kind="STREET_OFFICE")
    offices = [office(number) for number in range(1, 13)]
    streets = [street(number) for number in range(1, 14)]
    await stage.hear(*streets, ended, *offices, asleep, other)
    assert await share(stage, "STREET_OFFICES_ACTIVE") == "12/13 = 92.31"
    assert await share(stage, "STREET_OFFICES_ACTIVE", place=Place(estate_id=ESTATE)) == "0/0 = —"


async def test_nothing_is_no_figure(stage: Stage) -> None:
    """Facts 2.11: a dash, never 0 or 100."""
    for code, found in (await counted(stage, *FORMULAS)).items():
        assert (code, found.shown(SCORES), found.percent(SCORES)) == (code, "—", None)


async def test_the_rulebook_names_what_is_counted(stage: Stage) -> None:
    """D11: ten core figures; every formula of the rulebook is known, and no other."""
    book = stage.host.runtime.rulebooks.in_force_at(NINE)
    assert {each.code for each in book.indicators.formulas} == set(Code)
    assert set(book.reports.core_indicators) <= set(Code)
