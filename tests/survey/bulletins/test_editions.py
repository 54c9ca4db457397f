"""A published edition stays byte by byte; a correction is another edition that explains itself."""

from __future__ import annotations

import hashlib

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from services.survey.bulletins.domain.content import canonical, content_in
from shared.contracts.survey import BulletinPublished
from tests.stage import Stage
from tests.survey.bulletins.newsroom import (
    DRAFTER,
    PUBLICATION,
    Newsroom,
    a_quarter_of_cases,
    edition_of,
    late_closing,
)

FORMS = ("", "/content", "/page", "/document", "/data.csv", "/data.json", "/dictionary")


async def forms_of(room: Newsroom, published: dict[str, str]) -> dict[str, bytes]:
    return {form: (await room.public(edition_of(published, form))).content for form in FORMS}


async def test_late_data_does_not_alter_what_is_published(stage: Stage) -> None:
    """D10: 2026-Q1 published 04-10; a later change of the data does not alter v1, in no form."""
    await a_quarter_of_cases(stage)
    room = Newsroom(stage)
    published = await room.published()
    before = await forms_of(room, published)
    await late_closing(stage)
    assert await forms_of(room, published) == before
    kept = before["/content"]
    assert hashlib.sha256(kept).hexdigest() == published["sha256"]
    assert canonical(content_in(kept)) == kept
    assert content_in(kept).published_at == PUBLICATION


async def test_a_correction_explains_the_difference(stage: Stage) -> None:
    """D10: which figure, where, before and after, and why; the first edition stays readable and
    says that there is a second.
    """
    await a_quarter_of_cases(stage)
    room = Newsroom(stage)
    first = await room.published()
    kept = (await room.public(edition_of(first, "/content"))).content
    await late_closing(stage)
    refused = await room.draft()
    assert (refused.status_code, refused.json()["code"]) == (422, "CORRECTION_NEEDS_REASON")
    refused = await room.draft(reason="补报，联系13971234567")
    assert refused.json()["code"] == "PERSONAL_DATA_IN_NOTE"
    second = await room.published(reason="温泉街道补报3月办结1件。")
    assert (second["edition"], second["bulletin_id"]) == (2, first["bulletin_id"])
    correction = second["content"]["corrects"]
    assert (correction["edition"], correction["reason"]) == (1, "温泉街道补报3月办结1件。")
    told = {
        (each["code"], each["place"]): (each["before"], each["after"])
        for each in correction["differences"]
    }
    assert told["COMPLAINTS_HANDLED", "4212"] == ("80.00%（24/30）", "83.33%（25/30）")
    assert told["COMPLAINTS_HANDLED", "421202001"] == ("90.00%（9/10）", "100.00%（10/10）")
    assert ("COMPLAINTS_HANDLED", "421221") not in told
    assert (await room.public(edition_of(first, "/content"))).content == kept
    old = (await room.public(edition_of(first))).json()
    assert (old["superseded_by"], old["corrects"]) == (2, None)
    page = await room.public(edition_of(first, "/page"))
    assert "本版已被第2版更正替代" in page.text
    assert page.headers["link"] == f'<{second["link"]}>; rel="latest-version"'
    new = await room.public(edition_of(second, "/page"))
    assert "温泉街道补报3月办结1件" in new.text
    assert "link" not in new.headers
    assert [each.bulletin.edition for each in await stage.said(BulletinPublished)] == [1, 2]


async def test_a_correction_corrects_something(stage: Stage) -> None:
    """D10: with the same figures and words there is nothing to correct; other words are enough."""
    await a_quarter_of_cases(stage)
    room = Newsroom(stage)
    await room.published()
    idle = await room.drafted(reason="复核。")
    assert idle["content"]["corrects"]["differences"] == []
    refused = await room.act("approval", {"version": idle["version"]})
    assert (refused.status_code, refused.json()["code"]) == (409, "NOTHING_TO_CORRECT")
    await room.noted({"problems": ["个别小区收费公示不规范。"]})
    await room.approved()
    assert (await room.act("publication")).json()["edition"] == 2


async def test_an_idle_correction_approved_before_is_not_published(stage: Stage) -> None:
    """D10: whoever approved it, and however long ago."""
    await a_quarter_of_cases(stage)
    room = Newsroom(stage)
    await room.published()
    await room.drafted(reason="复核。")
    async with stage.host.runtime.database.transaction() as session:
        await session.execute(
            text("UPDATE bulletin_edition SET state = 'APPROVED' WHERE state = 'DRAFT'")
        )
    refused = await room.act("publication")
    assert (refused.status_code, refused.json()["code"]) == (409, "NOTHING_TO_CORRECT")


async def test_the_second_is_compared_with_the_newest(stage: Stage) -> None:
    await a_quarter_of_cases(stage)
    room = Newsroom(stage)
    await room.published()
    await late_closing(stage)
    await room.published(reason="补报1件。")
    await late_closing(stage, "421202002", 8)
    third = await room.published(reason="再补报1件。")
    correction = third["content"]["corrects"]
    places = {each["place"] for each in correction["differences"]}
    assert (third["edition"], correction["edition"]) == (3, 2)
    assert places == {"4212", "421202", "421202002"}
    listed = (await room.public(f"/bulletins/{third['bulletin_id']}")).json()["items"]
    assert [(each["edition"], each["superseded_by"]) for each in listed] == [
        (1, 3),
        (2, 3),
        (3, None),
    ]


async def test_computed_anew_the_paragraphs_stay(stage: Stage) -> None:
    """While it is a draft the figures may follow the data."""
    await a_quarter_of_cases(stage)
    room = Newsroom(stage)
    drafted = await room.drafted()
    notes = {"problems": ["个别小区收费公示不规范。"]}
    await room.noted(notes)
    await late_closing(stage)
    assert (await room.see()).json()["content"]["figures"] == drafted["content"]["figures"]
    computed = (await room.act("computation", actor=DRAFTER)).json()
    assert "其中已办结25件" in computed["content"]["sections"][0]["paragraphs"][0]
    assert computed["notes"]["problems"] == notes["problems"]


async def test_the_database_refuses_to_change_it(stage: Stage) -> None:
    """D10: not even who writes SQL alters what was published; a draft may be altered."""
    await a_quarter_of_cases(stage)
    room = Newsroom(stage)
    await room.published()
    changes = (
        "UPDATE bulletin_edition SET content = 'x'",
        "UPDATE bulletin_edition SET state = 'DRAFT'",
        "DELETE FROM bulletin_edition",
        "TRUNCATE bulletin_edition",
    )
    for change in changes:
        with pytest.raises(DBAPIError, match="stays as it is"):
            async with stage.host.runtime.database.transaction() as session:
                await session.execute(text(change))
    await room.drafted(reason="补报。")
    async with stage.host.runtime.database.transaction() as session:
        await session.execute(
            text("UPDATE bulletin_edition SET reason = 'x' WHERE state = 'DRAFT'")
        )
