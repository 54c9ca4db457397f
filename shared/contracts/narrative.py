"""What a reporter says, as it is inside sealed values; only who may open them sees it."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from shared.contracts.event import Contract


class Proof(Contract):
    """What proves an `item` of the rulebook: the number of a document, the address of a photo."""

    item: str
    reference: str


class Location(Contract):
    """A place on the map: degrees, and in which system they are given (wechat.md 10)."""

    latitude: float
    longitude: float
    system: Literal["GCJ02", "WGS84"] = "GCJ02"


class AttachedFile(Contract):
    """A file that belongs to a complaint; intake keeps its content."""

    id: UUID
    kind: str
    media_type: str
    size: int


class Objection(Contract):
    """What is inside the sealed words of a dispute: why, and what proves it."""

    reason: str
    proofs: tuple[Proof, ...] = ()
    attachments: tuple[AttachedFile, ...] = ()


class Narrative(Contract):
    """What is inside the sealed narrative.

    `joins` is another reporter's complaint that this one asks to be handled with (X09).
    `building_id` is the reporter's own building where nobody but the grid may follow from it: of
    an anonymous or confidential complaint that names no building (X15, X16). `on_behalf` is said of
    a reporter without an account for whom a member of staff has filed: there is somebody to ask.
    """

    title: str
    text: str
    place: str | None = None
    building_id: UUID | None = None
    proofs: tuple[Proof, ...] = ()
    location: Location | None = None
    attachments: tuple[AttachedFile, ...] = ()
    joins: UUID | None = None
    on_behalf: bool = False
