"""From what somebody sent to a filing: checked, and given an id."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from services.intake.complaints.domain.content import check_content, emergency_calls, title_of
from services.intake.complaints.domain.doors import DoorKind
from services.intake.complaints.domain.placing import Wish
from services.intake.complaints.domain.reporting import refuse_visitor
from services.intake.complaints.filing.filing import Filing, OnceKey
from shared.contracts.narrative import Location, Proof
from shared.identity import Actor
from shared.ids import new_id
from shared.runtime import Runtime
from shared.tracing import current_trace


@dataclass(frozen=True, slots=True)
class Draft:
    """What the reporter says. `visitor` is who has no home there (X42), `joins` a neighbour's
    complaint that it should be handled with (X09).
    """

    wish: Wish
    text: str = field(repr=False)
    title: str | None = field(default=None, repr=False)
    place: str | None = field(default=None, repr=False)
    category: str | None = None
    confidential: bool = False
    anonymous: bool = False
    visitor: bool = False
    location: Location | None = field(default=None, repr=False)
    attachments: tuple[UUID, ...] = ()
    proofs: tuple[Proof, ...] = ()
    joins: UUID | None = None

    def every_word(self) -> str:
        """Differs whenever any part differs."""
        wish = self.wish
        places = (wish.estate_id, wish.building_id, wish.house_id)
        words = (self.text, self.title, self.place, self.category)
        hidden = (self.confidential, self.anonymous)
        return json.dumps([*map(str, places), *words, *hidden, *self._what_is_seldom_said()])

    def _what_is_seldom_said(self) -> list[str]:
        """Empty for the ordinary complaint, whose fingerprint has always been without it."""
        said: list[str] = []
        if self.visitor:
            said.append("visitor")
        if self.location is not None:
            said.append(self.location.model_dump_json())
        if self.joins is not None:
            said.append(f"joins {self.joins}")
        said += [proof.model_dump_json() for proof in self.proofs]
        return said + [str(attachment) for attachment in self.attachments]


@dataclass(frozen=True, slots=True)
class Door:
    """How it came: through which door, by whom, for which owner, promised from when.

    `in_person` means that the owner files it. `contact_name`, `contact_mobile` and `details` (what
    only this door asks, as JSON) are in the clear here, and only here. `client_id` is the system
    that sent it, `submitted_by` the member of staff, `address` a keyed hash of the network address.
    """

    kind: DoorKind
    actor: Actor
    once: OnceKey
    owner_id: UUID | None
    in_person: bool = False
    promised_from: datetime | None = None
    address: str | None = field(default=None, repr=False)
    external_number: str | None = None
    client_id: UUID | None = None
    submitted_by: UUID | None = None
    contact_name: str | None = field(default=None, repr=False)
    contact_mobile: str | None = field(default=None, repr=False)
    details: str | None = field(default=None, repr=False)


def prepare(runtime: Runtime, draft: Draft, door: Door) -> Filing:
    """Raises TextTooShort, CategoryUnknown or NotForVisitors; the rest is judged at the desk."""
    now, complaint_id = runtime.clock.now(), new_id()
    rulebook, title = runtime.rulebooks.in_force_at(now), title_of(draft.title, draft.text)
    calls = emergency_calls(rulebook, title, draft.text)
    check_content(rulebook, draft.text, draft.category, urgent=bool(calls))
    if draft.visitor:
        refuse_visitor(rulebook, draft.category, urgent=bool(calls))
    spot = draft.location
    location = spot.model_dump_json() if spot else None
    return Filing(
        id=complaint_id,
        once=door.once,
        actor=door.actor,
        door=door.kind,
        wish=draft.wish,
        in_person=door.in_person,
        title=title,
        text=draft.text,
        submitted_at=now,
        promised_from=door.promised_from or now,
        rulebook=rulebook,
        trace=current_trace(),
        owner_id=door.owner_id,
        place=draft.place,
        category=draft.category,
        confidential=draft.confidential,
        anonymous=draft.anonymous,
        visitor=draft.visitor,
        calls=calls,
        address=door.address,
        attachments=draft.attachments,
        spot=spot,
        location=_locked(runtime, complaint_id, "location", location),
        proofs=draft.proofs,
        joins=draft.joins,
        external_number=door.external_number,
        client_id=door.client_id,
        submitted_by=door.submitted_by,
        contact_name=_locked(runtime, complaint_id, "contact_name", door.contact_name),
        contact_mobile=_locked(runtime, complaint_id, "contact_mobile", door.contact_mobile),
        details=_locked(runtime, complaint_id, "details", door.details),
    )


def _locked(runtime: Runtime, complaint_id: UUID, column: str, value: str | None) -> str | None:
    if value is None:
        return None
    return runtime.cipher.encrypt(value, table="complaint", row_id=complaint_id, column=column)
