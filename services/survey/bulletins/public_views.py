"""Published editions as everybody sees them."""

from __future__ import annotations

from services.survey.bulletins.commands.deciding import link_of
from services.survey.bulletins.domain.content import content_in
from services.survey.bulletins.guards import Issue
from services.survey.bulletins.public_schemas import (
    PublicEdition,
    PublicEditionDetail,
    RenderingOut,
)
from services.survey.bulletins.renderings import MEDIA_TYPES


def public_edition(issue: Issue, newest: int) -> PublicEdition:
    edition, content = issue.edition, content_in(issue.edition.content)
    link = link_of(edition)
    assert edition.published_at is not None, "what is public was published"
    return PublicEdition(
        bulletin_id=issue.bulletin.id,
        kind=content.kind,
        title=content.title,
        issue=content.issue,
        period=content.period,
        division=content.division,
        division_name=content.division_name,
        publisher=content.publisher,
        edition=edition.number,
        published_at=edition.published_at,
        corrects=content.corrects.edition if content.corrects else None,
        superseded_by=newest if newest > edition.number else None,
        sha256=edition.sha256,
        link=link,
        renderings=[
            RenderingOut(type=type_, link=f"{link}/{name}") for name, type_ in MEDIA_TYPES.items()
        ],
    )


def public_detail(issue: Issue, newest: int) -> PublicEditionDetail:
    return PublicEditionDetail(
        **dict(public_edition(issue, newest)), content=content_in(issue.edition.content)
    )
