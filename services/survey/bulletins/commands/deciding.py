"""A second person reads the draft: approved, returned, withdrawn, published (D10)."""

from __future__ import annotations

from services.survey.bulletins.commands.composing import set_content
from services.survey.bulletins.commands.recording import record
from services.survey.bulletins.domain.content import Kind, content_in
from services.survey.bulletins.domain.differences import refuse_idle
from services.survey.bulletins.domain.lifecycle import EditionAction, advance, refuse_changed
from services.survey.bulletins.domain.policies import refuse_author
from services.survey.bulletins.domain.remarks import refuse_fallen
from services.survey.bulletins.domain.steadying import refuse_moved
from services.survey.bulletins.gathering import fallen_scores
from services.survey.bulletins.queries import gathered_of, publish_in_turn, published_figures
from services.survey.bulletins.tables import Bulletin, Edition
from services.survey.deed import Deed
from shared.contracts.survey import BulletinPublished, BulletinState
from shared.messaging import publish as say


async def approve(deed: Deed, edition: Edition, version_read: int) -> None:
    """Raises AnotherPersonNeeded, EditionNotInState, EditionChanged, NothingToCorrect or
    ScoreRevoked.
    """
    refuse_author(deed.actor, edition.authors)
    edition.state = advance(edition.state, EditionAction.APPROVE)
    refuse_changed(edition.version, version_read)
    refuse_idle(content_in(edition.content))
    await _refuse_fallen(deed, edition)
    edition.approved_by, edition.approved_at = deed.actor.id, deed.at
    edition.returned_because = None
    record(deed, edition, "bulletin.approved")


async def send_back(deed: Deed, edition: Edition, reason: str) -> None:
    """Raises EditionNotInState."""
    edition.state = advance(edition.state, EditionAction.RETURN)
    edition.approved_by = edition.approved_at = None
    edition.returned_because = reason
    record(deed, edition, "bulletin.returned", reason=reason)


async def withdraw(deed: Deed, edition: Edition, reason: str) -> None:
    """Raises EditionNotInState."""
    edition.state = advance(edition.state, EditionAction.WITHDRAW)
    record(deed, edition, "bulletin.withdrawn", reason=reason)


async def publish(deed: Deed, bulletin: Bulletin, edition: Edition) -> None:
    """What was approved, with the moment of its publication; from now on it stays so.

    Raises AnotherPersonNeeded, EditionNotInState, NothingToCorrect, AnswersMoved or ScoreRevoked.
    """
    refuse_author(deed.actor, edition.authors)
    content = content_in(edition.content)
    refuse_idle(content)
    if bulletin.kind == Kind.BULLETIN:
        await _refuse_moved(deed, bulletin.period, edition)
    await _refuse_fallen(deed, edition)
    edition.state = advance(edition.state, EditionAction.PUBLISH)
    edition.published_by, edition.published_at = deed.actor.id, deed.at
    set_content(edition, content.model_copy(update={"published_at": deed.at}))
    bulletin.version += 1
    record(deed, edition, "bulletin.published")
    state = BulletinState(
        id=bulletin.id,
        version=bulletin.version,
        kind=str(bulletin.kind),
        title=content.title,
        period=bulletin.period,
        division=bulletin.division,
        edition=edition.number,
        published_at=deed.at,
        link=link_of(edition),
    )
    say(deed.session, BulletinPublished(bulletin=state), actor=deed.actor, at=deed.at)


async def _refuse_moved(deed: Deed, period: str, edition: Edition) -> None:
    """Before the edition changes: once it is written as published, it can be changed no more."""
    await publish_in_turn(deed.session, period)
    published = await published_figures(deed.session, period)
    book = deed.runtime.rulebooks.named(edition.rulebook)
    refuse_moved(gathered_of(edition), published, book)


async def _refuse_fallen(deed: Deed, edition: Edition) -> None:
    """Bulletins assess nobody."""
    content = content_in(edition.content)
    if content.assessed:
        fallen = await fallen_scores(deed.session, content.period, content.division)
        refuse_fallen(content.assessed, fallen)


def link_of(edition: Edition) -> str:
    """The public page of an edition, below the installation's address."""
    return f"/survey/public/bulletins/{edition.bulletin_id}/editions/{edition.number}"
