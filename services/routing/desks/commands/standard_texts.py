"""Standard texts: written for one's organisation or for a division, kept in all their versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, literal, or_, select
from sqlmodel import col

from services.routing.desks.domain.policies import may_write_for_division, may_write_for_house
from services.routing.desks.domain.texts import (
    NotYourText,
    Purpose,
    TextNotFound,
    refuse_unknown,
)
from services.routing.desks.schemas import StandardTextIn, WordingIn
from services.routing.desks.tables import StandardText, StandardTextVersion
from services.routing.occasion import Occasion
from shared.identity import Actor
from shared.ids import new_id


@dataclass(frozen=True)
class Wording:
    """A text with one of its versions."""

    text: StandardText
    version: StandardTextVersion


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Those of one's organisation, and those of divisions one works in or is in charge of."""
    division = col(StandardText.division)
    places = (*actor.scope.divisions, *sorted(actor.scope.grids))
    theirs: ColumnElement[bool] = false()
    if actor.organisation_id is not None:
        theirs = col(StandardText.organisation_id) == actor.organisation_id
    around = (
        or_(division.startswith(place), literal(place).startswith(division)) for place in places
    )
    return or_(theirs, *around)


async def offered(on: Occasion, purpose: Purpose | None) -> Sequence[Wording]:
    rows = await on.session.execute(_newest(on.actor, purpose).order_by(col(StandardText.title)))
    return [Wording(text, version) for text, version in rows]


async def write(on: Occasion, wanted: StandardTextIn) -> Wording:
    """Raises NotYourText, UnknownVariable, UnpairedBrace."""
    refuse_unknown(wanted.body)
    text = StandardText(
        id=new_id(),
        organisation_id=None if wanted.division else on.actor.organisation_id,
        division=wanted.division,
        purpose=wanted.purpose,
        title=wanted.title,
        version=0,
    )
    _refuse_others(on, text)
    on.session.add(text)
    await on.session.flush()
    return _next_version(on, text, wanted.body)


async def rewrite(on: Occasion, text: StandardText, wanted: WordingIn) -> Wording:
    """The next version; the one before is kept. Raises UnknownVariable or UnpairedBrace."""
    refuse_unknown(wanted.body)
    text.title = wanted.title
    return _next_version(on, text, wanted.body)


async def withdraw(on: Occasion, text: StandardText) -> None:
    text.withdrawn_at = on.now
    on.audit("text.withdrawn", "text", text.id, {"version": text.version})


async def wording(on: Occasion, text_id: UUID) -> Wording:
    """Raises TextNotFound."""
    wanted = _newest(on.actor, None).where(col(StandardText.id) == text_id)
    found = (await on.session.execute(wanted)).one_or_none()
    if found is None:
        raise TextNotFound
    text, version = found
    return Wording(text, version)


def _newest(actor: Actor, purpose: Purpose | None) -> Select[StandardText, StandardTextVersion]:
    wanted = (
        select(StandardText, StandardTextVersion)
        .join(
            StandardTextVersion,
            (col(StandardTextVersion.text_id) == col(StandardText.id))
            & (col(StandardTextVersion.version) == col(StandardText.version)),
        )
        .where(visible_to(actor), col(StandardText.withdrawn_at).is_(None))
    )
    return wanted if purpose is None else wanted.where(col(StandardText.purpose) == purpose)


def _next_version(on: Occasion, text: StandardText, body: str) -> Wording:
    text.version += 1
    version = StandardTextVersion(
        text_id=text.id,
        version=text.version,
        body=body,
        written_by=on.actor.id,
        written_at=on.now,
    )
    on.session.add(version)
    on.audit("text.written", "text", text.id, {"version": text.version})
    return Wording(text, version)


async def text_to_change(on: Occasion, text_id: UUID) -> StandardText:
    """Raises TextNotFound or NotYourText."""
    found = await on.session.execute(
        select(StandardText)
        .where(
            visible_to(on.actor),
            col(StandardText.id) == text_id,
            col(StandardText.withdrawn_at).is_(None),
        )
        .with_for_update()
    )
    text = found.scalar()
    if text is None:
        raise TextNotFound
    _refuse_others(on, text)
    return text


def _refuse_others(on: Occasion, text: StandardText) -> None:
    if text.division is not None:
        allowed = may_write_for_division(on.actor, text.division)
    else:
        allowed = may_write_for_house(on.actor, text.organisation_id)
    if not allowed:
        raise NotYourText
