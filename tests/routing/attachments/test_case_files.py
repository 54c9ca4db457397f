"""A08, X15, X16: the files of a case are for whoever may read its words; every look is recorded."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from shared.contracts.files import READ_ATTACHMENT, attachment_path
from shared.contracts.intake import ComplaintSubmitted
from shared.contracts.narrative import AttachedFile, Narrative
from shared.identity import Actor, TrustedKeys
from shared.identity.grants import GrantExpired, GrantVerifier
from tests.environment import environment
from tests.routing.acceptance.scene import supplemented, waiting
from tests.routing.drama import FEES, NOISE, Drama, Words, staff

WORKER, OTHER_WORKER = staff("wangge.wenquan2"), staff("wangge.fushan1")
LEADER, STREET = staff("wanggezhang.wenquan"), staff("zhongzhi.wenquan")
COMPANY = staff("wuye.wenquan")
PHOTO = AttachedFile(id=uuid4(), kind="IMAGE", media_type="image/jpeg", size=1000)
VOICE = AttachedFile(id=uuid4(), kind="AUDIO", media_type="audio/mpeg", size=2000)
BILL = AttachedFile(id=uuid4(), kind="DOCUMENT", media_type="application/pdf", size=3000)


def with_files(drama: Drama, words: Words = NOISE, **facts: Any) -> ComplaintSubmitted:
    event = drama.submission(words, **facts)
    narrative = Narrative(
        title=words.title, text=f"{words.text}{uuid4().hex[:6]}", attachments=(PHOTO, VOICE, BILL)
    )
    sealed = drama.stage.host.runtime.sealer.seal(
        narrative.model_dump_json(), audience="routing", subject=str(event.complaint.id)
    )
    return event.model_copy(update={"narrative": sealed})


async def arrived(drama: Drama, words: Words = NOISE, **facts: Any) -> UUID:
    event = with_files(drama, words, **facts)
    await drama.stage.hear(event)
    return await drama.case_of(event.complaint.id)


async def seen(drama: Drama, actor: Actor, case_id: UUID) -> list[str]:
    found = await drama.see(actor, f"/cases/{case_id}/attachments")
    assert found["withheld"] == 3 - len(found["items"])
    return [each["kind"] for each in found["items"]]


async def shown(drama: Drama, actor: Actor, case_id: UUID, file: AttachedFile) -> tuple[int, Any]:
    answer = await drama.send(actor, f"/cases/{case_id}/attachments/{file.id}/address")
    return answer.status_code, answer.json()


def judge(drama: Drama) -> GrantVerifier:
    """As intake has it."""
    trusted = TrustedKeys.parse(environment()["LIUDUAN_TRUSTED_KEYS"])
    return GrantVerifier(trusted, drama.stage.clock)


async def test_whoever_sees_the_case_sees_its_files(drama: Drama) -> None:
    """Company included, while nobody is hidden; another grid does not even see the case."""
    case_id = await arrived(drama)
    for actor in (WORKER, LEADER, STREET, COMPANY):
        assert await seen(drama, actor, case_id) == ["IMAGE", "AUDIO", "DOCUMENT"]
        assert (await shown(drama, actor, case_id, VOICE))[0] == 200
    assert (await drama.read(OTHER_WORKER, f"/cases/{case_id}/attachments")).status_code == 404
    status, answer = await shown(drama, OTHER_WORKER, case_id, PHOTO)
    assert (status, answer["code"]) == (404, "CASE_NOT_FOUND")


@pytest.mark.parametrize("hidden", ["confidential", "anonymous"])
async def test_of_a_hidden_reporter_less_is_seen(drama: Drama, hidden: str) -> None:
    """X15, X16: the company nothing; who handles it the pictures; the reviewing desk everything."""
    words = Words("楼上轻微噪音", "楼上小孩跑跳有轻微噪音，希望社区协调。", "NS01")
    case_id = await arrived(drama, words, **{hidden: True})
    assert await seen(drama, WORKER, case_id) == ["IMAGE"]
    assert await seen(drama, LEADER, case_id) == ["IMAGE", "AUDIO", "DOCUMENT"]
    for file, status in ((PHOTO, 200), (VOICE, 404), (BILL, 404)):
        assert (await shown(drama, WORKER, case_id, file))[0] == status


async def test_of_a_hidden_reporter_the_company_sees_nothing(drama: Drama) -> None:
    """X16."""
    case_id = await arrived(drama, FEES, confidential=True)
    answer = await drama.read(COMPANY, f"/cases/{case_id}/attachments")
    assert (answer.status_code, answer.json()["code"]) == (403, "NOT_YOUR_TASK")
    assert (await shown(drama, COMPANY, case_id, PHOTO))[0] == 403


async def test_an_address_is_for_one_file_and_five_minutes(drama: Drama) -> None:
    case_id = await arrived(drama)
    status, answer = await shown(drama, WORKER, case_id, PHOTO)
    assert status == 200
    path, _, grant = answer["address"].partition("?grant=")
    assert path.endswith(attachment_path(PHOTO.id))
    judge(drama).verify(grant, READ_ATTACHMENT, PHOTO.id)
    drama.stage.clock.advance(timedelta(minutes=5))
    with pytest.raises(GrantExpired):
        judge(drama).verify(grant, READ_ATTACHMENT, PHOTO.id)


async def test_only_files_of_this_case_have_an_address(drama: Drama) -> None:
    """Nobody gets at the file of another case by way of an own one."""
    await arrived(drama)
    own = await drama.submit(NOISE)
    status, answer = await shown(drama, WORKER, own, PHOTO)
    assert (status, answer["code"]) == (404, "CASE_FILE_NOT_FOUND")


async def test_every_look_is_written_down(drama: Drama) -> None:
    """A08."""
    case_id = await arrived(drama)
    await seen(drama, WORKER, case_id)
    await shown(drama, WORKER, case_id, PHOTO)
    await shown(drama, WORKER, case_id, AttachedFile(**(PHOTO.model_dump() | {"id": uuid4()})))
    rows = await drama.rows(
        "SELECT action, details FROM audit_entry WHERE actor_id = :id AND action LIKE 'attachment%'"
        " ORDER BY at, action",
        id=WORKER.id,
    )
    assert [row["action"] for row in rows] == ["attachment.shown", "attachments.read"]
    assert rows[0]["details"]["attachment"] == str(PHOTO.id)


async def test_what_is_supplied_later_is_seen_as_well(drama: Drama) -> None:
    """T03: the desk accepted without waiting."""
    event = await waiting(drama)
    desk = staff("jiedao.wenquan")
    path = f"/pending-complaints/{event.complaint.id}/acceptance"
    answer = await drama.send(desk, path, {"category": "PF01", "note": "先行受理"})
    if answer.status_code != 200:
        answer = await drama.send(desk, path, {})
    assert answer.status_code == 200, answer.text
    later = supplemented(drama, event, "补充照片")
    narrative = Narrative(title="物业费争议", text="补充照片", attachments=(PHOTO,))
    sealed = drama.stage.host.runtime.sealer.seal(
        narrative.model_dump_json(), audience="routing", subject=str(event.complaint.id)
    )
    await drama.stage.hear(later.model_copy(update={"narrative": sealed}))
    case_id = await drama.case_of(event.complaint.id)
    found = await drama.see(STREET, f"/cases/{case_id}/attachments")
    assert [each["id"] for each in found["items"]] == [str(PHOTO.id)]
