"""Proposals as dispatchers read them; the words are opened for the one case they look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col

from services.routing.cases.casefile import CaseFile
from services.routing.cases.domain.hiding import cover
from services.routing.cases.domain.policies import may_see_identity
from services.routing.cases.domain.words import STATES
from services.routing.cases.queries import load, visible_to
from services.routing.cases.recording import rulebook_of
from services.routing.cases.submission import narrative_in
from services.routing.cases.tables import Case, CaseComplaint
from services.routing.occasion import Occasion
from services.routing.voices.domain.phrases import shared_phrases
from services.routing.voices.queries import representatives_of
from services.routing.voices.schemas import (
    ComparedOut,
    EvidenceOut,
    ProposalOut,
    RepresentativeOut,
    RepresentativesOut,
    SideOut,
)
from services.routing.voices.tables import DuplicateProposal


async def proposals_out(on: Occasion, proposals: Sequence[DuplicateProposal]) -> list[ProposalOut]:
    sides = await _sides(on, {id for each in proposals for id in (each.case_id, each.into_case_id)})
    return [ProposalOut(**_facts(each, sides)) for each in proposals]


async def compared_out(
    on: Occasion, file: CaseFile, proposals: Sequence[DuplicateProposal]
) -> list[ComparedOut]:
    sides = await _sides(on, {id for each in proposals for id in (each.case_id, each.into_case_id)})
    return [
        ComparedOut(**_facts(each, sides), shared_phrases=await _phrases(on, file, each))
        for each in proposals
    ]


async def representatives_out(on: Occasion, file: CaseFile) -> RepresentativesOut:
    numbers = {each.complaint_id: each.number for each in file.complaints}
    found = await representatives_of(on.session, file.case.id)
    return RepresentativesOut(
        items=[
            RepresentativeOut(
                complaint_id=each.complaint_id,
                number=numbers[each.complaint_id],
                named_at=each.named_at,
            )
            for each in found
            if each.complaint_id in numbers
        ]
    )


def _facts(proposal: DuplicateProposal, sides: Mapping[UUID, SideOut]) -> dict[str, Any]:
    return {
        "id": proposal.id,
        "at": proposal.at,
        "score": round(proposal.score, 3),
        "case": sides[proposal.case_id],
        "into": sides[proposal.into_case_id],
        "evidence": EvidenceOut(**proposal.evidence),
        "decision": proposal.decision,
        "decided_at": proposal.decided_at,
    }


async def _sides(on: Occasion, ids: Iterable[UUID]) -> Mapping[UUID, SideOut]:
    wanted = list(ids)
    cases = await on.session.execute(select(Case).where(col(Case.id).in_(wanted)))
    counted = await on.session.execute(
        select(col(CaseComplaint.case_id), func.count())
        .where(col(CaseComplaint.case_id).in_(wanted))
        .group_by(col(CaseComplaint.case_id))
    )
    complaints: dict[UUID, int] = {row[0]: row[1] for row in counted}
    return {case.id: _side(case, complaints.get(case.id, 0)) for case in cases.scalars()}


def _side(case: Case, complaints: int) -> SideOut:
    return SideOut(
        id=case.id,
        number=case.number,
        state=case.status,
        state_name=STATES[case.status],
        category=case.category,
        estate_name=case.estate_name,
        complaints=complaints,
    )


async def _phrases(on: Occasion, file: CaseFile, proposal: DuplicateProposal) -> list[str]:
    """Of the two complaints that were compared, wherever they are by now."""
    texts = [
        await _text(on, complaint_id)
        for complaint_id in (proposal.complaint_id, proposal.other_complaint_id)
    ]
    if None in texts:
        return []
    one, other = (text or "" for text in texts)
    return shared_phrases(one, other, rulebook_of(on, file).duplicates)


async def _text(on: Occasion, complaint_id: UUID) -> str | None:
    """None where the case is not the reader's to see."""
    holding = select(col(CaseComplaint.case_id)).where(
        col(CaseComplaint.complaint_id) == complaint_id
    )
    visible = visible_to(on.actor)
    file = await load(on.session, col(Case.id).in_(holding), visible, for_update=False)
    if file is None:
        return None
    complaint = next(each for each in file.complaints if each.complaint_id == complaint_id)
    narrative = narrative_in(on, complaint)
    text = f"{narrative.title}\n{narrative.text}"
    readers = rulebook_of(on, file).sharing.confidential_readers
    known = may_see_identity(on.actor, file.standing, readers)
    return text if known else cover(text)
