"""An owner left: the matter is told anew, what desks wrote loses its numbers (facts 2.13)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from shared.contracts.intake import (
    ComplaintRedacted,
    ComplaintSubmitted,
    ErasedOwner,
    Narrative,
    OwnerErased,
)
from shared.identity import Actor
from shared.privacy import Sealed
from tests.routing.drama import Drama, Words, owner, staff

STREET = staff("zhongzhi.wenquan")
LEAVER, NEIGHBOUR = owner("owner-6"), owner("owner-7")
PHONE = "13900000006"
WORDS = Words("物业费争议", f"物业费收费标准不清楚，请回电{PHONE}。")
ANEW = "物业费收费标准不清楚，请回电139****0006。"


def redacted(drama: Drama, event: ComplaintSubmitted, version: int = 9) -> ComplaintRedacted:
    complaint = event.complaint.model_copy(update={"version": version})
    narrative = Narrative(title="物业费争议", text=ANEW)
    sealed = drama.stage.host.runtime.sealer.seal(
        narrative.model_dump_json(exclude_defaults=True),
        audience="routing",
        subject=str(complaint.id),
    )
    return ComplaintRedacted(complaint=complaint, narrative=sealed)


def erased(drama: Drama, person: Actor) -> OwnerErased:
    return OwnerErased(owner=ErasedOwner(id=person.id, version=9, erased_at=drama.now))


async def told(drama: Drama, case_id: UUID) -> str:
    """Everything the street reads of the case."""
    paths = ("", "/timeline", "/supervision")
    return str([await drama.see(STREET, f"/cases/{case_id}{path}") for path in paths])


async def handled(drama: Drama, event: ComplaintSubmitted) -> UUID:
    await drama.stage.hear(event)
    case_id = await drama.case_of(event.complaint.id)
    await drama.act(STREET, case_id, "signature")
    note: dict[str, Any] = {"text": f"已致电{PHONE}", "public": True}
    await drama.act(STREET, case_id, "progress", note)
    await drama.act(STREET, case_id, "supervision", {"reason": f"请联系{PHONE}"})
    return case_id


async def test_words_and_notes_lose_the_number_and_the_case_goes_on(drama: Drama) -> None:
    event = drama.submission(WORDS, reporter=LEAVER)
    case_id = await handled(drama, event)
    other = await handled(drama, drama.submission(WORDS, reporter=NEIGHBOUR))
    assert PHONE in await told(drama, case_id)
    before = await drama.row(case_id)
    await drama.stage.hear(redacted(drama, event), erased(drama, LEAVER))
    after = await told(drama, case_id)
    assert PHONE not in after
    assert "139****0006" in after
    assert (await drama.row(case_id))["state"] == before["state"]
    assert PHONE in await told(drama, other), "nobody else's case is touched"


async def test_what_was_sealed_for_the_owner_loses_it_as_well(drama: Drama) -> None:
    """A note to the owner lies in the outbox for a week, and may be sent again."""
    event = drama.submission(WORDS, reporter=LEAVER)
    case_id = await handled(drama, event)
    await drama.stage.hear(erased(drama, LEAVER))
    rows = await drama.rows(
        "SELECT body::jsonb -> 'data' ->> 'note' AS note FROM outbox"
        " WHERE type = 'routing.case_progressed' AND body::jsonb ->> 'subject' = :case",
        case=str(case_id),
    )
    (note,) = [row["note"] for row in rows if row["note"]]
    sealed = Sealed.model_validate_json(note)
    opened = drama.stage.host.runtime.sealer.open_(sealed, subject=f"{case_id}/note")
    assert opened == "已致电139****0006"


async def test_a_redaction_that_comes_first_waits(drama: Drama) -> None:
    """X37."""
    event = drama.submission(WORDS, reporter=LEAVER)
    delivery = await drama.stage.hear_early(redacted(drama, event))
    await drama.stage.hear(event)
    await drama.stage.host.consumer.receive([delivery])
    assert not delivery.postponed
    assert PHONE not in await told(drama, await drama.case_of(event.complaint.id))
