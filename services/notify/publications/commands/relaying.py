"""What survey publishes becomes a public notice, by itself: results (E05), bulletins (D10, E23)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel import col, select

from services.notify.deed import Deed
from services.notify.publications.commands.drafting import correct
from services.notify.publications.commands.publishing import (
    Source,
    make_public,
    publish_notice,
)
from services.notify.publications.domain.lifecycle import NoticeState
from services.notify.publications.domain.relayed import (
    CORRECTION,
    Words,
    of_bulletin,
    of_result,
)
from services.notify.publications.queries import estates_by_id, has_successor
from services.notify.publications.schemas import CorrectionBody, NoticeBody
from services.notify.publications.tables import PublicNotice
from services.notify.settings import NotifySettings
from shared.contracts.survey import BulletinState, SatisfactionState
from shared.errors import TryLater

IN_TURN = text("SELECT pg_advisory_xact_lock(hashtextextended(:whose, 3))")


async def relay_result(deed: Deed, survey: SatisfactionState) -> None:
    """E05: the owners of the estate are told (N16). Raises TryLater while it is not known here."""
    if not await estates_by_id(deed.session, [survey.estate_id]):
        raise TryLater
    place = {"division": survey.division, "estate_ids": [str(survey.estate_id)]}
    await _relay(deed, Source(survey.id, survey.version), of_result(survey), place)


async def relay_bulletin(deed: Deed, bulletin: BulletinState) -> None:
    """D10, E23: for everybody of the place; a new edition takes the place of the former one."""
    origin = deed.runtime.part(NotifySettings).public_url
    place = {"division": bulletin.division, "estate_ids": []}
    await _relay(deed, Source(bulletin.id, bulletin.edition), of_bulletin(bulletin, origin), place)


async def _relay(deed: Deed, source: Source, words: Words, place: dict[str, Any]) -> None:
    """However often and in whatever order it is told, also by two at once, the newest stands
    (X37).
    """
    await deed.session.execute(IN_TURN, {"whose": str(source.id)})
    former = await _newest(deed, source.id)
    if former is not None and (former.source_version or 0) >= source.version:
        return
    if former is not None and await _may_be_corrected(deed, former):
        body = CorrectionBody.model_validate(words.wording() | {"reason": CORRECTION})
        edition = await correct(deed, former, body)
        edition.source_id, edition.source_version = source.id, source.version
        await deed.session.flush()
        await make_public(deed, edition)
        return
    body_of_first = NoticeBody.model_validate(words.wording() | {"kind": words.kind} | place)
    await publish_notice(deed, body_of_first, source)


async def _newest(deed: Deed, source_id: UUID) -> PublicNotice | None:
    wanted = (
        select(PublicNotice)
        .where(col(PublicNotice.source_id) == source_id)
        .order_by(col(PublicNotice.source_version).desc())
        .limit(1)
        .with_for_update()
    )
    return (await deed.session.execute(wanted)).scalar_one_or_none()


async def _may_be_corrected(deed: Deed, notice: PublicNotice) -> bool:
    """Where somebody withdrew it or is correcting it by hand, the new edition stands for itself."""
    if notice.state != NoticeState.PUBLISHED:
        return False
    return not await has_successor(deed.session, notice)
