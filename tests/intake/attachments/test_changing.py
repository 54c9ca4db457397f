"""P22: what is kept is what was judged, whatever else arrives meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlmodel import col

from services.intake.attachments import workbench
from services.intake.attachments.domain.content.pieces import Kept
from services.intake.attachments.keys import upload_of
from services.intake.attachments.store import FileStore
from services.intake.attachments.tables import Attachment
from tests.intake.attachments.media import FRAME
from tests.intake.attachments.pictures import jpeg
from tests.intake.attachments.uploads import (
    PART,
    begin,
    content_of,
    finish,
    part,
    put,
    stored,
    whole,
)
from tests.intake.people import ANNA, owner
from tests.stage import Stage

PARTS = 4
SONG = FRAME * (3 * PART // len(FRAME) + 9)
PAGE = b"<!DOCTYPE html><script>1</script>"


async def _changes_when_judged(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, attachment: str, content: bytes
) -> None:
    """Its first part comes anew, once, between the verdict and the writing."""
    runtime = stage.host.runtime
    async with runtime.database.transaction() as session:
        query = select(Attachment).where(col(Attachment.id) == UUID(attachment))
        upload = upload_of(runtime, (await session.execute(query)).scalar_one())
    judge: Callable[..., Kept] = vars(workbench)["judge"]

    def judged_and_changed(*given: object) -> Kept:
        kept = judge(*given)
        upload.write(1, content)
        monkeypatch.setattr(workbench, "judge", judge)
        return kept

    monkeypatch.setattr(workbench, "judge", judged_and_changed)


async def test_what_comes_after_the_verdict_is_not_kept(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The upload is still open: finished once more, the new content is judged, and refused."""
    async with stage.client(owner(ANNA)) as anna:
        begun = await begin(anna, SONG, "AUDIO", sha256=None)
        for number in range(1, PARTS + 1):
            await put(anna, begun["id"], number, part(SONG, number))
        await _changes_when_judged(stage, monkeypatch, begun["id"], PAGE.ljust(PART))
        answer = await finish(anna, begun["id"])
        assert (answer.status_code, answer.json()["code"]) == (409, "UPLOAD_CHANGED")
        assert [path for path in stored(stage) if path.startswith("content/")] == []
        answer = await finish(anna, begun["id"])
        assert (answer.status_code, answer.json()["code"]) == (422, "FILE_TYPE_REFUSED")
    assert stored(stage) == []


async def test_the_same_part_again_disturbs_nothing(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with stage.client(owner(ANNA)) as anna:
        begun = await begin(anna, SONG, "AUDIO")
        for number in range(1, PARTS + 1):
            await put(anna, begun["id"], number, part(SONG, number))
        await _changes_when_judged(stage, monkeypatch, begun["id"], part(SONG, 1))
        assert (await finish(anna, begun["id"])).json()["state"] == "READY"
        assert await content_of(anna, begun["id"]) == SONG


async def test_a_part_that_comes_anew_replaces_the_old_one(stage: Stage) -> None:
    """One object for each part, however often it comes."""
    content = jpeg()
    async with stage.client(owner(ANNA)) as anna:
        begun = await begin(anna, content)
        for sent in (content[:-2] + b"xx", content, content[:-2] + b"yy", content, content):
            assert (await put(anna, begun["id"], 1, sent)).status_code == 200
            assert len(stored(stage)) == 1
        assert (await finish(anna, begun["id"])).json()["state"] == "READY"


async def test_what_the_store_spoils_is_told_and_comes_again(stage: Stage) -> None:
    """Never an answer 500: a part is asked for once more, a whole file cannot be read."""
    content = jpeg()
    async with stage.client(owner(ANNA)) as anna:
        begun = await begin(anna, content)
        await put(anna, begun["id"], 1, content)
        _spoil(stage)
        answer = await finish(anna, begun["id"])
        assert (answer.status_code, answer.json()["code"]) == (409, "UPLOAD_CHANGED")
        await put(anna, begun["id"], 1, content)
        assert (await finish(anna, begun["id"])).json()["state"] == "READY"
        _spoil(stage)
        answer = await anna.get(f"/attachments/{begun['id']}/content")
        assert (answer.status_code, answer.json()["code"]) == (503, "CONTENT_FORGED")
        assert (await whole(anna, jpeg())).status_code == 201


def _spoil(stage: Stage) -> None:
    (name,) = stored(stage)
    folder = stage.host.runtime.part(FileStore)._folder
    path = Path(str(folder)) / name
    path.write_bytes(path.read_bytes()[:-1] + b"?")
