"""T24, P22: what strangers send. Judged by content, made anew, and nothing told by what is kept."""

from __future__ import annotations

import io
import os
import resource
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from tests.intake.attachments import media, pictures
from tests.intake.attachments.uploads import content_of, stored, whole
from tests.intake.people import ANNA, owner
from tests.stage import Stage

SCRIPT = b"<< /S /JavaScript /JS (app.alert(1)) >>"
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Sent:
    """`verdict` is the media type of what is kept, or the code of the refusal."""

    name: str
    kind: str
    make: Callable[[], bytes]
    verdict: str


CORPUS = [
    Sent("photo.jpg", "IMAGE", pictures.jpeg, "image/jpeg"),
    Sent("screen.png", "IMAGE", pictures.png, "image/png"),
    Sent("a.webp", "IMAGE", pictures.webp, "image/webp"),
    Sent("still.gif", "IMAGE", pictures.gif, "image/png"),
    Sent("polyglot.gif", "IMAGE", pictures.gif_with_script, "image/png"),
    Sent("photo.zip", "IMAGE", pictures.jpeg_with_zip, "image/jpeg"),
    Sent("..\\楼道\u202egpj.exe", "IMAGE", pictures.jpeg, "image/jpeg"),
    Sent("nul%00.jpg", "IMAGE", pictures.jpeg, "image/jpeg"),
    Sent("voice.mp3", "AUDIO", media.mp3, "audio/mpeg"),
    Sent("voice.aac", "AUDIO", media.aac, "audio/aac"),
    Sent("voice.wav", "AUDIO", media.wav, "audio/wav"),
    Sent("voice.m4a", "AUDIO", lambda: media.mp4(b"M4A ", sound_only=True), "audio/mp4"),
    Sent("film.mp4", "VIDEO", media.mp4, "video/mp4"),
    Sent("film.mov", "VIDEO", media.film_behind, "video/quicktime"),
    Sent("bill.pdf", "DOCUMENT", media.pdf, "application/pdf"),
    Sent("text.jpg", "IMAGE", lambda: b"plain words", "FILE_TYPE_REFUSED"),
    Sent("vector.jpg", "IMAGE", lambda: b"<svg onload='alert(1)'/>", "FILE_TYPE_REFUSED"),
    Sent("page.png", "IMAGE", lambda: b"<!DOCTYPE html><script>1</script>", "FILE_TYPE_REFUSED"),
    Sent("phone.heic", "IMAGE", lambda: media.box(b"ftyp", b"heic" + bytes(8)), "HEIC_REFUSED"),
    Sent("cut.jpg", "IMAGE", lambda: pictures.jpeg()[:-400], "FILE_DAMAGED"),
    Sent("magic.jpg", "IMAGE", lambda: b"\xff\xd8\xff" + bytes(500), "FILE_DAMAGED"),
    Sent("30k.png", "IMAGE", pictures.vast, "PICTURE_TOO_LARGE"),
    Sent("swelling.png", "IMAGE", pictures.swelling, "FILE_DAMAGED"),
    Sent("10k.gif", "IMAGE", pictures.many_frames, "PICTURE_MOVES"),
    Sent("10k.webp", "IMAGE", lambda: pictures.moving("WEBP", 10_000), "PICTURE_MOVES"),
    Sent("moving.png", "IMAGE", lambda: pictures.moving("PNG", 3), "PICTURE_MOVES"),
    Sent("song.jpg", "IMAGE", media.mp3, "FILE_KIND_DIFFERS"),
    Sent("film.m4a", "AUDIO", media.mp4, "FILE_KIND_DIFFERS"),
    Sent("sound.mp4", "VIDEO", lambda: media.mp4(sound_only=True), "FILE_KIND_DIFFERS"),
    Sent("archive.mp3", "AUDIO", pictures.archive, "FILE_TYPE_REFUSED"),
    Sent("old.amr", "AUDIO", lambda: b"#!AMR\n" + bytes(64), "FILE_TYPE_REFUSED"),
    Sent("noise.mp3", "AUDIO", lambda: media.FRAME * 3 + b"x" * 90_000, "FILE_DAMAGED"),
    Sent("one.mp3", "AUDIO", lambda: media.FRAME, "FILE_DAMAGED"),
    Sent("film+zip.mp4", "VIDEO", lambda: media.mp4() + pictures.archive(), "FILE_DAMAGED"),
    Sent("no-index.mp4", "VIDEO", lambda: media.box(b"ftyp", b"isom" + bytes(4)), "FILE_DAMAGED"),
    Sent("deep.mp4", "VIDEO", media.nested, "FILE_DAMAGED"),
    Sent("nowhere.mp4", "VIDEO", media.referring_to_nothing, "FILE_DAMAGED"),
    Sent("script.pdf", "DOCUMENT", lambda: media.pdf(SCRIPT), "DOCUMENT_ACTIVE"),
    Sent(
        "escaped.pdf",
        "DOCUMENT",
        lambda: media.pdf(SCRIPT.replace(b"JavaS", b"#4aava#53")),
        "DOCUMENT_ACTIVE",
    ),
    Sent("packed.pdf", "DOCUMENT", lambda: media.pdf(packed=b"1 0 " + SCRIPT), "DOCUMENT_ACTIVE"),
    Sent("launch.pdf", "DOCUMENT", lambda: media.pdf(b"<< /S /Launch >>"), "DOCUMENT_ACTIVE"),
    Sent(
        "carrier.pdf",
        "DOCUMENT",
        lambda: media.pdf(b"<< /Type /EmbeddedFile >>" + media.stream(pictures.archive())),
        "DOCUMENT_ACTIVE",
    ),
    Sent("locked.pdf", "DOCUMENT", lambda: media.pdf(b"<< /Encrypt 9 0 R >>"), "DOCUMENT_LOCKED"),
    Sent("bomb.pdf", "DOCUMENT", media.pdf_bomb, "DOCUMENT_LOCKED"),
    Sent("cut.pdf", "DOCUMENT", lambda: media.pdf()[:-10], "FILE_DAMAGED"),
    Sent("table.xlsx", "DOCUMENT", pictures.archive, "FILE_TYPE_REFUSED"),
    Sent("zip+pdf", "DOCUMENT", lambda: pictures.archive() + media.pdf(), "FILE_TYPE_REFUSED"),
]


def left_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What would be left behind is left here."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.mark.parametrize("sent", CORPUS, ids=lambda sent: sent.name.encode("unicode_escape"))
async def test_the_verdict_on_each_file(stage: Stage, temporary: Path, sent: Sent) -> None:
    """T24: as tabled; of what is kept no byte tells who, where, when or with what."""
    async with stage.client(owner(ANNA)) as anna:
        answer = await whole(anna, sent.make(), sent.kind, sent.name)
        if answer.status_code == 201:
            found = answer.json()
            kept = await content_of(anna, found["id"])
            assert [secret for secret in pictures.SECRETS if secret in kept] == []
            assert (found["media_type"], found["size"]) == (sent.verdict, len(kept))
        else:
            assert (answer.status_code, answer.json()["code"]) == (422, sent.verdict)
    assert [path for path in stored(stage) if path.startswith("parts/")] == []
    assert len(stored(stage)) == (answer.status_code == 201)
    assert left_in(temporary) == []


async def test_a_picture_stays_upright_and_the_same(stage: Stage) -> None:
    """P22: the orientation is worked into the pixels before its tag is dropped."""
    async with stage.client(owner(ANNA)) as anna:
        answer = await whole(anna, pictures.jpeg(turned=6))
        kept = Image.open(io.BytesIO(await content_of(anna, answer.json()["id"])))
    assert kept.size == (48, 64)
    assert not kept.getexif()
    assert not {"exif", "icc_profile", "comment", "xmp", "photoshop"} & set(kept.info)
    found = kept.getpixel((20, 22))  # what was at the left is on top now
    assert isinstance(found, tuple)
    assert all(abs(is_ - was) < 40 for is_, was in zip(found, pictures.COLOURS[5], strict=True))


async def test_film_and_sound_keep_their_samples(stage: Stage) -> None:
    """Offsets stay right: what is taken out is blanked where it stands."""
    async with stage.client(owner(ANNA)) as anna:
        for make in (media.mp4, media.film_behind):
            answer = await whole(anna, make(), "VIDEO")
            kept = await content_of(anna, answer.json()["id"])
            assert len(kept) == len(make())
            at = make().index(b"picture.")
            step = 8 + len(pictures.PLACE)
            samples = b"".join(kept[at + n * step :][:8] for n in range(media.SAMPLES))
            assert samples == media.kept_samples()
            assert b"\xe0\x11\x22\x33" not in kept
        answer = await whole(anna, media.mp3(), "AUDIO")
        assert await content_of(anna, answer.json()["id"]) == media.FRAME * 8


async def test_memory_stays_bounded(stage: Stage) -> None:
    """P22, T24: bombs, and the most pixels that are taken, cost less than 200 MB more than the
    smallest picture does. Measured where it is decoded: in the child processes.
    """
    async with stage.client(owner(ANNA)) as anna:
        assert (await whole(anna, pictures.jpeg())).status_code == 201
        before = _largest_child()
        for make in (pictures.vast, pictures.swelling, pictures.many_frames):
            assert (await whole(anna, make())).status_code == 422
        for size, kind in (((8064, 6048), "JPEG"), ((4000, 3990), "PNG")):
            large = pictures.encoded(Image.new("RGB", size, (9, 80, 7)), kind)
            assert (await whole(anna, large)).status_code == 201
    assert _largest_child() - before < 200 * MEGABYTE


def _largest_child() -> int:
    unit = 1 if os.uname().sysname == "Darwin" else 1024
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit
