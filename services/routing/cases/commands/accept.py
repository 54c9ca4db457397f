"""T05, T06, T09, T10: triage, then a case, its grade and its first dispatch. The hot path.

What the system may not accept by itself waits on the desk of acceptance.

A batch of complaints costs a handful of statements: look-ups, numbers, one for all rows; outbox and
audit are written with the commit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from sqlalchemy import text

from services.routing.acceptance.arrival import arrive
from services.routing.acceptance.arrival import rows_of as waiting_rows
from services.routing.bulk import insert_rows, row_of, together
from services.routing.cases.admission import Admission
from services.routing.cases.domain.assigning import Surroundings
from services.routing.cases.domain.numbering import case_number, case_series
from services.routing.cases.numbers import reserve
from services.routing.cases.refusal import refuse
from services.routing.cases.submission import Place, Submission, read
from services.routing.cases.surroundings import surroundings
from services.routing.clocks.calendar import calendar_for
from services.routing.dispatching.domain.deciding import Guide
from services.routing.dispatching.guides import guides_for
from services.routing.occasion import Occasion
from shared.calendars import WorkingCalendar
from shared.contracts.intake import ComplaintSubmitted
from shared.rulebook import ClockKind
from shared.tracing import Trace, traced

KNOWN = text("""
    SELECT complaint_id FROM case_complaint WHERE complaint_id = ANY(:ids)
    UNION ALL SELECT complaint_id FROM screening WHERE complaint_id = ANY(:ids)
    UNION ALL SELECT complaint_id FROM pending_complaint WHERE complaint_id = ANY(:ids)
""")


async def accept(on: Occasion, events: Sequence[tuple[ComplaintSubmitted, Trace]]) -> None:
    """Judge each complaint once, however often it is heard of."""
    judged = await _judged(on, events)
    heard = [each for each in judged if not each.refused]
    around = {place: await _around(on, place) for place in {each.place for each in heard}}
    arrivals = [arrive(on, each, around[each.place]) for each in heard]
    at_once = [each.submission for each in arrivals if not each.reasons]
    admissions = await _admitted(on, at_once, around)
    screenings = [row_of(refuse(on, each)) for each in judged if each.refused]
    waiting = await waiting_rows(on, [each for each in arrivals if each.reasons])
    rows = (Admission.rows_of(admissions), waiting, {"screening": screenings})
    await insert_rows(on.session, together(*rows))


async def open_case(on: Occasion, submission: Submission) -> None:
    """T06 for one complaint that has waited; who accepts it is the actor."""
    around = {submission.place: await _around(on, submission.place)}
    await insert_rows(on.session, Admission.rows_of(await _admitted(on, [submission], around)))


async def _judged(
    on: Occasion, events: Sequence[tuple[ComplaintSubmitted, Trace]]
) -> list[Submission]:
    known = await _known(on, [event.complaint.id for event, _ in events])
    fresh = {event.complaint.id: (event, trace) for event, trace in events}
    return [read(on, *each) for id, each in fresh.items() if id not in known]


async def _known(on: Occasion, ids: Sequence[UUID]) -> set[UUID]:
    rows = await on.session.execute(KNOWN, {"ids": list(ids)})
    return set(rows.scalars())


async def _admitted(
    on: Occasion, accepted: Sequence[Submission], around: Mapping[Place, Surroundings]
) -> list[Admission]:
    series = {place: case_series(known.division, on.now) for place, known in around.items()}
    guides = await guides_for(on, {known.division for known in around.values()})
    numbers = await reserve(on.session, Counter(series[each.place] for each in accepted))
    calendar = await _calendar(on, accepted)
    return [
        _admit(on, each, around[each.place], guides, _next(numbers, series[each.place]), calendar)
        for each in accepted
    ]


async def _around(on: Occasion, place: Place) -> Surroundings:
    estate_id, building_id, division = place
    return await surroundings(on.session, estate_id, building_id, division, on.now)


async def _calendar(on: Occasion, accepted: Sequence[Submission]) -> WorkingCalendar:
    rulebook = on.runtime.rulebooks.in_force_at(on.now)
    grades = {each.proposal.grade for each in accepted if each.proposal.grade}
    kinds = {kind for grade in grades for kind in rulebook.grades[grade].clocks}
    if any(rulebook.category(each.proposal.category).handed_over for each in accepted):
        kinds.add(ClockKind.TRANSFER)
    return await calendar_for(on.session, kinds, rulebook)


def _next(numbers: Mapping[str, Iterator[int]], series: str) -> str:
    return case_number(series, next(numbers[series]))


def _admit(
    on: Occasion,
    submission: Submission,
    around: Surroundings,
    guides: Mapping[str, Guide],
    number: str,
    calendar: WorkingCalendar,
) -> Admission:
    with traced(submission.trace):
        admission = Admission(on, around, guides[around.division], calendar)
        admission.create(submission, number)
        admission.grade(submission.proposal)
        admission.dispatch_if_automatic()
    return admission
