"""An owner left: the matter is told anew, what desks wrote loses numbers and names (facts 2.13)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from shared.contracts.intake import ComplaintRedacted, ComplaintSubmitted
from shared.contracts.narrative import Narrative
from shared.privacy import Hiding, Sealed
from tests.routing.acceptance.scene import supplemented
from tests.routing.drama import Drama, Words, owner, staff

STREET = staff("zhongzhi.wenquan")
LEAVER, NEIGHBOUR = owner("owner-6"), owner("owner-7")
PHONE, NAME = "13900000006", "演示业主己"
WORDS = Words("物业费争议", f"物业费收费标准不清楚，请回电{PHONE}，{NAME}。")
ANEW = "物业费收费标准不清楚，请回电139****0006，演**。"


def redacted(drama: Drama, event: ComplaintSubmitted, version: int = 9) -> ComplaintRedacted:
    complaint = event.complaint.model_copy(update={"version": version, "house_id": None})
    narrative = Narrative(title="物业费争议", text=ANEW)
    told = narrative.model_dump_json(exclude_defaults=True)
    return ComplaintRedacted(
        complaint=complaint,
        narrative=_sealed(drama, told, f"{complaint.id}"),
        names=_sealed(drama, Hiding.of({NAME}).told(), f"{complaint.id}/names"),
    )


def _sealed(drama: Drama, words: str, subject: str) -> Sealed:
    return drama.stage.host.runtime.sealer.seal(words, audience="routing", subject=subject)


async def told(drama: Drama, case_id: UUID) -> str:
    """Everything the street reads of the case."""
    paths = ("", "/timeline", "/supervision")
    return str([await drama.see(STREET, f"/cases/{case_id}{path}") for path in paths])


async def handled(drama: Drama, event: ComplaintSubmitted) -> UUID:
    await drama.stage.hear(event)
    case_id = await drama.case_of(event.complaint.id)
    await drama.act(STREET, case_id, "signature")
    note: dict[str, Any] = {"text": f"已致电{PHONE}（{NAME}）", "public": True}
    await drama.act(STREET, case_id, "progress", note)
    await drama.act(STREET, case_id, "supervision", {"reason": f"请联系{NAME}{PHONE}"})
    return case_id


@pytest.mark.parametrize("anonymous", [False, True])
async def test_words_and_notes_lose_number_and_name(drama: Drama, anonymous: bool) -> None:
    """X15: of an anonymous complaint as well, and the case goes on."""
    hidden: dict[str, Any] = (
        {"anonymous": True, "owner_id": None, "house_id": None} if anonymous else {}
    )
    event = drama.submission(WORDS, reporter=LEAVER, **hidden)
    case_id = await handled(drama, event)
    other = await handled(drama, drama.submission(WORDS, reporter=NEIGHBOUR))
    assert f"（{NAME}）" in await told(drama, case_id)
    before = await drama.row(case_id)
    await drama.stage.hear(redacted(drama, event))
    after = await told(drama, case_id)
    assert PHONE not in after
    assert NAME not in after
    assert "139****0006" in after
    assert (await drama.row(case_id))["state"] == before["state"]
    assert NAME in await told(drama, other), "nobody else's case is touched"


async def test_what_was_sealed_for_the_owner_loses_it_as_well(drama: Drama) -> None:
    """A note to the owner lies in the outbox for a week, and may be sent again."""
    event = drama.submission(WORDS, reporter=LEAVER)
    case_id = await handled(drama, event)
    await drama.stage.hear(redacted(drama, event))
    rows = await drama.rows(
        "SELECT body::jsonb -> 'data' ->> 'note' AS note FROM outbox"
        " WHERE type = 'routing.case_progressed' AND body::jsonb ->> 'subject' = :case",
        case=str(case_id),
    )
    (note,) = [row["note"] for row in rows if row["note"]]
    sealed = Sealed.model_validate_json(note)
    opened = drama.stage.host.runtime.sealer.open_(sealed, subject=f"{case_id}/note")
    assert opened == "已致电139****0006（演**）"


async def test_the_home_leads_nowhere_any_more(drama: Drama) -> None:
    event = drama.submission(WORDS, reporter=LEAVER)
    case_id = await handled(drama, event)
    await drama.stage.hear(redacted(drama, event))
    assert await drama.stage.count("case_complaint", "house_id IS NOT NULL") == 0
    (complaint,) = (await drama.see(STREET, f"/cases/{case_id}"))["complaints"]
    assert (complaint["house_id"], complaint["place"]) == (None, None)


@pytest.mark.parametrize("version", [5, 12])
async def test_what_was_supplied_before_comes_too_late(drama: Drama, version: int) -> None:
    """X36, X37: an older supplement is not taken any more; a newer one is."""
    event = drama.submission(WORDS, reporter=LEAVER)
    case_id = await handled(drama, event)
    longer = supplemented(drama, event, f"{WORDS.text}（另附说明，说明很长很长）", version=version)
    await drama.stage.hear(redacted(drama, event), longer)
    assert ("另附说明" in await told(drama, case_id)) is (version > 9)


async def test_a_redaction_that_comes_after_something_newer_takes_nothing_back(
    drama: Drama,
) -> None:
    """X37: what the hotline added later was told without names already."""
    event = drama.submission(WORDS, reporter=LEAVER)
    case_id = await handled(drama, event)
    newer = supplemented(drama, event, f"{ANEW}补充", version=12)
    await drama.stage.hear(newer, redacted(drama, event))
    read = await told(drama, case_id)
    assert f"{ANEW}补充" in read
    assert NAME not in read


async def test_a_redaction_that_comes_first_waits(drama: Drama) -> None:
    """X37."""
    event = drama.submission(WORDS, reporter=LEAVER)
    delivery = await drama.stage.hear_early(redacted(drama, event))
    await drama.stage.hear(event)
    await drama.stage.host.consumer.receive([delivery])
    assert not delivery.postponed
    assert PHONE not in await told(drama, await drama.case_of(event.complaint.id))
