"""What is already known of an estate: its newest complaints with their cases, opened to compare."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import text

from services.routing.cases.domain.lifecycle import Action, is_possible
from services.routing.occasion import Occasion
from services.routing.voices.domain.judging import Heard
from services.routing.voices.domain.likeness import Voice
from services.routing.voices.domain.sketch import Sketch
from shared.contracts.vocabulary import CaseStatus

SKETCHES = "complaint_sketch"

KNOWN = """
    SELECT complaint_id, complaint_sketch.estate_id, complaint_sketch.submitted_at, sketch,
           owner_id, house_id, cases.id AS case_id, state, category, building_id, anonymous
      FROM complaint_sketch
      JOIN case_complaint USING (complaint_id)
      JOIN cases ON cases.id = case_complaint.case_id
"""
NEIGHBOURS = text(f"""
    SELECT known.*
      FROM unnest(CAST(:estates AS uuid[])) AS wanted (id)
     CROSS JOIN LATERAL ({KNOWN}
            WHERE complaint_sketch.estate_id = wanted.id
              AND complaint_sketch.submitted_at >= :since
              AND state <> 'CANCELLED'
            ORDER BY complaint_sketch.submitted_at DESC
            LIMIT :at_most) AS known
""")
WISHED = text(f"{KNOWN} WHERE complaint_id = ANY(:wished) AND state <> 'CANCELLED'")


async def neighbours(
    on: Occasion, estates: Collection[UUID], wished: Collection[UUID] = ()
) -> Mapping[UUID, Sequence[Heard]]:
    """By estate, newest first; never more than the rulebook compares with, and `wished` ones."""
    if not estates:
        return {}
    rules = on.runtime.rulebooks.in_force_at(on.now).duplicates
    wanted = {
        "estates": sorted(estates),
        "since": on.now - rules.candidates_within,
        "at_most": rules.candidates_at_most,
    }
    found: dict[UUID, list[Heard]] = defaultdict(list)
    for row in await on.session.execute(NEIGHBOURS, wanted):
        found[row.estate_id].append(_heard(on, row))
    known = {each.complaint_id for heard in found.values() for each in heard}
    if missing := sorted(set(wished) - known):
        for row in await on.session.execute(WISHED, {"wished": missing}):
            found[row.estate_id].append(_heard(on, row))
    return found


def _heard(on: Occasion, row: Any) -> Heard:
    sketch = Sketch.unpacked(on.reveal(row.sketch, SKETCHES, row.complaint_id, "sketch"))
    return Heard(
        complaint_id=row.complaint_id,
        case_id=row.case_id,
        voice=Voice(sketch.subject, sketch.pairs, row.category, row.submitted_at),
        digest=sketch.digest,
        owner_id=row.owner_id,
        household=row.house_id or row.owner_id,
        building_id=row.building_id,
        anonymous=row.anonymous,
        joinable=is_possible(CaseStatus(row.state), Action.JOIN),
    )
