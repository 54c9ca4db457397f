"""What survey publishes becomes a public notice by itself, with a page to read (E05, D10, E23)."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from services.notify.deed import Deed
from services.notify.messages.domain.catalogue import Template
from services.notify.messages.domain.words import of_period
from services.notify.publications.commands.relaying import relay_bulletin
from services.notify.publications.domain.relayed import TITLE_AT_MOST, of_result
from services.notify.publications.printing import GUARDED, STYLE
from services.notify.publications.telling import OwnersTeller
from shared.contracts.notify import NoticePublished
from shared.identity import SYSTEM
from tests.at_once import waits_or_is_done
from tests.notify.news import OWNER_NAME, owner_known
from tests.notify.sends import pump, subscribe
from tests.notify.survey_news import bulletin_published, result_published
from tests.notify.test_notices import (
    CITY,
    ELSEWHERE,
    RESULT,
    STREET,
    estate_known,
    get,
    post,
    public,
    publish,
)
from tests.notify.town import Town
from tests.samples import DIVISION, ESTATE, NEIGHBOUR, owner
from tests.stage import ORIGIN, START, Stage


@pytest.fixture
async def place(stage: Stage) -> Stage:
    await stage.hear(estate_known(), estate_known(ELSEWHERE, "421202002"))
    return stage


async def page_of(stage: Stage, notice: str | UUID, **headers: str) -> tuple[int, str]:
    async with stage.client() as client:
        answer = await client.get(f"/public/notices/{notice}/page", headers=headers)
    return answer.status_code, answer.text


async def test_a_result_reaches_the_owners_of_the_estate_once(place: Stage, town: Town) -> None:
    """E05, N16: inbox and WeChat, with a link to a page; told twice, it is one notice."""
    await place.hear(owner_known(estate_ids=(ESTATE,)))
    await place.hear(owner_known(NEIGHBOUR, "owner-2", estate_ids=(ELSEWHERE,)))
    await subscribe(place, town, Template.NOTICE)
    await place.hear_after_forgetting(result_published())
    await place.host.runtime.part(OwnersTeller).pump()
    await pump(place)
    (notice,) = await public(place)
    (told,) = (await get(place, "/inbox", owner()))["items"]
    assert told["notification"] == "N16"
    assert f"{ORIGIN}/notify/public/notices/{notice}/page" in told["body"]
    assert (await get(place, "/inbox", owner(NEIGHBOUR)))["items"] == []
    assert (len(town.wechat_to(OWNER_NAME)), len(town.provider.sent)) == (1, 0)
    (said,) = await place.said(NoticePublished)
    assert (said.notice.estate_ids, said.notice.kind) == ((ESTATE,), "SURVEY_RESULT")


async def test_owners_are_not_woken_by_a_result(place: Stage, town: Town) -> None:
    """Lifecycle 3.7: WeChat waits for the morning, the inbox does not."""
    await place.hear(owner_known(estate_ids=(ESTATE,)))
    await subscribe(place, town, Template.NOTICE)
    place.clock.move_to(START.replace(hour=23))
    await place.hear(result_published())
    await place.host.runtime.part(OwnersTeller).pump()
    await pump(place)
    assert len((await get(place, "/inbox", owner()))["items"]) == 1
    assert town.wechat_to(OWNER_NAME) == []
    place.clock.move_to(START.replace(hour=7) + timedelta(days=1))
    await pump(place)
    assert len(town.wechat_to(OWNER_NAME)) == 1


async def test_the_result_stands_on_its_page(place: Stage) -> None:
    """E05: what everybody is shown of the survey, and no more; where it was posted survey knows."""
    await place.hear(result_published())
    (notice,) = await public(place, estate_id=str(ESTATE))
    status, shown = await page_of(place, notice)
    assert status == 200
    for words in ("2026年上半年业主满意度测评结果（演示·桂花园）", "86.00分", "83.20%", "420份"):
        assert words in shown
    assert "未在同一日公开" not in shown
    kept = await get(place, f"/notices/{notice}", STREET)
    assert (kept["standing"], kept["missing"]) == ("COMPLETE", [])


async def test_a_late_channel_is_said(place: Stage) -> None:
    """E05: board on one day, group on the next."""
    await place.hear(result_published(synchronous=False))
    (notice,) = await public(place)
    assert "未在同一日公开" in (await page_of(place, notice))[1]


async def test_a_result_of_an_unknown_estate_waits(stage: Stage) -> None:
    """X37."""
    await stage.hear_early(result_published())
    assert await public(stage) == []


@pytest.mark.parametrize("kind", ["BULLETIN", "QUALITY_REPORT"])
async def test_a_bulletin_is_for_everybody_and_nobodys_inbox(place: Stage, kind: str) -> None:
    """D10, E23: public, with the link to its own page."""
    await place.hear(owner_known(estate_ids=(ESTATE,)))
    await place.hear_after_forgetting(bulletin_published(kind=kind))
    await place.host.runtime.part(OwnersTeller).pump()
    (notice,) = await public(place, kind=kind, division=DIVISION)
    shown = (await page_of(place, notice))[1]
    assert f'href="{ORIGIN}/survey/public/bulletins/1"' in shown
    assert await place.count("message") == 0


async def test_a_corrected_bulletin_takes_the_place_of_the_former(place: Stage) -> None:
    """D10: whatever the order in which editions are told."""
    second = bulletin_published(edition=2, version=4, link="/survey/public/bulletins/2")
    await place.hear(bulletin_published())
    (former,) = await public(place)
    await place.hear(second)
    (current,) = await public(place)
    assert (await get(place, f"/public/notices/{current}"))["edition"] == 2
    assert "bulletins/2" in (await page_of(place, current))[1]
    assert "本版已被更正" in (await page_of(place, former))[1]
    await place.hear_after_forgetting(bulletin_published())
    assert await public(place) == [current]


async def test_two_editions_told_at_once_are_one_notice(place: Stage) -> None:
    """X37: by two workers, of which neither sees yet what the other writes."""
    second = bulletin_published(edition=2, version=4)
    runtime, now = place.host.runtime, place.clock.now()
    async with runtime.database.transaction() as session:
        await relay_bulletin(Deed(session, runtime, SYSTEM, now), bulletin_published().bulletin)
        other = asyncio.create_task(place.hear(second))
        await waits_or_is_done(place, other)
    await other
    (current,) = await public(place)
    assert (await get(place, f"/public/notices/{current}"))["edition"] == 2


async def test_what_somebody_withdrew_by_hand_is_published_anew(place: Stage) -> None:
    await place.hear(bulletin_published())
    (former,) = await public(place)
    await post(place, f"/notices/{former}/withdrawal", {"reason": "误发"}, CITY, 200)
    await place.hear(bulletin_published(edition=2, version=4))
    (current,) = await public(place)
    assert (await get(place, f"/public/notices/{current}"))["edition"] == 1


async def test_a_page_says_what_is_said_and_runs_nothing(place: Stage) -> None:
    """Every word is escaped; no script, nothing loaded, one style that is named by its hash."""
    evil = "<script>alert(1)</script>&\"'"
    links = [{"title": evil, "url": 'https://example.org/?a=1&b="><script>'}]
    notice = await publish(place, title=f"公示{evil}", text=f"{evil}\n第二段", links=links)
    async with place.client() as client:
        answer = await client.get(f"/public/notices/{notice}/page")
    assert answer.headers["content-type"].startswith("text/html")
    assert "<script" not in answer.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in answer.text
    assert "<p>第二段</p>" in answer.text
    for name, value in GUARDED.items():
        assert answer.headers[name] == value
    assert "script-src" not in GUARDED["Content-Security-Policy"]
    assert f"<style>{STYLE}</style>" in answer.text, "what the hash was made of"
    assert str(STREET.id) not in answer.text


async def test_a_page_ends_with_its_notice(place: Stage) -> None:
    notice = await publish(place)
    await post(place, f"/notices/{notice}/withdrawal", {"reason": "测评程序有误"}, status=200)
    shown = (await page_of(place, notice))[1]
    assert "本公示已撤回。原因：测评程序有误" in shown
    assert str(RESULT["text"]) not in shown
    drafted = (await post(place, "/notices", RESULT, status=201))["id"]
    for unknown in (drafted, uuid4()):
        assert (await page_of(place, unknown))[0] == 404


async def test_a_known_page_is_not_sent_again(place: Stage) -> None:
    notice = await publish(place)
    async with place.client() as client:
        first = await client.get(f"/public/notices/{notice}/page")
    again = await page_of(place, notice, **{"If-None-Match": first.headers["ETag"]})
    assert (first.headers["Cache-Control"], again) == ("public, max-age=60", (304, ""))


def test_the_longest_name_fits_the_title() -> None:
    words = of_result(result_published(estate_name="很长的小区名" * 20).survey)
    assert len(words.title) == TITLE_AT_MOST
    assert words.title.endswith("…")


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("2026-H2", "2026年下半年"),
        ("2026-Q1", "2026年第1季度"),
        ("2026-03", "2026年3月"),
        ("2026", "2026年"),
    ],
)
def test_periods_in_words(period: str, said: str) -> None:
    assert of_period(period) == said
