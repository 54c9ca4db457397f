"""Loading an edition for whoever may have it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path

from services.survey.bulletins.domain.content import content_in
from services.survey.bulletins.domain.policies import (
    refuse_elsewhere,
    refuse_stake,
    refuse_unless_drafting,
    refuse_unless_reading,
)
from services.survey.bulletins.queries import edition_of, published_edition
from services.survey.bulletins.schemas import DraftIn
from services.survey.bulletins.tables import Bulletin, Edition
from services.survey.deed import DeedDep
from shared.web.dependencies import SessionDep

Number = Annotated[int, Path(ge=1, le=9999)]


@dataclass(frozen=True)
class Issue:
    """An edition of a bulletin."""

    edition: Edition
    bulletin: Bulletin


async def reader(deed: DeedDep) -> None:
    """Raises BulletinReadersOnly."""
    refuse_unless_reading(deed.actor)


async def drafter(deed: DeedDep) -> None:
    """Raises BulletinCentresOnly."""
    refuse_unless_drafting(deed.actor)


async def draft_place(_: Annotated[None, Depends(drafter)], deed: DeedDep, body: DraftIn) -> None:
    """Raises BulletinElsewhere."""
    refuse_elsewhere(deed.actor, body.division)


async def issue_to_read(
    edition_id: UUID, _: Annotated[None, Depends(reader)], deed: DeedDep
) -> Issue:
    """Raises EditionNotFound."""
    return Issue(*await edition_of(deed.session, deed.actor, edition_id))


async def issue_to_write(
    edition_id: UUID, _: Annotated[None, Depends(drafter)], deed: DeedDep
) -> Issue:
    """Locked. Raises EditionNotFound, or StakeInCompany where the own company is named (A13)."""
    edition, bulletin = await edition_of(deed.session, deed.actor, edition_id, lock=True)
    refuse_stake(deed.actor, (each.company_id for each in content_in(edition.content).assessed))
    return Issue(edition, bulletin)


async def public_issue(bulletin_id: UUID, number: Number, session: SessionDep) -> Issue:
    """Raises EditionNotFound."""
    return Issue(*await published_edition(session, bulletin_id, number))


ReaderDep = Annotated[None, Depends(reader)]
DrafterDep = Annotated[None, Depends(draft_place)]
IssueToRead = Annotated[Issue, Depends(issue_to_read)]
IssueToWrite = Annotated[Issue, Depends(issue_to_write)]
PublicIssue = Annotated[Issue, Depends(public_issue)]
