"""New complaints beside those already known: which repeat one, which resemble one (X08, X09)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from services.routing.bulk import Row, row_of
from services.routing.cases.submission import Submission
from services.routing.occasion import Occasion
from services.routing.voices.commands.join import merged_by_system
from services.routing.voices.domain.judging import (
    Heard,
    Resemblance,
    repeated_case,
    resemblance,
    wished_for,
)
from services.routing.voices.domain.likeness import Voice
from services.routing.voices.domain.sketch import Sketch
from services.routing.voices.hearing import SKETCHES, neighbours
from services.routing.voices.tables import ComplaintSketch, DuplicateProposal
from shared.contracts.directory import UNPLACED_ESTATE
from shared.ids import new_id

Group = tuple[UUID, str]


@dataclass(frozen=True)
class Arrival:
    """`repeats` is the case that the complaint joins; it has none of its own then."""

    submission: Submission
    heard: Heard
    sketch: Sketch
    repeats: UUID | None = None
    resembles: Resemblance | None = None

    @property
    def own_case(self) -> UUID:
        return self.heard.case_id

    @property
    def group(self) -> Group:
        return self.submission.complaint.estate_id, self.heard.voice.category


async def compare(
    on: Occasion, submissions: Sequence[Submission], estate_names: Mapping[UUID, str]
) -> tuple[list[Arrival], set[Group]]:
    """Each with those before it, also of the same batch; and the groups that may have grown big."""
    known = await neighbours(on, {each.complaint.estate_id for each in submissions})
    around = defaultdict(list, {estate: list(heard) for estate, heard in known.items()})
    arrivals = []
    for submission in submissions:
        estate = submission.complaint.estate_id
        here = around[estate] if estate != UNPLACED_ESTATE else []  # neighbours of nobody
        name = estate_names[estate]
        arrival = _judged(on, _new(on, submission, name), here)
        arrivals.append(arrival)
        here.insert(0, replace(arrival.heard, case_id=arrival.repeats or arrival.own_case))
    crowded = {estate for estate, heard in known.items() if len(heard) >= _at_most(on)}
    return arrivals, _grown(on, arrivals, around, crowded)


def resolved(arrivals: Sequence[Arrival], open_cases: Container[UUID]) -> list[Arrival]:
    """A case that was to take a repetition, and takes nothing more by now, leaves it alone."""
    own = {arrival.own_case for arrival in arrivals if arrival.repeats is None}
    return [
        arrival
        if arrival.repeats is None or arrival.repeats in own or arrival.repeats in open_cases
        else replace(arrival, repeats=None)
        for arrival in arrivals
    ]


def rows_of(
    on: Occasion, arrivals: Sequence[Arrival], joined_later: Container[UUID]
) -> Mapping[str, Sequence[Row]]:
    """Sketches of all, proposals for those with a case of their own, and who joined whom."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for arrival in arrivals:
        rows["complaint_sketch"].append(row_of(_kept(on, arrival)))
        if arrival.repeats is None and arrival.resembles is not None:
            rows["duplicate_proposal"].append(row_of(_proposal(on, arrival, arrival.resembles)))
        if arrival.repeats is not None and arrival.repeats not in joined_later:
            joined = merged_by_system(on, arrival.heard.complaint_id, arrival.repeats)
            rows["merged_complaint"].append(row_of(joined))
    return rows


def _new(on: Occasion, submission: Submission, estate_name: str) -> Arrival:
    """Of an anonymous reporter nothing is known here (X15)."""
    complaint, narrative = submission.complaint, submission.narrative
    rules = on.runtime.rulebooks.in_force_at(on.now).duplicates
    sketch = Sketch.of(narrative.title, narrative.text, rules, [estate_name])
    category = submission.proposal.category
    owner = None if complaint.anonymous else complaint.owner_id
    house = None if complaint.anonymous else complaint.house_id
    heard = Heard(
        complaint_id=complaint.id,
        case_id=new_id(),
        voice=Voice(sketch.subject, sketch.pairs, category, complaint.submitted_at),
        digest=sketch.digest,
        owner_id=owner,
        household=house or owner,
        building_id=complaint.building_id,
        anonymous=complaint.anonymous,
    )
    return Arrival(submission, heard, sketch)


def _judged(on: Occasion, new: Arrival, known: Sequence[Heard]) -> Arrival:
    rulebook = on.runtime.rulebooks.in_force_at(on.now)
    nearest = known[: rulebook.duplicates.candidates_at_most]
    repeats = repeated_case(new.heard, nearest, rulebook.intake.duplicate_window)
    joins = new.submission.narrative.joins
    wished = wished_for(new.heard, known, joins, rulebook.duplicates)
    resembles = wished or resemblance(new.heard, nearest, rulebook.duplicates)
    return replace(new, repeats=repeats, resembles=resembles)


def _grown(
    on: Occasion,
    arrivals: Sequence[Arrival],
    around: Mapping[UUID, Sequence[Heard]],
    crowded: Container[UUID],
) -> set[Group]:
    """Where enough households are among those compared, or more may be than were looked at."""
    enough = on.runtime.rulebooks.in_force_at(on.now).groups.alert_households
    grown = set()
    for estate, category in {arrival.group for arrival in arrivals}:
        alike = [each for each in around[estate] if each.voice.category == category]
        households = {each.household for each in alike} - {None}
        if estate in crowded or len(households) >= enough:
            grown.add((estate, category))
    return grown


def _at_most(on: Occasion) -> int:
    return on.runtime.rulebooks.in_force_at(on.now).duplicates.candidates_at_most


def _kept(on: Occasion, arrival: Arrival) -> ComplaintSketch:
    complaint = arrival.submission.complaint
    packed = arrival.sketch.packed()
    return ComplaintSketch(
        complaint_id=complaint.id,
        estate_id=complaint.estate_id,
        submitted_at=complaint.submitted_at,
        sketch=on.conceal(packed, SKETCHES, complaint.id, "sketch"),
    )


def _proposal(on: Occasion, arrival: Arrival, found: Resemblance) -> DuplicateProposal:
    likeness = found.likeness
    return DuplicateProposal(
        id=new_id(),
        case_id=arrival.own_case,
        into_case_id=found.case_id,
        complaint_id=arrival.heard.complaint_id,
        other_complaint_id=found.complaint_id,
        at=on.now,
        score=likeness.score,
        evidence={
            "wording": round(likeness.wording, 3),
            "subject": round(likeness.subject, 3),
            "same_category": bool(likeness.category),
            "hours_apart": round(likeness.hours_apart, 1),
            "same_building": found.same_building,
            "same_reporter": found.same_reporter,
            "asked_by_reporter": found.wished,
        },
    )
