"""X22, X43: contacts and persuasions are written down; the case stays where it is."""

from __future__ import annotations

from services.routing.cases.casefile import CaseFile
from services.routing.cases.domain.lifecycle import Action
from services.routing.cases.recording import move, rulebook_of
from services.routing.directory.queries import is_house_of
from services.routing.field.domain.contacts import UnknownHouse
from services.routing.field.domain.operations import refuse_future
from services.routing.field.schemas import ContactIn, PersuasionIn
from services.routing.field.tables import CaseContact, Persuasion
from services.routing.occasion import Occasion
from shared.ids import new_id

CONTACTS = "case_contact"
PERSUASIONS = "persuasion"


async def record_contact(on: Occasion, file: CaseFile, made: ContactIn) -> None:
    """X22. Raises MadeInTheFuture or UnknownHouse."""
    refuse_future(made.at, on.now, rulebook_of(on, file).field_work.clock_skew)
    if made.house_id and not await is_house_of(on.session, made.house_id, file.case.estate_id):
        raise UnknownHouse
    move(on, file, Action.RECORD_CONTACT, details={"reached": made.reached})
    contact_id = new_id()
    on.session.add(
        CaseContact(
            id=contact_id,
            case_id=file.case.id,
            side=made.party,
            house_id=made.house_id,
            at=made.at,
            means=made.means,
            reached=made.reached,
            note=made.note and on.conceal(made.note, CONTACTS, contact_id, "note"),
            recorded_by=on.actor.id,
            recorded_at=on.now,
        )
    )


async def record_persuasion(on: Occasion, file: CaseFile, made: PersuasionIn) -> None:
    """X43. Raises MadeInTheFuture."""
    refuse_future(made.at, on.now, rulebook_of(on, file).field_work.clock_skew)
    move(on, file, Action.RECORD_PERSUASION, details={"heeded": made.heeded})
    persuasion_id = new_id()
    on.session.add(
        Persuasion(
            id=persuasion_id,
            case_id=file.case.id,
            at=made.at,
            place=made.place and on.conceal(made.place, PERSUASIONS, persuasion_id, "place"),
            persons=on.conceal(made.persons, PERSUASIONS, persuasion_id, "persons"),
            what=on.conceal(made.what, PERSUASIONS, persuasion_id, "what"),
            heeded=made.heeded,
            recorded_by=on.actor.id,
            recorded_at=on.now,
        )
    )
