"""T05 to T07, T09, T10: triage, then a case, its grade and its first dispatch. The hot path.

What the system may not accept by itself waits on the desk of acceptance.

A batch of complaints costs a handful of statements: look-ups, numbers, one for all rows; outbox and
audit are written with the commit. The numbers come first: from then on no other batch of the county
is compared, so that none of two that arrive together is overlooked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text

from services.routing.acceptance.arrival import arrive
from services.routing.acceptance.arrival import rows_of as waiting_rows
from services.routing.bulk import Row, insert_rows, row_of, together
from services.routing.cases.admission import Admission
from services.routing.cases.domain.assigning import Surroundings
from services.routing.cases.domain.numbering import case_number, case_series
from services.routing.cases.numbers import give_back, reserve
from services.routing.cases.refusal import refuse
from services.routing.cases.submission import Place, Submission, read
from services.routing.cases.surroundings import surroundings
from services.routing.clocks.calendar import calendar_for
from services.routing.dispatching.domain.deciding import Guide
from services.routing.dispatching.guides import guides_for
from services.routing.occasion import Occasion
from services.routing.voices.arriving import Arrival, compare, resolved, rows_of
from services.routing.voices.commands.group import heed_groups
from services.routing.voices.commands.join import join_repeated, lock_repeated
from shared.calendars import WorkingCalendar
from shared.contracts.intake import ComplaintSubmitted
from shared.rulebook import ClockKind
from shared.tracing import Trace, traced

KNOWN = text("""
    SELECT complaint_id FROM case_complaint WHERE complaint_id = ANY(:ids)
    UNION ALL SELECT complaint_id FROM screening WHERE complaint_id = ANY(:ids)
    UNION ALL SELECT complaint_id FROM pending_complaint WHERE complaint_id = ANY(:ids)
""")


@dataclass(frozen=True)
class Ground:
    """What a batch stands on: its places, who guides dispatch there, and numbers taken for it."""

    places: Mapping[Place, Surroundings]
    guides: Mapping[str, Guide]
    numbers: Mapping[str, Iterator[int]]


async def accept(on: Occasion, events: Sequence[tuple[ComplaintSubmitted, Trace]]) -> None:
    """Judge each complaint once, however often it is heard of."""
    judged = await _judged(on, events)
    heard = [each for each in judged if not each.refused]
    places = {place: await _around(on, place) for place in {each.place for each in heard}}
    met = [arrive(on, each, places[each.place]) for each in heard]
    screenings = [row_of(refuse(on, each)) for each in judged if each.refused]
    waiting = await waiting_rows(on, [each for each in met if each.reasons])
    at_once = [each.submission for each in met if not each.reasons]
    await _take(on, at_once, places, waiting, {"screening": screenings})


async def open_case(on: Occasion, submission: Submission) -> None:
    """T06 for one complaint that has waited; who accepts it is the actor."""
    await _take(on, [submission], {submission.place: await _around(on, submission.place)})


async def _take(
    on: Occasion,
    accepted: Sequence[Submission],
    places: Mapping[Place, Surroundings],
    *others: Mapping[str, Sequence[Row]],
) -> None:
    """`others` are rows to be written with those of the cases."""
    ground = await _ground(on, accepted, places)
    names = {place[0]: known.estate_name for place, known in places.items()}
    arrivals, groups = await compare(on, sorted(accepted, key=_moment), names)
    files = await lock_repeated(on, arrivals)
    arrivals = resolved(arrivals, files)
    admissions = await _admitted(on, ground, arrivals)
    rows = (Admission.rows_of(admissions), rows_of(on, arrivals, files), *others)
    await insert_rows(on.session, together(*rows))
    await give_back(on.session, ground.numbers)
    await join_repeated(on, arrivals, files)
    await heed_groups(on, groups)


async def _ground(
    on: Occasion, accepted: Sequence[Submission], places: Mapping[Place, Surroundings]
) -> Ground:
    guides = await guides_for(on, {known.division for known in places.values()})
    wanted = Counter(_series(on, places[each.place]) for each in accepted)
    return Ground(places, guides, await reserve(on.session, wanted))


async def _judged(
    on: Occasion, events: Sequence[tuple[ComplaintSubmitted, Trace]]
) -> list[Submission]:
    known = await _known(on, [event.complaint.id for event, _ in events])
    fresh = {event.complaint.id: (event, trace) for event, trace in events}
    return [read(on, *each) for id, each in fresh.items() if id not in known]


async def _known(on: Occasion, ids: Sequence[UUID]) -> set[UUID]:
    rows = await on.session.execute(KNOWN, {"ids": list(ids)})
    return set(rows.scalars())


async def _admitted(on: Occasion, ground: Ground, arrivals: Sequence[Arrival]) -> list[Admission]:
    calendar = await _calendar(on, arrivals)
    admissions: dict[UUID, Admission] = {}
    for arrival in arrivals:
        with traced(arrival.submission.trace):
            if arrival.repeats is None:
                admissions[arrival.own_case] = _admit(on, ground, arrival, calendar)
            elif arrival.repeats in admissions:
                admissions[arrival.repeats].join(arrival.submission)
    return list(admissions.values())


def _admit(on: Occasion, ground: Ground, arrival: Arrival, calendar: WorkingCalendar) -> Admission:
    submission = arrival.submission
    around = ground.places[submission.place]
    series = _series(on, around)
    admission = Admission(on, around, ground.guides[around.division], calendar)
    admission.create(
        submission, arrival.own_case, case_number(series, next(ground.numbers[series]))
    )
    admission.grade(submission.proposal)
    admission.dispatch_if_automatic()
    return admission


async def _around(on: Occasion, place: Place) -> Surroundings:
    estate_id, building_id, division = place
    return await surroundings(on.session, estate_id, building_id, division, on.now)


async def _calendar(on: Occasion, arrivals: Sequence[Arrival]) -> WorkingCalendar:
    rulebook = on.runtime.rulebooks.in_force_at(on.now)
    proposals = [arrival.submission.proposal for arrival in arrivals]
    grades = {proposal.grade for proposal in proposals if proposal.grade}
    kinds = {kind for grade in grades for kind in rulebook.grades[grade].clocks}
    if any(rulebook.category(proposal.category).handed_over for proposal in proposals):
        kinds.add(ClockKind.TRANSFER)
    return await calendar_for(on.session, kinds, rulebook)


def _moment(submission: Submission) -> tuple[datetime, UUID]:
    return submission.complaint.submitted_at, submission.complaint.id


def _series(on: Occasion, around: Surroundings) -> str:
    return case_series(around.division, on.now)
