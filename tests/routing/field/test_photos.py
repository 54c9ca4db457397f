"""Photographs: before or after the record that names them, without what they tell of the place."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.routing.field.commands import photos
from services.routing.field.domain.jpeg import PhotoDamaged, orientation_of
from services.routing.field.domain.pictures import PhotoTypeRefused, bare
from tests.routing.drama import NOISE, Drama
from tests.routing.field.device import (
    COMPANY,
    LEADER,
    OTHER_WORKER,
    STREET,
    WORKER,
    Device,
)
from tests.routing.field.pictures import GPS, MAKER, SCAN, TABLES, exif, jpeg, png, webp

PICTURES = {"image/jpeg": jpeg(), "image/png": png(), "image/webp": webp()}


@pytest.mark.parametrize("first", ["photo", "record"])
async def test_in_either_order(drama: Drama, device: Device, first: str) -> None:
    """A02: a progress may name a photograph that has not arrived; it is filled in when it does."""
    case_id = await drama.submit(NOISE)
    photo_id = str(uuid4())
    await device.send(device.sign(case_id))
    path = f"/cases/{case_id}/photos"
    if first == "photo":
        assert (await device.upload(photo_id, jpeg())).status_code == 201
        assert (await drama.see(WORKER, path))["items"] == []
    await device.send(device.progress(case_id, photos=[photo_id]))
    if first == "record":
        (pending,) = (await drama.see(WORKER, path))["items"]
        assert (pending["id"], pending["arrived"], pending["size"]) == (photo_id, False, None)
        missing = await drama.read(WORKER, f"{path}/{photo_id}")
        assert (missing.status_code, missing.json()["code"]) == (404, "PHOTO_NOT_FOUND")
        await device.upload(photo_id, jpeg())
    (arrived,) = (await drama.see(WORKER, path))["items"]
    assert (arrived["arrived"], arrived["media_type"]) == (True, "image/jpeg")
    picture = await drama.read(WORKER, f"{path}/{photo_id}")
    assert picture.content == bare(jpeg())[0]
    assert picture.headers["content-type"] == "image/jpeg"
    assert "no-store" in picture.headers["cache-control"]


async def test_others_are_served_while_a_picture_is_read(
    device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One of the largest size, made of nothing but segments, takes seconds."""
    seen: list[bool] = []

    def noted(content: bytes) -> tuple[bytes, str]:
        seen.append(threading.current_thread() is threading.main_thread())
        return bare(content)

    monkeypatch.setattr(photos, "bare", noted)
    assert (await device.upload(str(uuid4()), jpeg())).status_code == 201
    assert seen == [False]


async def test_a_photograph_sent_again_is_the_same(drama: Drama, device: Device) -> None:
    photo_id = str(uuid4())
    answers = await asyncio.gather(*(device.upload(photo_id, jpeg()) for _ in range(4)))
    assert {answer.status_code for answer in answers} == {201}
    assert await drama.stage.count("field_photo") == 1
    other = await device.upload(photo_id, png())
    assert (other.status_code, other.json()["code"]) == (422, "PHOTO_ID_REUSED")


async def test_who_sees_a_photograph(drama: Drama, device: Device) -> None:
    """A02, A05: who reads how the case is handled; not the company, not another grid."""
    case_id, photo_id = await drama.submit(NOISE), str(uuid4())
    await device.upload(photo_id, jpeg())
    await device.send(device.sign(case_id), device.progress(case_id, photos=[photo_id]))
    for actor in (WORKER, LEADER, STREET):
        assert (await drama.read(actor, f"/cases/{case_id}/photos/{photo_id}")).status_code == 200
    for actor, status in ((COMPANY, 403), (OTHER_WORKER, 404)):
        answer = await drama.read(actor, f"/cases/{case_id}/photos/{photo_id}")
        assert answer.status_code == status


async def test_nobody_shows_the_photograph_of_somebody_else(drama: Drama, device: Device) -> None:
    """A record names one's own photographs: an id that was guessed stays pending for ever."""
    case_id, photo_id = await drama.submit(NOISE), str(uuid4())
    await Device(drama, OTHER_WORKER).upload(photo_id, jpeg())
    await device.send(device.sign(case_id), device.progress(case_id, photos=[photo_id]))
    (shown,) = (await drama.see(WORKER, f"/cases/{case_id}/photos"))["items"]
    assert shown["arrived"] is False
    assert (await drama.read(WORKER, f"/cases/{case_id}/photos/{photo_id}")).status_code == 404


async def test_a_file_is_noise_without_its_key(
    drama: Drama, device: Device, tmp_path: Path
) -> None:
    """The picture lies locked in the folder, its key encrypted in the database."""
    photo_id = uuid4()
    await device.upload(str(photo_id), jpeg())
    (file,) = tmp_path.glob(f"photos/{device.actor.id.hex}/*")  # noqa: ASYNC240 — a test's folder
    assert file.name == photo_id.hex
    assert SCAN not in file.read_bytes()
    (row,) = await drama.rows("SELECT key FROM field_photo")
    assert row["key"].startswith("1.")


async def test_a_file_that_is_gone_is_told_plainly(
    drama: Drama, device: Device, tmp_path: Path
) -> None:
    case_id, photo_id = await drama.submit(NOISE), str(uuid4())
    await device.upload(photo_id, jpeg())
    await device.send(device.sign(case_id), device.progress(case_id, photos=[photo_id]))
    (file,) = tmp_path.glob(f"photos/{device.actor.id.hex}/*")  # noqa: ASYNC240 — a test's folder
    file.unlink()
    answer = await drama.read(WORKER, f"/cases/{case_id}/photos/{photo_id}")
    assert (answer.status_code, answer.json()["code"]) == (404, "PHOTO_LOST")


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"GIF89a" + bytes(20), 422, "PHOTO_TYPE_REFUSED"),
        (b"\0\0\0\x18ftypheic" + bytes(20), 422, "PHOTO_TYPE_REFUSED"),
        (b"<html>", 422, "PHOTO_TYPE_REFUSED"),
        (b"", 422, "PHOTO_TYPE_REFUSED"),
        (jpeg()[:60], 422, "PHOTO_DAMAGED"),
    ],
)
async def test_what_is_no_photograph(
    drama: Drama, device: Device, content: bytes, status: int, code: str
) -> None:
    """By content, whatever its name and type say."""
    answer = await device.upload(str(uuid4()), content)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert await drama.stage.count("field_photo") == 0


async def test_a_photograph_may_be_larger_than_other_bodies(drama: Drama, device: Device) -> None:
    """The rulebook's 8 MiB; beyond what the form needs around them nothing is even read."""
    padded = jpeg(tail=bytes(3 * 1024 * 1024))
    answer = await device.upload(str(uuid4()), padded)
    assert (answer.status_code, answer.json()["size"]) == (201, len(bare(jpeg())[0]))
    for size, code in ((8, "PHOTO_TOO_LARGE"), (9, "BODY_TOO_LARGE")):
        answer = await device.upload(str(uuid4()), jpeg(tail=bytes(size * 1024 * 1024)))
        assert (answer.status_code, answer.json()["code"]) == (413, code)


async def test_the_door_is_for_the_field(drama: Drama) -> None:
    answer = await Device(drama, STREET).upload(str(uuid4()), jpeg())
    assert (answer.status_code, answer.json()["code"]) == (403, "FIELD_WORKERS_ONLY")


@pytest.mark.parametrize("media_type", PICTURES)
def test_what_a_picture_tells_is_taken_out(media_type: str) -> None:
    """Coordinates and the device are personal data."""
    content, found = bare(PICTURES[media_type])
    assert found == media_type
    assert GPS not in content
    assert MAKER not in content
    assert bare(content) == (content, media_type), "nothing is left to take out"


def test_a_jpeg_keeps_its_picture() -> None:
    """All scans, tables and colours, and how it was held; nothing behind its end."""
    content, _ = bare(jpeg(6, tail=b"\0film" + GPS))
    assert content.count(SCAN) == 2
    assert content.count(TABLES) == 2
    assert b"ICC_PROFILE" in content
    assert content.endswith(b"\xff\xd9")
    assert orientation_of(content[6 : 6 + 40]) == 6
    assert b"Exif" not in bare(jpeg(1))[0], "the usual way up says nothing"


def test_a_webp_no_longer_announces_what_is_gone() -> None:
    content, _ = bare(webp())
    assert content[20] == 0b0010_0000
    assert int.from_bytes(content[4:8], "little") == len(content) - 8


@pytest.mark.parametrize("told", [b"", b"Exif\0\0", b"Exif\0\0II*\0\xff\xff\xff\xff", exif(9)[:20]])
def test_an_orientation_that_cannot_be_read(told: bytes) -> None:
    assert orientation_of(told) is None


@given(st.sampled_from(list(PICTURES.values())), st.data())
def test_no_file_breaks_the_reader(picture: bytes, data: st.DataObject) -> None:
    """Cut or altered anywhere: a picture without coordinates, or refused."""
    at = data.draw(st.integers(0, len(picture) - 1))
    altered = data.draw(
        st.sampled_from([picture[:at], picture[:at] + data.draw(st.binary(max_size=4))])
    )
    with suppress(PhotoDamaged, PhotoTypeRefused):
        bare(altered + picture[at + 2 :] if data.draw(st.booleans()) else altered)
