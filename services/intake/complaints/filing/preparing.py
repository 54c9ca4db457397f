"""From what somebody sent to a filing: checked, and given an id."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from services.intake.complaints.domain.content import check_content, title_of
from services.intake.complaints.domain.placing import Wish
from services.intake.complaints.filing.filing import Filing, OnceKey
from shared.contracts.vocabulary import Channel
from shared.identity import Actor
from shared.ids import new_id
from shared.runtime import Runtime
from shared.tracing import current_trace


@dataclass(frozen=True, slots=True)
class Draft:
    """What the reporter says."""

    wish: Wish
    text: str = field(repr=False)
    title: str | None = field(default=None, repr=False)
    place: str | None = field(default=None, repr=False)
    category: str | None = None
    confidential: bool = False
    anonymous: bool = False

    def every_word(self) -> str:
        """Differs whenever any part differs."""
        wish = self.wish
        places = (wish.estate_id, wish.building_id, wish.house_id)
        words = (self.text, self.title, self.place, self.category)
        return json.dumps([*map(str, places), *words, self.confidential, self.anonymous])


@dataclass(frozen=True, slots=True)
class Door:
    """How it came: through which channel, for which owner, promised from when.

    `contact_mobile` is in the clear here, and only here.
    """

    channel: Channel
    actor: Actor
    once: OnceKey
    owner_id: UUID | None
    only_at_home: bool = False
    promised_from: datetime | None = None
    external_number: str | None = None
    contact_mobile: str | None = field(default=None, repr=False)


def prepare(runtime: Runtime, draft: Draft, door: Door) -> Filing:
    """Raises TextTooShort or CategoryUnknown; where it belongs is judged at the desk."""
    now, complaint_id = runtime.clock.now(), new_id()
    title = title_of(draft.title, draft.text)
    check_content(runtime.rulebooks.in_force_at(now), title, draft.text, draft.category)
    return Filing(
        id=complaint_id,
        once=door.once,
        actor=door.actor,
        channel=door.channel,
        wish=draft.wish,
        only_at_home=door.only_at_home,
        title=title,
        text=draft.text,
        submitted_at=now,
        promised_from=door.promised_from or now,
        trace=current_trace(),
        owner_id=door.owner_id,
        place=draft.place,
        category=draft.category,
        confidential=draft.confidential,
        anonymous=draft.anonymous,
        external_number=door.external_number,
        contact_mobile=_locked(runtime, complaint_id, door.contact_mobile),
    )


def _locked(runtime: Runtime, complaint_id: UUID, mobile: str | None) -> str | None:
    if mobile is None:
        return None
    return runtime.cipher.encrypt(
        mobile, table="complaint", row_id=complaint_id, column="contact_mobile"
    )
