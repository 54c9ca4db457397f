"""What is read of the work in the field, by whoever may read how a case is handled."""

from __future__ import annotations

from collections.abc import Sequence

from services.routing.cases.casefile import CaseFile
from services.routing.cases.recording import rulebook_of
from services.routing.field.commands.record import CONTACTS, PERSUASIONS
from services.routing.field.domain.contacts import days_of, in_vain
from services.routing.field.domain.persuasions import proposed_grade
from services.routing.field.queries import Mentioned, contacts_of, persuasions_of, photos_of
from services.routing.field.schemas import (
    ContactOut,
    ContactsOut,
    InVainOut,
    PersuasionOut,
    PersuasionsOut,
    PhotoOut,
    PhotosOut,
)
from services.routing.field.tables import CaseContact, Persuasion
from services.routing.mediation.domain.consent import Side
from services.routing.occasion import Occasion


async def persuasions_out(on: Occasion, file: CaseFile) -> PersuasionsOut:
    rows = await persuasions_of(on.session, file.case.id)
    category = rulebook_of(on, file).category(file.case.category)
    return PersuasionsOut(
        items=[_persuasion(on, row) for row in rows],
        proposed_grade=proposed_grade(category, file.case.degree, rows),
    )


async def contacts_out(on: Occasion, file: CaseFile) -> ContactsOut:
    rows = await contacts_of(on.session, file.case.id)
    vain = {side: in_vain(rows, side) for side in Side}
    return ContactsOut(
        items=[_contact(on, row) for row in rows],
        in_vain=[
            InVainOut(party=side, contacts=len(tries), days=len(days_of(tries)))
            for side, tries in vain.items()
            if tries
        ],
    )


async def photos_out(on: Occasion, file: CaseFile) -> PhotosOut:
    return PhotosOut(items=_photos(await photos_of(on.session, file.case.id)))


def _persuasion(on: Occasion, row: Persuasion) -> PersuasionOut:
    return PersuasionOut(
        at=row.at,
        persons=on.reveal(row.persons, PERSUASIONS, row.id, "persons"),
        place=row.place and on.reveal(row.place, PERSUASIONS, row.id, "place"),
        what=on.reveal(row.what, PERSUASIONS, row.id, "what"),
        heeded=row.heeded,
        recorded_at=row.recorded_at,
    )


def _contact(on: Occasion, row: CaseContact) -> ContactOut:
    return ContactOut(
        at=row.at,
        means=row.means,
        reached=row.reached,
        party=Side(row.side),
        house_id=row.house_id,
        note=row.note and on.reveal(row.note, CONTACTS, row.id, "note"),
        recorded_at=row.recorded_at,
    )


def _photos(mentioned: Sequence[Mentioned]) -> list[PhotoOut]:
    return [
        PhotoOut(
            id=each.mention.photo_id,
            arrived=each.photo is not None,
            kind=each.mention.kind,
            taken_at=each.mention.taken_at,
            media_type=each.photo.media_type if each.photo else None,
            size=each.photo.size if each.photo else None,
        )
        for each in mentioned
    ]
