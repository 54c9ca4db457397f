"""What nobody finished or attached goes; what a killed process left goes; what is used stays."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from services.intake.attachments.cleaning import clean_once
from services.intake.attachments.store import FileStore
from tests.intake.attachments.pictures import jpeg
from tests.intake.attachments.test_attaching import file
from tests.intake.attachments.uploads import begin, content_of, finish, put, ready, stored
from tests.intake.people import ANNA, owner
from tests.stage import Stage


def folder(stage: Stage) -> FileStore:
    return stage.host.runtime.part(FileStore)


async def test_what_is_not_used_goes_in_its_time(stage: Stage) -> None:
    """An unfinished upload after a day, an unattached file after a week."""
    async with stage.client(owner(ANNA)) as anna:
        begun = await begin(anna, jpeg())
        await put(anna, begun["id"], 1, jpeg())
    unused, used = await ready(stage, owner(ANNA)), await ready(stage, owner(ANNA))
    await file(stage, owner(ANNA), used)
    stage.clock.advance(timedelta(hours=23))
    await clean_once(stage.host.runtime)
    assert len(stored(stage)) == 3
    stage.clock.advance(timedelta(hours=2))
    async with stage.client(owner(ANNA)) as anna:
        for answer in (await put(anna, begun["id"], 1, jpeg()), await finish(anna, begun["id"])):
            assert (answer.status_code, answer.json()["code"]) == (409, "UPLOAD_EXPIRED")
    await clean_once(stage.host.runtime)
    assert {path.split("/")[1] for path in stored(stage)} == {str(unused), str(used)}
    stage.clock.advance(timedelta(days=7))
    await clean_once(stage.host.runtime)
    assert {path.split("/")[1] for path in stored(stage)} == {str(used)}
    assert await stage.count("attachment") == 1
    assert await stage.count("attachment_tally") == 0
    async with stage.client(owner(ANNA)) as anna:
        assert await content_of(anna, used)


async def test_a_refused_one_goes_as_well(stage: Stage) -> None:
    async with stage.client(owner(ANNA)) as anna:
        begun = await begin(anna, b"<svg/>")
        await put(anna, begun["id"], 1, b"<svg/>")
        assert (await finish(anna, begun["id"])).status_code == 422
    stage.clock.advance(timedelta(hours=25))
    await clean_once(stage.host.runtime)
    assert await stage.count("attachment") == 0


async def test_left_overs_are_found_whatever_was_killed(stage: Stage) -> None:
    """Contents whose row is gone, parts of a file that is finished, names that are none of ours."""
    used = await ready(stage, owner(ANNA))
    store = folder(stage)
    for path in (f"content/{uuid4()}/{uuid4()}", f"parts/{uuid4()}/00001", f"parts/{used}/00001"):
        store.write(path, [b"left over"])
    store.write("content/lost+found/x", [b"not ours"])
    await clean_once(stage.host.runtime)
    kept = stored(stage)
    assert len(kept) == 2
    assert kept[0].startswith(f"content/{used}/")
    assert kept[1] == "content/lost+found/x"


async def test_killed_between_row_and_content(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The round after it removes what the first did not come to."""
    unused = await ready(stage, owner(ANNA))
    stage.clock.advance(timedelta(days=8))

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(FileStore, "owners", killed)
        with pytest.raises(KeyboardInterrupt):
            await clean_once(stage.host.runtime)
    assert await stage.count("attachment") == 0
    assert [path.split("/")[1] for path in stored(stage)] == [str(unused)]
    await clean_once(stage.host.runtime)
    assert stored(stage) == []
