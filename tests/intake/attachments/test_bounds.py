"""P22, T24: no file costs more than its bounds, and only what was said of a file refuses it."""

from __future__ import annotations

from functools import partial

import pytest

from deploy.documents.traceability import RULEBOOK
from services.intake.attachments import children, workbench
from services.intake.attachments.children import Bounds, FileNotJudged, judge
from services.intake.attachments.domain.content.pieces import Held, Kept, Source
from services.intake.attachments.domain.content.refusals import FileRefused
from services.intake.attachments.domain.lifecycle import AttachmentKind
from shared.rulebook import Rulebook
from tests.intake.attachments import hostile, media
from tests.intake.attachments.pictures import jpeg
from tests.intake.attachments.uploads import begin, finish, put, whole
from tests.intake.people import ANNA, owner
from tests.stage import Stage

MEGABYTE = 1024 * 1024
RULES = Rulebook.load(RULEBOOK).files
NARROW = Bounds(memory=320 * MEGABYTE, seconds=4)
KEPT = "application/pdf"


def verdict(content: bytes | Source, kind: str, bounds: Bounds = NARROW) -> Kept | str:
    source = Held(content) if isinstance(content, bytes) else content
    try:
        return judge(source, AttachmentKind(kind), RULES, bounds)
    except FileRefused as refused:
        return refused.code


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(hostile.pictures_in_pictures(200_000), KEPT, id="pictures in pictures"),
        pytest.param(hostile.pictures_in_pictures(200_000, ended=False), KEPT, id="no pictures"),
        pytest.param(hostile.long_title(4 * MEGABYTE), KEPT, id="long title"),
        pytest.param(hostile.long_title(4 * MEGABYTE, ended=False), "FILE_DAMAGED", id="endless"),
        pytest.param(hostile.deep_title(100_000), KEPT, id="deep title"),
        pytest.param(hostile.titles_without_end(400_000), "FILE_DAMAGED", id="endless titles"),
        pytest.param(hostile.streams_without_end(15 * MEGABYTE), KEPT, id="endless metadata"),
        pytest.param(
            hostile.streams_of_nothing(9_000, 15 * MEGABYTE), "DOCUMENT_LOCKED", id="nothing"
        ),
    ],
)
def test_a_document_costs_little_whatever_it_contains(content: bytes, expected: str) -> None:
    """With a fifth of the processor time that a child has."""
    found = verdict(content, "DOCUMENT")
    assert (found if isinstance(found, str) else found.media_type) == expected


def test_names_in_deep_parentheses_go() -> None:
    found = verdict(hostile.deep_title(100), "DOCUMENT")
    assert isinstance(found, Kept)
    assert b"SecretMaker" not in b"".join(found.content(Held(b"")))


def test_what_follows_metadata_stays() -> None:
    """The word that ends a stream begins none."""
    found = verdict(media.pdf(b"<< /Kept true >>" + media.stream(b"picture.")), "DOCUMENT")
    assert isinstance(found, Kept)
    assert media.stream(b"picture.") in b"".join(found.content(Held(b"")))


def test_a_film_has_one_measure_of_samples() -> None:
    """A million for each of its tracks would be two thousand millions."""
    assert verdict(hostile.film_of_tracks(2_000, 1_000_000), "VIDEO") == "FILE_DAMAGED"


def test_what_is_blank_takes_no_memory() -> None:
    """A film of 200 MB of which next to nothing is kept."""
    film = hostile.Padded(media.mp4(), 199)
    found = verdict(film, "VIDEO")
    assert isinstance(found, Kept)
    assert found.size == film.size
    made = sum(len(piece) for piece in found.pieces if isinstance(piece, bytes))
    assert made < 2 * len(media.mp4()) + 199 * 16


def test_who_uses_up_the_bounds_is_told_so_for_good() -> None:
    """The child itself says it, with what is left to it."""
    content = hostile.pictures_in_pictures(3_000_000)
    assert verdict(content, "DOCUMENT", Bounds(seconds=1)) == "DOCUMENT_LOCKED"


@pytest.mark.parametrize("program", ["this", "nothing.of.that.name"])
def test_a_child_that_dies_says_nothing_of_the_file(
    program: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(children, "PROGRAM", program)
    with pytest.raises(FileNotJudged):
        verdict(jpeg(), "IMAGE")


async def test_no_verdict_leaves_the_upload_open(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A child that was ended by the clock: 503, and asked again the file is judged."""
    content = jpeg()
    async with stage.client(owner(ANNA)) as anna:
        begun = await begin(anna, content)
        await put(anna, begun["id"], 1, content)
        monkeypatch.setattr(workbench, "judge", partial(judge, bounds=Bounds(patience=0)))
        for answer in (
            await finish(anna, begun["id"]),
            await whole(anna, content, key="the-same-key"),
        ):
            assert (answer.status_code, answer.json()["code"]) == (503, "FILE_NOT_JUDGED")
        seen = (await anna.get(f"/attachments/{begun['id']}")).json()
        assert (seen["state"], seen["arrived"]) == ("UPLOADING", [1])
        monkeypatch.setattr(workbench, "judge", judge)
        assert (await finish(anna, begun["id"])).json()["state"] == "READY"
        assert (await whole(anna, content, key="the-same-key")).status_code == 201
