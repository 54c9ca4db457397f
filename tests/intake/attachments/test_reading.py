"""A08, X15, X16: who reads a file, by token or by a signed address; and how it is given away."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.intake.attachments.addresses import signed_address
from services.intake.attachments.domain.ranges import RangeNotThere, wanted_range
from services.intake.attachments.store import FileStore
from shared.contracts.files import READ_ATTACHMENT, attachment_path
from shared.identity import Issuer
from shared.identity.grants import GrantIssuer
from tests.environment import environment
from tests.intake.attachments import media
from tests.intake.attachments.pictures import jpeg
from tests.intake.attachments.test_uploading import officer
from tests.intake.attachments.uploads import begin, content_of, ready, stored
from tests.intake.people import ANNA, BORIS, complaint, hotline, once, owner
from tests.stage import Stage

SHORT = timedelta(minutes=5)


async def test_who_reads_by_token(stage: Stage) -> None:
    """The uploader, and nobody else who knows the id."""
    found = await ready(stage, owner(ANNA))
    path = f"/attachments/{found}/content"
    answers = []
    for actor in (owner(ANNA), owner(BORIS), officer(), hotline(), None):
        async with stage.client(actor) as client:
            answers.append((await client.get(path)).status_code)
    assert answers == [200, 404, 404, 403, 401]


async def test_the_owner_of_the_complaint_reads_what_was_attached(stage: Stage) -> None:
    found = await ready(stage, owner(ANNA))
    async with stage.client(owner(ANNA)) as anna:
        body = complaint(attachments=[str(found)])
        filed = (await anna.post("/complaints", json=body, headers=once())).json()
        listed = (await anna.get(f"/complaints/{filed['id']}/attachments")).json()["items"]
        assert [(each["id"], each["complaint_id"]) for each in listed] == [
            (str(found), filed["id"])
        ]
        kept = await anna.delete(f"/attachments/{found}")
        assert (kept.status_code, kept.json()["code"]) == (409, "ATTACHMENT_IN_USE")
    async with stage.client(owner(BORIS)) as boris:
        assert (await boris.get(f"/complaints/{filed['id']}/attachments")).status_code == 404


async def test_a_signed_address_needs_no_token(stage: Stage) -> None:
    """Of intake's own key and of routing's; for five minutes and for this file alone."""
    found, other = await ready(stage, owner(ANNA)), await ready(stage, owner(ANNA))
    runtime = stage.host.runtime
    key = environment()["LIUDUAN_ROUTING_SIGNING_KEY"]
    routing = GrantIssuer(key, "routing-test", Issuer.ROUTING, stage.clock)
    grant = routing.issue(READ_ATTACHMENT, found, lifetime=SHORT)
    address = signed_address(runtime, found, lifetime=SHORT)
    assert address.startswith(attachment_path(found))
    async with stage.client() as nobody:
        for own in (address.removeprefix("/intake"), f"/attachments/{found}/content?grant={grant}"):
            assert (await nobody.get(own)).status_code == 200
        elsewhere = await nobody.get(f"/attachments/{other}/content?grant={grant}")
        status = await nobody.get(f"/attachments/{found}?grant={grant}")
        wrong = routing.issue("attachment.write", found, lifetime=SHORT)
        misused = await nobody.get(f"/attachments/{found}/content?grant={wrong}")
        stage.clock.advance(SHORT)
        late = await nobody.get(f"/attachments/{found}/content?grant={grant}")
    codes = [each.json()["code"] for each in (elsewhere, misused, status, late)]
    assert codes == ["GRANT_INVALID", "GRANT_INVALID", "TOKEN_MISSING", "GRANT_EXPIRED"]
    assert {each.status_code for each in (elsewhere, misused, status, late)} == {401}


async def test_what_is_not_finished_is_not_read(stage: Stage) -> None:
    async with stage.client(owner(ANNA)) as anna:
        begun = await begin(anna, jpeg())
        answer = await anna.get(f"/attachments/{begun['id']}/content")
    assert (answer.status_code, answer.json()["code"]) == (409, "ATTACHMENT_STATE_FORBIDS")


async def test_nothing_that_a_browser_would_run(stage: Stage) -> None:
    """T24: named by us, never sniffed, never kept, in a sandbox; documents are saved, not shown."""
    found = await ready(stage, owner(ANNA))
    paper = await ready(stage, owner(ANNA), media.pdf(), "DOCUMENT")
    async with stage.client(owner(ANNA)) as anna:
        answer = await anna.get(f"/attachments/{found}/content")
        saved = await anna.get(f"/attachments/{paper}/content")
    headers = answer.headers
    assert headers["content-type"] == "image/jpeg"
    assert headers["content-disposition"] == f'inline; filename="{found}.jpg"'
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "private, no-store"
    assert "sandbox" in headers["content-security-policy"]
    assert saved.headers["content-disposition"].startswith("attachment;")


async def test_ranges_for_players(stage: Stage) -> None:
    """Also across the chunks by which it is locked."""
    sound = media.FRAME * 600  # some 250 000 bytes
    found = await ready(stage, owner(ANNA), sound, "AUDIO")
    path = f"/attachments/{found}/content"
    async with stage.client(owner(ANNA)) as anna:
        for asked, start, end in (
            ("bytes=0-0", 0, 1),
            ("bytes=65530-65545", 65_530, 65_546),
            ("bytes=1000-200000", 1000, 200_001),
            ("bytes=-10", len(sound) - 10, len(sound)),
            ("bytes=131072-", 131_072, len(sound)),
        ):
            answer = await anna.get(path, headers={"Range": asked})
            assert answer.status_code == 206
            assert answer.content == sound[start:end]
            assert answer.headers["content-range"] == f"bytes {start}-{end - 1}/{len(sound)}"
            assert int(answer.headers["content-length"]) == end - start
        beyond = await anna.get(path, headers={"Range": f"bytes={len(sound)}-"})
        assert beyond.status_code == 416
        assert beyond.headers["content-range"] == f"bytes */{len(sound)}"
        assert await content_of(anna, found) == sound


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, None),
        ("bytes=", None),
        ("bytes=-", None),
        ("bytes=5-4", None),
        ("bytes=0-1,3-4", None),
        ("lines=0-1", None),
        ("bytes=2-99", (2, 10)),
        ("bytes=-99", (0, 10)),
    ],
)
def test_what_is_not_understood_asks_for_the_whole(
    header: str | None, expected: tuple[int, int] | None
) -> None:
    assert wanted_range(header, 10) == expected


@pytest.mark.parametrize("header", ["bytes=10-", "bytes=-0"])
def test_a_range_that_is_not_there(header: str) -> None:
    with pytest.raises(RangeNotThere):
        wanted_range(header, 10)


async def test_a_content_is_noise_without_its_row(stage: Stage) -> None:
    """Nothing of the picture lies there in the clear; what is forged or lost is not given away."""
    found = await ready(stage, owner(ANNA))
    folder = stage.host.runtime.part(FileStore)._folder
    assert folder is not None
    (name,) = stored(stage)
    path = folder / name
    async with stage.client(owner(ANNA)) as anna:
        kept = await content_of(anna, found)
        assert kept[:16] not in path.read_bytes()
        path.unlink()
        lost = await anna.get(f"/attachments/{found}/content")
    assert (lost.status_code, lost.json()["code"]) == (404, "ATTACHMENT_LOST")
