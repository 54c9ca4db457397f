"""T01, T03: a file belongs to one complaint, and routing is told of it where only routing reads."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from shared.contracts.intake import ComplaintSubmitted, ComplaintSupplemented
from shared.contracts.narrative import Narrative
from shared.identity import Actor
from tests.intake.attachments import media
from tests.intake.attachments.pictures import jpeg
from tests.intake.attachments.uploads import begin, ready, stored, whole
from tests.intake.people import ANNA, BORIS, complaint, once, owner
from tests.intake.test_following import filed
from tests.intake.test_supplying import request, supply
from tests.stage import Stage


async def file(
    stage: Stage, actor: Actor, *files: UUID | str, key: str = "", **more: Any
) -> tuple[int, Any]:
    body = complaint(attachments=[str(each) for each in files], **more)
    async with stage.client(actor) as client:
        answer = await client.post("/complaints", json=body, headers=once(key or None))
    return answer.status_code, answer.json()


def narrative(stage: Stage, said: ComplaintSubmitted | ComplaintSupplemented) -> Narrative:
    subject = str(said.complaint.id)
    opened = stage.host.runtime.sealer.open_(said.narrative, subject=subject)
    return Narrative.model_validate_json(opened)


async def test_routing_is_told_of_the_files(stage: Stage) -> None:
    """Their ids, kinds and sizes; sealed, and of what is kept rather than of what was sent."""
    photo = await ready(stage, owner(ANNA))
    voice = await ready(stage, owner(ANNA), media.mp3(), "AUDIO")
    status, receipt = await file(stage, owner(ANNA), photo, voice)
    assert status == 201
    (said,) = await stage.said(ComplaintSubmitted)
    told = {each.id: each for each in narrative(stage, said).attachments}
    assert set(told) == {photo, voice}
    assert (told[voice].kind, told[voice].media_type) == ("AUDIO", "audio/mpeg")
    assert told[voice].size == 8 * len(media.FRAME)
    assert str(photo) not in said.model_dump_json()
    assert await stage.count("attachment", f"complaint_id = '{receipt['id']}'") == 2


async def test_only_ones_own_whole_and_unused_files(stage: Stage) -> None:
    """Somebody else's, an unfinished, a refused, an unknown and a used one are refused alike."""
    used = await ready(stage, owner(ANNA))
    assert (await file(stage, owner(ANNA), used))[0] == 201
    async with stage.client(owner(ANNA)) as anna:
        unfinished = (await begin(anna, jpeg()))["id"]
        refused = await begin(anna, b"<svg/>")
        await whole(anna, b"<svg/>")
    foreign = await ready(stage, owner(BORIS))
    for bad in (used, unfinished, refused["id"], foreign, uuid4()):
        good = await ready(stage, owner(ANNA))
        status, answer = await file(stage, owner(ANNA), good, bad)
        assert (status, answer["code"]) == (422, "ATTACHMENT_UNKNOWN")
        assert await stage.count("attachment", f"id = '{good}' AND complaint_id IS NULL") == 1
    assert await stage.count("complaint") == 1


async def test_of_two_complaints_at_once_one_gets_the_file(stage: Stage) -> None:
    photo = await ready(stage, owner(ANNA))
    texts = [f"楼道灯坏了半个月没有人来修理{n}" for n in range(5)]
    sends = [file(stage, owner(ANNA), photo, text=each) for each in texts]
    answers = await asyncio.gather(*sends)
    assert sorted(status for status, _ in answers) == [201, 422, 422, 422, 422]


async def test_a_replay_is_the_first_answer(stage: Stage) -> None:
    """Also though its file is in use by then; with other files it is another request."""
    photo, other = await ready(stage, owner(ANNA)), await ready(stage, owner(ANNA))
    first = await file(stage, owner(ANNA), photo, key="one-and-the-same")
    assert await file(stage, owner(ANNA), photo, key="one-and-the-same") == first
    status, answer = await file(stage, owner(ANNA), other, key="one-and-the-same")
    assert (status, answer["code"]) == (422, "IDEMPOTENCY_KEY_REUSED")


async def test_files_are_supplied(stage: Stage) -> None:
    """T03: alone, without words; routing is told of all, and of the place that was told first."""
    first, second = await ready(stage, owner(ANNA)), await ready(stage, owner(ANNA))
    spot = {"latitude": 29.8, "longitude": 114.3}
    _, receipt = await file(stage, owner(ANNA), first, location=spot)
    complaint_id = UUID(receipt["id"])
    await stage.hear(request(stage, complaint_id))
    foreign = await ready(stage, owner(BORIS))
    status, answer = await supply(stage, complaint_id, {"attachments": [str(foreign)]})
    assert (status, answer["code"]) == (422, "ATTACHMENT_UNKNOWN")
    stage.clock.advance(timedelta(minutes=1))
    status, answer = await supply(stage, complaint_id, {"attachments": [str(second)]})
    assert (status, answer["state"]) == (200, "SUBMITTED")
    (said,) = await stage.said(ComplaintSupplemented)
    told = narrative(stage, said)
    assert [each.id for each in told.attachments] == [first, second]
    assert told.location is not None
    assert told.location.latitude == 29.8


async def test_a_complaint_without_files_asks_the_store_nothing(stage: Stage) -> None:
    await filed(stage)
    assert stored(stage) == []
