"""Editions as those see them who draft and approve."""

from __future__ import annotations

from services.survey.bulletins.commands.deciding import link_of
from services.survey.bulletins.domain.content import content_in
from services.survey.bulletins.domain.edition import Place
from services.survey.bulletins.domain.lifecycle import EditionStatus
from services.survey.bulletins.schemas import EditionDetail, EditionOut, NotesOut
from services.survey.bulletins.tables import Bulletin, Edition
from shared.identity import Actor


def edition_out(edition: Edition, bulletin: Bulletin) -> EditionOut:
    content = content_in(edition.content)
    published = edition.state == EditionStatus.PUBLISHED
    return EditionOut(
        id=edition.id,
        version=edition.version,
        state=EditionStatus(edition.state),
        bulletin_id=bulletin.id,
        kind=content.kind,
        title=content.title,
        period=bulletin.period,
        division=bulletin.division,
        edition=edition.number,
        reason=edition.reason,
        returned_because=edition.returned_because,
        drafted_at=edition.drafted_at,
        computed_at=content.computed_at,
        approved_at=edition.approved_at,
        published_at=edition.published_at,
        sha256=edition.sha256,
        link=link_of(edition) if published else None,
    )


def edition_detail(actor: Actor, edition: Edition, bulletin: Bulletin) -> EditionDetail:
    notes = {place.lower(): list(edition.notes.get(place, ())) for place in Place}
    return EditionDetail(
        **dict(edition_out(edition, bulletin)),
        mine=actor.id in edition.authors,
        notes=NotesOut(**notes),
        content=content_in(edition.content),
    )
