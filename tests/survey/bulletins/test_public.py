"""The transparency API: for everybody, kept by caches, with nothing personal in it."""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime

import pytest

from tests.samples import OWNER, named
from tests.stage import Stage
from tests.survey.bulletins.newsroom import (
    CHIEF,
    COUNTY,
    DRAFTER,
    Newsroom,
    a_quarter_of_cases,
    edition_of,
    late_closing,
    texts,
)
from tests.survey.indicators.cases import case, closed, hear_cases

HANDLED, ANSWERS = "COMPLAINTS_HANDLED", "SATISFACTION"
WHOLE = r"attachment; filename=\"bulletin-4212-2026-Q1-1\.(docx|csv)\"; filename\*=UTF-8''%E5.*"


async def test_only_what_is_published_is_public(stage: Stage) -> None:
    """D10: drafts are nobody's business, withdrawn ones neither."""
    await a_quarter_of_cases(stage)
    room = Newsroom(stage)
    drafted = await room.drafted()
    address = f"/bulletins/{drafted['bulletin_id']}/editions/1"
    for state in ("draft", "approved", "withdrawn"):
        for what in ("", "/page", "/content"):
            missing = await room.public(address + what)
            assert (missing.status_code, missing.json()["code"]) == (404, "EDITION_NOT_FOUND"), (
                state
            )
        assert (await room.public("/bulletins")).json()["items"] == []
        if state == "draft":
            await room.approved()
        elif state == "approved":
            await room.act("withdrawal", {"reason": "数据待核"}, DRAFTER)


async def test_the_forms_of_an_edition(stage: Stage) -> None:
    """D10, D11: page, document, and open data with its dictionary, each under the same address."""
    await a_quarter_of_cases(stage)
    room = Newsroom(stage)
    published = await room.published()
    shown = (await room.public(edition_of(published))).json()
    assert shown["sha256"] == published["sha256"]
    assert len(shown["renderings"]) == 6
    for each in shown["renderings"]:
        answer = await room.public(each["link"].removeprefix("/survey/public"))
        assert (answer.status_code, answer.headers["content-type"]) == (200, each["type"])
    for what in ("/document", "/data.csv"):
        named_ = (await room.public(edition_of(published, what))).headers["content-disposition"]
        assert re.fullmatch(WHOLE, named_)
    rows = list(
        csv.DictReader(
            io.StringIO(
                (await room.public(edition_of(published, "/data.csv"))).text.lstrip("\ufeff")
            )
        )
    )
    city = [row for row in rows if row["place"] == "4212"]
    assert len(city) == 10
    (handled,) = [row for row in city if row["code"] == HANDLED]
    assert (handled["numerator"], handled["denominator"], handled["percent"]) == (
        "24",
        "30",
        "80.00",
    )
    browser = await room.public(edition_of(published), Accept="text/html,application/xhtml+xml")
    assert browser.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in browser.headers["content-security-policy"]
    offered = re.findall(r'<a href="/survey/public([^"]+)">', browser.text)
    assert [each.rsplit("/", 1)[1] for each in offered] == [
        "document",
        "data.csv",
        "data.json",
        "dictionary",
    ]
    for each in offered:
        assert (await room.public(each)).status_code == 200


async def test_answers_are_kept_by_their_tag(stage: Stage) -> None:
    await a_quarter_of_cases(stage)
    room = Newsroom(stage)
    published = await room.published()
    for address in (
        "/bulletins",
        "/figures",
        edition_of(published),
        edition_of(published, "/page"),
    ):
        first = await room.public(address)
        assert first.headers["cache-control"] == "public, max-age=300"
        assert first.headers["access-control-allow-origin"] == "*"
        tag = first.headers["etag"]
        for kept in (tag, f'"other", W/{tag}', "*"):
            again = await room.public(address, **{"If-None-Match": kept})
            assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert (await room.public(address, **{"If-None-Match": '"other"'})).status_code == 200


async def test_other_sites_pages_read_problems_too(stage: Stage) -> None:
    """Or they would see a failure without a reason; what is not public is nobody else's."""
    room = Newsroom(stage)
    for address, status in (
        (f"/bulletins/{named('nothing')}", 404),
        ("/nowhere", 404),
        ("/figures?division=x", 422),
    ):
        answer = await room.public(address)
        assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (status, "*")
    async with stage.client() as client:
        posted = await client.post("/public/bulletins")
        assert (posted.status_code, posted.headers["access-control-allow-origin"]) == (405, "*")
        for address in ("/bulletins", "/publicity", "/health"):
            assert "access-control-allow-origin" not in (await client.get(address)).headers


async def test_head_is_get_without_its_body(stage: Stage) -> None:
    """RFC 9110: the same status and headers, and nothing to read."""
    await a_quarter_of_cases(stage)
    published = await Newsroom(stage).published()
    async with stage.client() as client:
        for address in ("/bulletins", "/figures", edition_of(published, "/data.csv"), "/nowhere"):
            got = await client.get(f"/public{address}")
            asked = await client.head(f"/public{address}")
            assert (asked.status_code, asked.content) == (got.status_code, b"")
            assert got.content
            assert asked.headers == got.headers
        tag = {"If-None-Match": (await client.head("/public/figures")).headers["etag"]}
        assert (await client.head("/public/figures", headers=tag)).status_code == 304
        assert (await client.head("/bulletins")).status_code == 405


@pytest.mark.parametrize(
    "address",
    ["/bulletins", "/figures", "/surveys", "/ratings", "/evaluations", "/credit-grades"],
)
async def test_a_misspelt_parameter_is_told(stage: Stage, address: str) -> None:
    """Else everything would be taken for what was asked for."""
    room = Newsroom(stage)
    refused = await room.public(f"{address}?periode=2026-Q1")
    assert (refused.status_code, refused.json()["code"]) == (422, "INVALID_FIELDS")
    assert [each["pointer"] for each in refused.json()["errors"]] == ["/query/periode"]
    assert (await room.public(address)).status_code == 200


async def test_the_link_of_an_edition_may_be_passed_on(stage: Stage) -> None:
    """Messengers add parameters of their own to a page that is shared."""
    await a_quarter_of_cases(stage)
    room = Newsroom(stage)
    published = await room.published()
    assert (await room.public(edition_of(published) + "?from=singlemessage")).status_code == 200


async def test_lists_are_paged_and_narrowed(stage: Stage) -> None:
    await a_quarter_of_cases(stage)
    room = Newsroom(stage)
    city = await room.published()
    county = await room.published(division=COUNTY)
    await late_closing(stage)
    await room.published(reason="补报。")
    page = (await room.public("/bulletins?limit=1")).json()
    assert [(e["division"], e["edition"]) for e in page["items"]] == [("4212", 2)]
    rest = (await room.public(f"/bulletins?limit=1&cursor={page['next']}")).json()
    assert [(e["division"], e["edition"]) for e in rest["items"]] == [(COUNTY, 1)]
    assert rest["next"] is None
    for query, ids in (
        (f"division={COUNTY}", [county["bulletin_id"]]),
        ("period=2025-Q4", []),
        ("kind=QUALITY_REPORT", []),
        (
            "kind=BULLETIN&period=2026-Q1&division=4212",
            [city["bulletin_id"], county["bulletin_id"]],
        ),
    ):
        found = (await room.public(f"/bulletins?{query}")).json()["items"]
        assert [each["bulletin_id"] for each in found] == ids
    beyond = f"/bulletins/{city['bulletin_id']}/editions/99999999999"
    for strange in ("/bulletins?cursor=nonsense", "/bulletins?period=%00%00%00%00", beyond):
        assert (await room.public(strange)).status_code == 422


async def test_figures_of_the_last_quarter(stage: Stage) -> None:
    """D11, D12: provisional until the bulletin is there, then those of the bulletin, whatever comes
    later.
    """
    await a_quarter_of_cases(stage)
    room = Newsroom(stage)
    before = (await room.public("/figures")).json()
    assert (before["period"], before["provisional"], before["bulletin"]) == ("2026-Q1", True, None)
    (handled,) = [e for e in before["items"] if (e["code"], e["place"]) == (HANDLED, "4212")]
    assert (handled["numerator"], handled["denominator"]) == (24, 30)
    published = await room.published()
    await late_closing(stage)
    after = (await room.public("/figures")).json()
    assert (after["provisional"], after["bulletin"]) == (False, published["link"])
    own = [each for each in after["items"] if each["code"] != ANSWERS]
    assert own == [each for each in before["items"] if each["code"] != ANSWERS]
    street = (await room.public("/figures?division=421202001")).json()
    assert {each["place"] for each in street["items"]} == {"421202001"}
    assert len(street["items"]) == 10
    stage.clock.move_to(datetime.fromisoformat("2026-07-01T00:00:00+08:00"))
    assert (await room.public("/figures")).json()["period"] == "2026-Q2"


async def test_figures_are_counted_once_for_all_who_ask(stage: Stage) -> None:
    await a_quarter_of_cases(stage)
    room = Newsroom(stage)
    first = (await room.public("/figures")).json()
    await late_closing(stage)
    assert (await room.public("/figures")).json() == first
    stage.clock.move_to(datetime.fromisoformat("2026-04-08T17:35:00+08:00"))
    assert (await room.public("/figures")).json() != first


async def test_of_answers_nothing_is_told_before_the_bulletin(stage: Stage) -> None:
    """E05: what changed from one look to the next would be what one household answered."""
    await a_quarter_of_cases(stage)
    room = Newsroom(stage)
    for hidden in (True, False):
        figures = (await room.public("/figures")).json()["items"]
        answers = {each["hidden"] for each in figures if each["code"] == ANSWERS}
        assert answers == {hidden}
        if hidden:
            await room.published()


@pytest.mark.parametrize(
    ("others", "words"), [(3, "上季度数据不予公布，不作比较"), (10, "较上季度")]
)
async def test_what_was_hidden_is_not_told_a_quarter_later(
    stage: Stage, others: int, words: str
) -> None:
    """E05: 咸安区 had ten; where 嘉鱼县 had three, they were withheld, and its own bulletin of the
    next quarter does not compare with them.
    """
    november = datetime.fromisoformat("2025-11-03T09:00:00+08:00")
    await hear_cases(
        stage,
        [
            (closed if number < whole // 2 else case)(
                f"{code} {number}", division=code, accepted_at=november
            )
            for code, whole in (("421202001", 10), ("421221103", others))
            for number in range(whole)
        ],
    )
    await a_quarter_of_cases(stage)
    drafted = await Newsroom(stage).drafted(division=COUNTY)
    (handled,) = [each for each in texts(drafted["content"], "核心指标") if "投诉处理率" in each]
    assert words in handled


async def test_few_cases_are_hidden_from_everybody(stage: Stage) -> None:
    """E05: 咸安区 and 嘉鱼县 have ten and four; nobody reads four, nor what leads to it."""
    await a_quarter_of_cases(stage, {"421202001": 9, "421281001": 6})
    await late_closing(stage, "421221103", 1)
    room = Newsroom(stage)
    figures = (await room.public("/figures")).json()["items"]
    by_place = {e["place"]: e for e in figures if e["code"] == HANDLED}
    assert by_place["4212"]["denominator"] == 21
    assert by_place["421221"]["hidden"]
    shown = [e for e in by_place.values() if len(e["place"]) == 6 and not e["hidden"]]
    assert sum(each["denominator"] for each in shown) <= 21 - 5


CANARIES = (OWNER, DRAFTER.id, CHIEF.id, named("grid worker"), named("421202001-1"))


@pytest.mark.parametrize("corrected", [False, True])
async def test_nothing_personal_is_public(stage: Stage, corrected: bool) -> None:
    """No owner, case, complaint or member of staff, in no public answer in no form."""
    await a_quarter_of_cases(stage)
    room = Newsroom(stage)
    published = await room.published()
    if corrected:
        await late_closing(stage)
        published = await room.published(reason="补报。")
    shown = (await room.public(edition_of(published))).json()
    links = [each["link"].removeprefix("/survey/public") for each in shown["renderings"]]
    for address in ("/bulletins", f"/bulletins/{shown['bulletin_id']}", "/figures", *links):
        answer = await room.public(address)
        for canary in CANARIES:
            assert str(canary) not in answer.text
            assert canary.hex not in answer.text
        assert "XN421202" not in answer.text, "a case number"
        assert "owner" not in answer.text.replace("owners", "")
