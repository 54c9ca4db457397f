"""Public notices: never changed, on all channels the same day, and told to the owners (N16)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from services.notify.messages.domain.catalogue import Template
from services.notify.publications.domain.duty import Standing, duty_of
from services.notify.publications.domain.lifecycle import (
    TRANSITIONS,
    NoticeAction,
    NoticeSettled,
    NoticeState,
    advance,
)
from services.notify.publications.domain.policies import may_publish_in
from services.notify.publications.telling import OwnersTeller
from shared.contracts.directory import EstateChanged, EstateState
from shared.contracts.notify import NoticePublished
from shared.identity import Actor, End, Role, Scope
from tests.notify.news import OWNER_NAME, owner_known
from tests.notify.sends import pump, subscribe
from tests.notify.town import Town
from tests.samples import (
    COMMUNITY,
    DIVISION,
    ESTATE,
    FIRE,
    NEIGHBOUR,
    OWNER,
    STRANGER,
    named,
    owner,
    staff,
)
from tests.stage import START, Stage

STREET = staff(STRANGER, End.CENTRE, Role.STREET_OFFICER, named("street office"), (DIVISION,))
CITY = staff(named("city"), End.CENTRE, Role.DISPATCHER, named("city centre"), ("4212",))
OTHER_STREET = staff(named("other"), End.CENTRE, Role.STREET_OFFICER, None, ("421202002",))
ELSEWHERE = named("estate elsewhere")

RESULT = {
    "kind": "SURVEY_RESULT",
    "division": DIVISION,
    "estate_ids": [str(ESTATE)],
    "title": "2026年上半年业主满意度测评结果",
    "text": "本次测评得分 86.00 分，入户覆盖率 83.20%。",
    "links": [{"title": "测评报告", "url": "https://example.org/report.pdf"}],
}
BULLETIN = {
    "kind": "BULLETIN",
    "division": "4212",
    "title": "全市物业治理信息通报（2026年第一季度）",
    "text": "一季度共受理诉求 1200 件。",
}


def estate_known(estate: UUID = ESTATE, division: str = DIVISION) -> EstateChanged:
    state = {"id": estate, "version": 1, "display_name": "演示·桂花园", "division": division}
    state |= {"community_id": COMMUNITY, "kind": "COMMERCIAL", "households": 600}
    state |= {"company_id": None, "contract_until": None, "buildings": ()}
    return EstateChanged(estate=EstateState.model_validate(state))


@pytest.fixture
async def place(stage: Stage) -> Stage:
    await stage.hear(estate_known(), estate_known(ELSEWHERE, "421202002"))
    return stage


async def post(
    stage: Stage, path: str, body: Mapping[str, Any] | None = None, actor: Actor = STREET,
    status: int | None = None,
) -> Any:  # fmt: skip
    async with stage.client(actor) as client:
        key = {"Idempotency-Key": str(uuid4())}
        answer = await client.post(path, json=body or {}, headers=key)
    assert answer.status_code == (status or answer.status_code), answer.text
    return answer.json()


async def get(stage: Stage, path: str, actor: Actor | None = None, **query: str) -> Any:
    async with stage.client(actor) as client:
        return (await client.get(path, params=query)).json()


async def public(stage: Stage, **query: str) -> list[str]:
    return [each["id"] for each in (await get(stage, "/public/notices", None, **query))["items"]]


async def draft(stage: Stage, **changes: Any) -> str:
    return str((await post(stage, "/notices", RESULT | changes, status=201))["id"])


async def publish(stage: Stage, actor: Actor = STREET, **changes: Any) -> str:
    notice = (await post(stage, "/notices", RESULT | changes, actor, 201))["id"]
    await post(stage, f"/notices/{notice}/publication", actor=actor, status=200)
    return str(notice)


async def note(stage: Stage, notice: str, channel: str, **changes: Any) -> Any:
    body = {"channel": channel, "posted_at": stage.clock.now().isoformat(), "proof": "照片 1 张"}
    return await post(stage, f"/notices/{notice}/postings", body | changes)


@pytest.mark.parametrize("state", NoticeState)
@pytest.mark.parametrize("action", NoticeAction)
def test_what_was_published_never_becomes_a_draft_again(
    state: NoticeState, action: NoticeAction
) -> None:
    if action not in TRANSITIONS[state]:
        with pytest.raises(NoticeSettled):
            advance(state, action)
        return
    following = advance(state, action)
    assert following is not NoticeState.DRAFT or state is NoticeState.DRAFT


@pytest.mark.parametrize(
    ("group_hours", "standing"),
    [(0, Standing.COMPLETE), (14.9, Standing.COMPLETE), (15, Standing.OVERDUE), (24, "OVERDUE")],
)
def test_board_and_group_on_the_same_day(group_hours: float, standing: str) -> None:
    """E05: board posted 03-02 09:00, group 03-03: not synchronous, and it stays so."""
    posted = {"NOTICE_BOARD": START, "OWNERS_GROUP": START + timedelta(hours=group_hours)}
    duty = duty_of(posted, ("NOTICE_BOARD", "OWNERS_GROUP"), 2)
    assert duty.standing(START + timedelta(days=9)) == standing


def test_one_channel_is_pending_until_the_day_is_over() -> None:
    """E05; a bulletin (D10) may choose its channels, but needs two."""
    duty = duty_of({"WEBSITE": START}, (), 2)
    assert duty.standing(START + timedelta(hours=14)) is Standing.PENDING
    assert duty.standing(START + timedelta(hours=15)) is Standing.OVERDUE
    assert duty_of({"WEBSITE": START, "MINI_PROGRAM": START}, (), 2).is_met
    without_the_board = duty_of({"WEBSITE": START, "OWNERS_GROUP": START}, ("NOTICE_BOARD",), 2)
    assert (without_the_board.is_met, without_the_board.missing) == (False, ("NOTICE_BOARD",))


async def test_a_draft_is_seen_by_nobody_else_and_a_published_notice_by_everybody(
    place: Stage,
) -> None:
    notice = await draft(place)
    assert await public(place) == []
    assert (await get(place, f"/public/notices/{notice}"))["code"] == "NOTICE_NOT_FOUND"
    published = await post(place, f"/notices/{notice}/publication", status=200)
    assert (published["state"], published["standing"]) == ("PUBLISHED", "PENDING")
    assert published["missing"] == ["NOTICE_BOARD", "OWNERS_GROUP"]
    shown = await get(place, f"/public/notices/{notice}")
    assert (shown["title"], shown["text"]) == (RESULT["title"], RESULT["text"])
    assert [each["channel"] for each in shown["posted"]] == ["MINI_PROGRAM"]
    assert str(STRANGER) not in str(shown), "who wrote it is nobody's business"
    (said,) = await place.said(NoticePublished)
    assert (said.notice.version, said.notice.estate_ids) == (1, (ESTATE,))


async def test_e05_is_complete_with_board_and_group_on_the_day(place: Stage) -> None:
    notice = await publish(place)
    assert (await note(place, notice, "NOTICE_BOARD"))["standing"] == "PENDING"
    twice = await note(place, notice, "NOTICE_BOARD")
    assert twice["code"] == "CHANNEL_NOTED"
    done = await note(place, notice, "OWNERS_GROUP", file_id=str(uuid4()))
    assert (done["standing"], done["missing"]) == ("COMPLETE", [])
    who = {each["channel"]: each["recorded_by"] for each in done["postings"]}
    assert who == dict.fromkeys(("MINI_PROGRAM", "NOTICE_BOARD", "OWNERS_GROUP"), str(STRANGER))


async def test_a_day_that_was_missed_is_shown_as_overdue(place: Stage) -> None:
    """E05: flagged, also after the other channel follows."""
    late, other = await publish(place), await publish(place, kind="OTHER")
    await note(place, late, "NOTICE_BOARD")
    await note(place, other, "WEBSITE")
    place.clock.move_to(START + timedelta(days=1))
    assert (await note(place, late, "OWNERS_GROUP"))["standing"] == "OVERDUE"
    overdue = await get(place, "/notices", STREET, overdue="true")
    assert [each["id"] for each in overdue["items"]] == [late]


@pytest.mark.parametrize(
    ("hours", "code"), [(1, "POSTING_TIME_INVALID"), (-1, "POSTING_TIME_INVALID")]
)
async def test_a_posting_is_noted_after_it_happened(place: Stage, hours: int, code: str) -> None:
    notice = await publish(place)
    moment = (START + timedelta(hours=hours)).isoformat()
    assert (await note(place, notice, "NOTICE_BOARD", posted_at=moment))[
        "code"
    ] == "POSTING_TIME_INVALID"


async def test_a_published_notice_is_corrected_by_a_new_edition_only(place: Stage) -> None:
    """D10: later data does not alter the first edition."""
    notice = await publish(place)
    async with place.client(STREET) as client:
        refused = await client.put(f"/notices/{notice}", json=RESULT | {"text": "改"})
    assert (refused.status_code, refused.json()["code"]) == (409, "NOTICE_SETTLED")
    words = {"title": RESULT["title"], "text": "更正：得分 85.00 分。", "reason": "得分计算有误"}
    edition = await post(place, f"/notices/{notice}/correction", words, status=201)
    assert (edition["edition"], edition["state"]) == (2, "DRAFT")
    again = await post(place, f"/notices/{notice}/correction", words, status=409)
    assert again["code"] == "CORRECTION_OPEN"
    assert await public(place) == [notice]
    await post(place, f"/notices/{edition['id']}/publication", status=200)
    assert await public(place) == [edition["id"]]
    former = await get(place, f"/public/notices/{notice}")
    assert (former["state"], former["text"]) == ("SUPERSEDED", RESULT["text"])
    assert former["ended_because"] == "得分计算有误"
    versions = [said.notice.version for said in await place.said(NoticePublished)]
    assert versions == [1, 2]


async def test_a_correction_that_was_withdrawn_is_not_the_last_word(place: Stage) -> None:
    """D10: the next one takes its place, and the number after it."""
    notice = await publish(place)
    words = {"title": RESULT["title"], "text": "更正", "reason": "得分计算有误"}
    dropped = await post(place, f"/notices/{notice}/correction", words, status=201)
    await post(place, f"/notices/{dropped['id']}/withdrawal", {"reason": "再核对"}, status=200)
    edition = await post(place, f"/notices/{notice}/correction", words, status=201)
    assert (edition["edition"], edition["state"]) == (3, "DRAFT")
    await post(place, f"/notices/{edition['id']}/publication", status=200)
    assert await public(place) == [edition["id"]]


async def test_why_it_changed_or_ended_names_nobody_either(place: Stage) -> None:
    """Everybody reads the reason, so it holds no personal number."""
    notice = await publish(place)
    reason = {"reason": "请联系13900001111"}
    words = {"title": RESULT["title"], "text": "更正"} | reason
    corrected = await post(place, f"/notices/{notice}/correction", words, status=422)
    withdrawn = await post(place, f"/notices/{notice}/withdrawal", reason, status=422)
    assert corrected["code"] == withdrawn["code"] == "PERSONAL_NUMBER_IN_NOTICE"
    assert await public(place) == [notice]


async def test_a_withdrawn_notice_says_why_and_no_longer_what(place: Stage) -> None:
    notice = await publish(place)
    await post(place, f"/notices/{notice}/withdrawal", {"reason": "测评程序有误"}, status=200)
    assert await public(place) == []
    shown = await get(place, f"/public/notices/{notice}")
    assert (shown["state"], shown["text"], shown["links"]) == ("WITHDRAWN", "", [])
    assert shown["ended_because"] == "测评程序有误"
    again = await post(place, f"/notices/{notice}/publication", status=409)
    assert again["code"] == "NOTICE_SETTLED"


@pytest.mark.parametrize(
    ("actor", "body", "status"),
    [
        (STREET, RESULT, 201),
        (CITY, RESULT, 201),
        (CITY, BULLETIN, 201),
        (STREET, BULLETIN, 403),
        (OTHER_STREET, RESULT, 403),
        (staff(STRANGER, End.GRID, Role.GRID_WORKER, COMMUNITY, (DIVISION,)), RESULT, 403),
        (staff(STRANGER, End.CENTRE, Role.MEDIATOR, COMMUNITY, (DIVISION,)), RESULT, 403),
        (staff(STRANGER, End.DEPARTMENT, Role.DEPARTMENT_OFFICER, FIRE, ("4212",)), RESULT, 403),
        (owner(), RESULT, 403),
        (STREET, RESULT | {"estate_ids": [str(ELSEWHERE)]}, 422),
        (STREET, RESULT | {"estate_ids": [str(uuid4())]}, 422),
        (STREET, RESULT | {"text": "请联系13900001111"}, 422),
        (STREET, RESULT | {"text": "编号421202199001011234"}, 422),
        (STREET, RESULT | {"links": [{"title": "x", "url": "javascript:alert(1)"}]}, 422),
    ],
)
async def test_who_may_publish_what(
    place: Stage, actor: Actor, body: Mapping[str, Any], status: int
) -> None:
    await post(place, "/notices", body, actor, status)


async def test_a_notice_of_another_place_is_not_there(place: Stage) -> None:
    notice = await draft(place)
    assert (await get(place, f"/notices/{notice}", OTHER_STREET))["code"] == "NOTICE_NOT_FOUND"
    await post(place, f"/notices/{notice}/publication", actor=OTHER_STREET, status=404)
    assert (await get(place, "/notices", OTHER_STREET))["items"] == []
    assert (await get(place, f"/notices/{notice}", CITY))["id"] == notice


async def test_everybody_finds_what_concerns_a_place(place: Stage) -> None:
    result = await publish(place)
    place.clock.move_to(START + timedelta(minutes=1))
    bulletin = await publish(place, CITY, **BULLETIN, estate_ids=[], links=[])
    assert await public(place) == [bulletin, result]
    assert await public(place, division=DIVISION) == [bulletin, result]
    assert await public(place, division="421202002") == [bulletin]
    assert await public(place, estate_id=str(ESTATE)) == [bulletin, result]
    assert await public(place, estate_id=str(ELSEWHERE)) == [bulletin]
    assert await public(place, kind="SURVEY_RESULT") == [result]
    first = await get(place, "/public/notices", limit="1")
    second = await get(place, "/public/notices", limit="1", cursor=first["next"])
    assert [each["id"] for each in (*first["items"], *second["items"])] == [bulletin, result]


async def test_what_did_not_change_is_not_sent_again(place: Stage) -> None:
    await publish(place)
    async with place.client() as client:
        first = await client.get("/public/notices")
        tag = {"If-None-Match": first.headers["ETag"]}
        second = await client.get("/public/notices", headers=tag)
        await publish(place)
        third = await client.get("/public/notices", headers=tag)
    assert (first.status_code, second.status_code, third.status_code) == (200, 304, 200)
    assert first.headers["Cache-Control"] == "public, max-age=60"


async def test_owners_of_the_estate_are_told_once(place: Stage, town: Town) -> None:
    """N16: inbox, and WeChat for those who accepted it; no text message, at any hour (E05)."""
    await place.hear(owner_known(estate_ids=(ESTATE,)))
    await place.hear(owner_known(NEIGHBOUR, "owner-2", estate_ids=(ELSEWHERE,)))
    await subscribe(place, town, Template.NOTICE)
    notice = await publish(place)
    teller = place.host.runtime.part(OwnersTeller)
    assert await teller.pump() > 0
    assert await teller.pump() == 0
    await pump(place)
    (told,) = (await get(place, "/inbox", owner()))["items"]
    assert told["notification"] == "N16"
    assert f"/notify/public/notices/{notice}" in told["body"]
    assert (await get(place, "/inbox/counts", owner()))["notices"] == 1
    assert (await get(place, "/inbox", owner(NEIGHBOUR)))["items"] == []
    assert (len(town.wechat_to(OWNER_NAME)), len(town.provider.sent)) == (1, 0)
    assert (await get(place, f"/notices/{notice}", STREET))["told"] == 1


async def test_thousands_are_told_in_batches_and_a_break_tells_nobody_twice(place: Stage) -> None:
    """N16: the batch that was cut off is told again as a whole, and each owner once."""
    people = [named(f"owner {number}") for number in range(25)]
    await place.hear(
        *(owner_known(each, f"p{each}", None, estate_ids=(ESTATE,)) for each in people)
    )
    notice = await publish(place)
    teller = OwnersTeller(place.host.runtime, batch=10)
    assert await teller.pump() == 3
    async with place.host.runtime.database.transaction() as session:
        await session.execute(text("UPDATE notice_round SET after = NULL, finished_at = NULL"))
    await teller.pump()
    assert await place.count("message", "notification = 'N16'") == 25
    assert await place.count("message", f"body LIKE '%{notice}%'") == 25


async def test_nobody_is_told_of_what_was_withdrawn_at_once(place: Stage) -> None:
    await place.hear(owner_known(estate_ids=(ESTATE,)))
    notice = await publish(place)
    await post(place, f"/notices/{notice}/withdrawal", {"reason": "误发"}, status=200)
    await place.host.runtime.part(OwnersTeller).pump()
    assert await place.count("message") == 0


async def test_who_left_or_moved_is_not_told(place: Stage) -> None:
    await place.hear(owner_known(estate_ids=(ESTATE,)))
    await place.hear(owner_known(version=2, estate_ids=()))
    await place.hear(owner_known(NEIGHBOUR, "owner-2", estate_ids=(ESTATE,), active=False))
    await publish(place)
    await place.host.runtime.part(OwnersTeller).pump()
    assert await place.count("message") == 0


def test_scope_without_divisions_publishes_nothing() -> None:
    nowhere = staff(OWNER, End.CENTRE, Role.DISPATCHER, named("x"))
    assert nowhere.scope == Scope()
    assert not may_publish_in(nowhere, DIVISION)
