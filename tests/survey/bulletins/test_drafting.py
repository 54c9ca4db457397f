"""Drafts, the second person, and who may do what (D10)."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

import pytest

from services.survey.bulletins.domain.lifecycle import (
    TRANSITIONS,
    EditionAction,
    EditionNotInState,
    EditionStatus,
    advance,
)
from shared.contracts.survey import BulletinPublished
from tests.samples import owner
from tests.stage import Stage
from tests.survey.bulletins.newsroom import (
    ADMINISTRATOR,
    CHIEF,
    CITY,
    COUNTY,
    COUNTY_DESK,
    DRAFTER,
    OBSERVER,
    PUBLICATION,
    STREET_DESK,
    Newsroom,
    a_quarter_of_cases,
    texts,
)


def test_the_table_is_the_lifecycle() -> None:
    """D10: draft, approved, published; what is public or withdrawn goes nowhere."""
    for state in EditionStatus:
        for action in EditionAction:
            if action in TRANSITIONS[state]:
                assert advance(state, action) == TRANSITIONS[state][action]
                continue
            with pytest.raises(EditionNotInState):
                advance(state, action)
    assert not TRANSITIONS[EditionStatus.PUBLISHED]


async def test_from_draft_to_publication(stage: Stage) -> None:
    """D10: the quarter's bulletin, published 04-10, with an event and a public page."""
    await a_quarter_of_cases(stage)
    room = Newsroom(stage)
    drafted = await room.drafted()
    assert (drafted["state"], drafted["edition"], drafted["mine"]) == ("DRAFT", 1, True)
    assert drafted["content"]["published_at"] is None
    assert "共受理物业领域投诉30件，其中已办结24件" in texts(drafted["content"], "总体情况")[0]
    assert "居前的依次为：轻微噪音30件（占100.00%）" in "".join(
        texts(drafted["content"], "总体情况")
    )
    assert (await room.see(CHIEF)).json()["mine"] is False
    approved = await room.approved()
    assert (approved["state"], approved["sha256"]) == ("APPROVED", drafted["sha256"])
    stage.clock.move_to(PUBLICATION)
    published = (await room.act("publication")).json()
    assert published["state"] == "PUBLISHED"
    assert published["published_at"] == "2026-04-10T09:00:00+08:00"
    assert published["content"]["published_at"] == "2026-04-10T09:00:00+08:00"
    (told,) = await stage.said(BulletinPublished)
    state = told.bulletin
    assert (state.kind, state.period, state.division, state.edition) == (
        "BULLETIN",
        "2026-Q1",
        CITY,
        1,
    )
    assert state.title == "全市物业治理信息通报"
    assert state.link == f"/survey/public/bulletins/{state.id}/editions/1" == published["link"]
    assert (await room.public(state.link.removeprefix("/survey/public"))).status_code == 200


async def test_whoever_wrote_it_does_not_approve_it(stage: Stage) -> None:
    """D10: neither the drafter nor who edited it; of a returned one, who edits is an author."""
    await a_quarter_of_cases(stage)
    room = Newsroom(stage)
    drafted = await room.drafted()
    version = {"version": drafted["version"]}
    refused = await room.act("approval", version, DRAFTER)
    assert (refused.status_code, refused.json()["code"]) == (403, "EDITION_NEEDS_ANOTHER_PERSON")
    assert (await room.act("approval", version, CHIEF)).status_code == 200
    refused = await room.act("publication", actor=DRAFTER)
    assert (refused.status_code, refused.json()["code"]) == (403, "EDITION_NEEDS_ANOTHER_PERSON")
    returned = await room.act("return", {"reason": "补充存在问题"})
    assert returned.json()["returned_because"] == "补充存在问题"
    edited = await room.noted({"problems": ["个别小区收费公示不规范。"]}, CHIEF)
    assert texts(edited.json()["content"], "存在问题")[-1] == "个别小区收费公示不规范。"
    again = {"version": edited.json()["version"]}
    for author in (DRAFTER, CHIEF):
        assert (await room.act("approval", again, author)).status_code == 403


async def test_what_is_approved_is_what_was_read(stage: Stage) -> None:
    await a_quarter_of_cases(stage)
    room = Newsroom(stage)
    read = (await room.drafted())["version"]
    notes = {"overview": ["另起一段。"], "requirements": ["抓好整改。"]}
    written = await room.noted(notes)
    assert written.json()["notes"] == {"problems": [], **notes}
    refused = await room.act("approval", {"version": read})
    assert (refused.status_code, refused.json()["code"]) == (409, "EDITION_CHANGED")
    await room.approved()
    late = await room.noted(notes)
    assert (late.status_code, late.json()["code"]) == (409, "EDITION_STATE_FORBIDS")
    assert (await room.act("computation", actor=DRAFTER)).status_code == 409


async def test_two_officers_do_not_overwrite_each_other(stage: Stage) -> None:
    """Whoever read the version before writes nothing over what the other has added."""
    await a_quarter_of_cases(stage)
    room = Newsroom(stage)
    read = (await room.drafted())["version"]
    assert (await room.noted({"problems": ["甲写的。"]}, version=read)).status_code == 200
    refused = await room.noted({"overview": ["乙写的。"]}, CHIEF, version=read)
    assert (refused.status_code, refused.json()["code"]) == (409, "EDITION_CHANGED")
    assert (await room.see()).json()["notes"]["problems"] == ["甲写的。"]


async def test_a_draft_is_read_byte_by_byte_too(stage: Stage) -> None:
    """Who approves may check that it is what was hashed, before and after the publication."""
    await a_quarter_of_cases(stage)
    room = Newsroom(stage)
    for edition in (await room.drafted(), await room.approved()):
        content = (await room.see(what="/content")).content
        assert sha256(content).hexdigest() == edition["sha256"]


async def test_a_withdrawn_draft_makes_room(stage: Stage) -> None:
    await a_quarter_of_cases(stage)
    room = Newsroom(stage)
    await room.drafted()
    refused = await room.draft()
    assert (refused.status_code, refused.json()["code"]) == (409, "EDITION_UNDER_WAY")
    withdrawn = await room.act("withdrawal", {"reason": "数据待核"}, DRAFTER)
    assert withdrawn.json()["state"] == "WITHDRAWN"
    assert (await room.act("approval", {"version": 9})).status_code == 409
    assert (await room.drafted())["edition"] == 1


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"period": "2026-Q2"}, 409, "PERIOD_NOT_OVER"),
        ({"period": "2026-H1"}, 422, "WRONG_CYCLE"),
        ({"period": "2026-Q5"}, 422, "PERIOD_INVALID"),
        ({"kind": "QUALITY_REPORT", "period": "2026-H1"}, 409, "PERIOD_NOT_OVER"),
        ({"division": "421202001"}, 422, "INVALID_FIELDS"),
        ({"division": "421299"}, 422, "BULLETIN_PLACE_UNKNOWN"),
    ],
)
async def test_what_cannot_be_drafted(
    stage: Stage, changes: dict[str, str], status: int, code: str
) -> None:
    """D10, E23: a quarter, a half-year, once it is over."""
    stage.clock.move_to(datetime.fromisoformat("2026-04-08T09:00:00+08:00"))
    refused = await Newsroom(stage).draft(DRAFTER, **changes)
    assert (refused.status_code, refused.json()["code"]) == (status, code)


async def test_no_personal_data_in_what_officers_write(stage: Stage) -> None:
    await a_quarter_of_cases(stage)
    room = Newsroom(stage)
    await room.drafted()
    refused = await room.noted({"problems": ["请联系13971234567"]})
    assert (refused.status_code, refused.json()["code"]) == (422, "PERSONAL_DATA_IN_NOTE")


async def test_who_drafts_and_who_reads(stage: Stage) -> None:
    """A20, D10: centres of the place draft, the observer reads; the administrator does neither."""
    await a_quarter_of_cases(stage)
    room = Newsroom(stage)
    for actor in (OBSERVER, ADMINISTRATOR, STREET_DESK, owner()):
        refused = await room.draft(actor)
        assert (refused.status_code, refused.json()["code"]) == (403, "BULLETIN_CENTRES_ONLY")
    refused = await room.draft(COUNTY_DESK)
    assert (refused.status_code, refused.json()["code"]) == (403, "BULLETIN_ELSEWHERE")
    await room.drafted()
    for actor, status in (
        (DRAFTER, 200),
        (OBSERVER, 200),
        (COUNTY_DESK, 404),
        (ADMINISTRATOR, 403),
        (STREET_DESK, 403),
        (owner(), 403),
    ):
        assert (await room.see(actor)).status_code == status
    assert (await room.act("withdrawal", {"reason": "试"}, OBSERVER)).status_code == 403
    assert (await room.act("withdrawal", {"reason": "试"}, COUNTY_DESK)).status_code == 404
    county = await room.drafted(COUNTY_DESK, division=COUNTY)
    assert county["title"] == "咸安区物业治理信息通报"
    for actor, seen in ((OBSERVER, 2), (COUNTY_DESK, 1)):
        listed = (await room.send("GET", "/bulletins", actor)).json()["items"]
        assert len(listed) == seen


async def test_a_draft_as_it_will_look(stage: Stage) -> None:
    await a_quarter_of_cases(stage)
    room = Newsroom(stage)
    await room.drafted()
    shown = await room.see(CHIEF, "/page")
    assert shown.headers["content-type"] == "text/html; charset=utf-8"
    assert shown.headers["cache-control"] == "private, no-store"
    assert "全市物业治理信息通报" in shown.text
    document = await room.see(OBSERVER, "/document")
    assert document.content.startswith(b"PK")
    assert (await room.see(COUNTY_DESK, "/page")).status_code == 404
    assert (await room.see(CHIEF, "/poster")).status_code == 422
