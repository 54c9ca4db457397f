"""A04, T24: files come in parts, in any order, again after a break; and never more than allowed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from deploy.demo import world
from shared.identity import Actor, End, Role
from shared.ids import new_id
from tests.intake.attachments import media
from tests.intake.attachments.pictures import jpeg
from tests.intake.attachments.uploads import (
    PART,
    begin,
    content_of,
    finish,
    large_jpeg,
    part,
    put,
    stored,
    whole,
)
from tests.intake.people import ANNA, BORIS, hotline, once, owner
from tests.stage import Stage

MEGABYTE = 1024 * 1024


def officer() -> Actor:
    return Actor(
        id=world.staff("zhongzhi.wenquan").id,
        end=End.CENTRE,
        roles=frozenset({Role.DISPATCHER}),
        session_id=new_id(),
    )


async def test_in_parts_after_a_break(stage: Stage) -> None:
    """In any order, one of them twice; the list tells what is still to be sent."""
    content = large_jpeg()
    async with stage.client(owner(ANNA)) as anna:
        begun = await begin(anna, content)
        assert (begun["part_bytes"], begun["parts"], begun["arrived"]) == (PART, 3, [])
        for number in (3, 1, 1):
            assert (await put(anna, begun["id"], number, part(content, number))).status_code == 200
    async with stage.client(owner(ANNA)) as anna:
        seen = (await anna.get(f"/attachments/{begun['id']}")).json()
        assert (seen["state"], seen["arrived"]) == ("UPLOADING", [1, 3])
        early = await finish(anna, begun["id"])
        assert (early.status_code, early.json()["code"]) == (409, "PARTS_MISSING")
        assert early.json()["missing"] == [2]
        form = {"file": ("part", part(content, 2))}
        again = await anna.post(f"/attachments/{begun['id']}/parts/2", files=form)
        assert again.status_code == 200
        first, second = await finish(anna, begun["id"]), await finish(anna, begun["id"])
        assert first.json() == second.json()
        assert (first.json()["state"], first.json()["media_type"]) == ("READY", "image/jpeg")
        late = await put(anna, begun["id"], 1, part(content, 1))
        assert (late.status_code, late.json()["code"]) == (409, "ATTACHMENT_STATE_FORBIDS")
    (kept,) = stored(stage)
    assert kept.startswith(f"content/{begun['id']}/")


async def test_parts_come_at_once_and_are_finished_at_once(stage: Stage) -> None:
    """Ten at the same time; whoever finishes twice at once gets one and the same file."""
    content = large_jpeg()
    async with stage.client(owner(ANNA)) as anna:
        begun = await begin(anna, content)
        sends = [put(anna, begun["id"], n % 3 + 1, part(content, n % 3 + 1)) for n in range(10)]
        assert {answer.status_code for answer in await asyncio.gather(*sends)} == {200}
        ends = await asyncio.gather(*(finish(anna, begun["id"]) for _ in range(3)))
        assert len({answer.text for answer in ends}) == 1
        assert ends[0].status_code == 200
        assert (await content_of(anna, begun["id"])).startswith(b"\xff\xd8\xff")
    assert len(stored(stage)) == 1


async def test_the_hash_is_checked(stage: Stage) -> None:
    """What arrived wrongly can be sent again."""
    content = jpeg()
    async with stage.client(owner(ANNA)) as anna:
        begun = await begin(anna, content)
        await put(anna, begun["id"], 1, content[:-2] + b"xx")
        answer = await finish(anna, begun["id"])
        assert (answer.status_code, answer.json()["code"]) == (409, "CONTENT_DIFFERS")
        await put(anna, begun["id"], 1, content)
        assert (await finish(anna, begun["id"])).json()["state"] == "READY"


async def test_a_refusal_stays_one(stage: Stage) -> None:
    async with stage.client(owner(ANNA)) as anna:
        begun = await begin(anna, b"<svg/>")
        await put(anna, begun["id"], 1, b"<svg/>")
        for _ in range(2):
            answer = await finish(anna, begun["id"])
            assert (answer.status_code, answer.json()["code"]) == (422, "FILE_TYPE_REFUSED")
        seen = (await anna.get(f"/attachments/{begun['id']}")).json()
        assert (seen["state"], seen["refusal"]) == ("REFUSED", "FILE_TYPE_REFUSED")
    assert stored(stage) == []


@pytest.mark.parametrize(
    ("number", "size", "code"),
    [(1, PART - 1, "PART_SIZE_WRONG"), (1, PART + 1, "PART_SIZE_WRONG"), (3, 7, "PART_UNKNOWN")],
)
async def test_a_part_has_its_size(stage: Stage, number: int, size: int, code: str) -> None:
    async with stage.client(owner(ANNA)) as anna:
        begun = await begin(anna, bytes(PART + 5))
        answer = await put(anna, begun["id"], number, bytes(size))
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert stored(stage) == []


async def test_a_body_without_end_is_cut(stage: Stage) -> None:
    """T24: chunked, and no more of it is read than a part has."""
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while True:
            sent += PART
            yield bytes(PART)

    async with stage.client(owner(ANNA)) as anna:
        begun = await begin(anna, bytes(3 * PART))
        path = f"/attachments/{begun['id']}/parts/1"
        answer = await anna.put(path, content=endless())
        assert (answer.status_code, answer.json()["code"]) == (422, "PART_SIZE_WRONG")
        form = {"Content-Type": "multipart/form-data; boundary=x"} | once()
        for address in (path, "/attachments/whole"):
            answer = await anna.post(address, content=endless(), headers=form)
            assert answer.status_code in {400, 413}, answer.text
    assert sent < 40 * PART
    assert stored(stage) == []


@pytest.mark.parametrize(
    ("kind", "megabytes"), [("IMAGE", 20), ("AUDIO", 20), ("VIDEO", 200), ("DOCUMENT", 20)]
)
async def test_each_kind_has_its_size(stage: Stage, kind: str, megabytes: int) -> None:
    async with stage.client(owner(ANNA)) as anna:
        for more, status in ((0, 201), (1, 413)):
            body = {"kind": kind, "size": megabytes * MEGABYTE + more}
            answer = await anna.post("/attachments", json=body, headers=once())
            assert answer.status_code == status
    assert answer.json()["code"] == "FILE_TOO_LARGE"


async def test_a_day_has_its_measure(stage: Stage) -> None:
    """Also for ten requests at once, and for what is deleted again; the next day begins anew."""
    body = {"kind": "VIDEO", "size": 150 * MEGABYTE}
    async with stage.client(owner(ANNA)) as anna:
        sends = [anna.post("/attachments", json=body, headers=once()) for _ in range(10)]
        answers = await asyncio.gather(*sends)
        begun = [answer.json()["id"] for answer in answers if answer.status_code == 201]
        assert len(begun) == 4
        for each in begun:
            assert (await anna.delete(f"/attachments/{each}")).status_code == 204
        answer = await anna.post("/attachments", json=body, headers=once())
        assert (answer.status_code, answer.json()["code"]) == (429, "UPLOAD_LIMIT_REACHED")
    async with stage.client(owner(BORIS)) as boris:
        assert (await boris.post("/attachments", json=body, headers=once())).status_code == 201
    stage.clock.move_to(stage.clock.now().replace(day=3))
    async with stage.client(owner(ANNA)) as anna:
        assert (await anna.post("/attachments", json=body, headers=once())).status_code == 201


async def test_the_same_key_begins_and_sends_once(stage: Stage) -> None:
    async with stage.client(owner(ANNA)) as anna:
        body = {"kind": "IMAGE", "size": 9}
        key = once()
        first = await anna.post("/attachments", json=body, headers=key)
        again = await anna.post("/attachments", json=body, headers=key)
        assert first.json()["id"] == again.json()["id"]
        sent = [await whole(anna, jpeg(), key="the-same-key") for _ in range(2)]
        assert sent[0].json() == sent[1].json()
        other = await whole(anna, media.mp3(), "AUDIO", key="the-same-key")
        assert (other.status_code, other.json()["code"]) == (422, "IDEMPOTENCY_KEY_REUSED")
    assert await stage.count("attachment") == 2
    assert await stage.count("attachment_tally", "files = 2") == 1


async def test_what_is_sent_whole_is_small_and_says_what_it_is(stage: Stage) -> None:
    async with stage.client(owner(ANNA)) as anna:
        large = await whole(anna, bytes(10 * MEGABYTE + 1))
        assert (large.status_code, large.json()["code"]) == (413, "FILE_TOO_LARGE")
        for form, code in (({}, "UPLOAD_MISSING"), ({"kind": "SONG"}, "KIND_UNKNOWN")):
            files = {"file": ("a", jpeg())} if form else {"other": ("a", b"")}
            answer = await anna.post("/attachments/whole", data=form, files=files, headers=once())
            assert answer.json()["code"] == code
    assert await stage.count("attachment") == 0


async def test_owners_and_staff_send_files_and_machines_do_not(stage: Stage) -> None:
    """A04; staff file for residents."""
    body = {"kind": "IMAGE", "size": 9}
    for actor, status in ((owner(ANNA), 201), (officer(), 201), (hotline(), 403)):
        async with stage.client(actor) as client:
            answer = await client.post("/attachments", json=body, headers=once())
            assert answer.status_code == status
    async with stage.client() as nobody:
        assert (await nobody.post("/attachments", json=body, headers=once())).status_code == 401


async def test_an_upload_of_somebody_else_is_not_there(stage: Stage) -> None:
    async with stage.client(owner(ANNA)) as anna:
        begun = await begin(anna, jpeg())
    path = f"/attachments/{begun['id']}"
    for actor in (owner(BORIS), officer()):
        async with stage.client(actor) as other:
            answers = [
                await other.get(path),
                await put(other, begun["id"], 1, jpeg()),
                await finish(other, begun["id"]),
                await other.delete(path),
            ]
        assert {answer.json()["code"] for answer in answers} == {"ATTACHMENT_NOT_FOUND"}
    assert stored(stage) == []


async def test_a_deleted_file_is_gone(stage: Stage) -> None:
    async with stage.client(owner(ANNA)) as anna:
        begun = (await whole(anna, jpeg())).json()
        assert (await anna.delete(f"/attachments/{begun['id']}")).status_code == 204
        assert (await anna.get(f"/attachments/{begun['id']}")).status_code == 404
    assert stored(stage) == []


async def test_the_audit_names_no_owner(stage: Stage) -> None:
    """X15: the file may yet belong to an anonymous complaint."""
    async with stage.client(owner(ANNA)) as anna:
        await whole(anna, jpeg())
    assert await stage.count("audit_entry", "action = 'attachment.finished'") == 1
    assert await stage.count("audit_entry", f"actor_id = '{ANNA.id}'") == 0
