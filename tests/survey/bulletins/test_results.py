"""Published results for everybody, and the half-yearly report made of them (E05, E16, E23)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from shared.contracts.directory import OrganisationChanged
from shared.contracts.vocabulary import OrganisationKind
from tests.samples import COMPANY, ESTATE, named
from tests.stage import Stage
from tests.survey.bulletins.newsroom import CHIEF, DRAFTER, Newsroom, edition_of, texts
from tests.survey.credit.ledger import Ledger
from tests.survey.evaluations.town import AFTER_H1, COUNTY, County, a_row, organisation
from tests.survey.ratings.raters import OFFICER, OWNERS, Room, marks
from tests.survey.surveys.pollster import Poll, house, levels

REPORT = {"kind": "QUALITY_REPORT", "period": "2026-H1"}
PUBLISHED_AT = datetime.fromisoformat("2026-07-10T09:00:00+08:00")


async def an_evaluation(stage: Stage) -> County:
    """Owners 80.00, community 76.00, third party 76.50; published after the half-year."""
    county = await County(stage).founded()
    await county.surveyed()
    await county.assessed("76")
    await county.imported(a_row())
    stage.clock.move_to(AFTER_H1)
    await county.published()
    return county


async def items(room: Newsroom, address: str) -> list[dict[str, Any]]:
    answer = await room.public(address)
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "public, max-age=300"
    return list(answer.json()["items"])


async def test_satisfaction_is_public_with_its_publication(stage: Stage) -> None:
    """E05: nothing before both channels were posted; then the figures of the notice board."""
    room = Newsroom(stage)
    poll = await Poll(stage).opened()
    await poll.walked([levels(4)] * 10)
    await poll.closed()
    assert await items(room, "/surveys") == []
    await poll.post_on("NOTICE_BOARD", stage.clock.now())
    await poll.post_on("OWNERS_GROUP", stage.clock.now())
    (result,) = await items(room, "/surveys")
    assert (result["estate_id"], result["company_id"]) == (str(ESTATE), str(COMPANY))
    assert (result["score"], result["coverage"], result["answers"]) == ("80.00", "100.00", 10)
    assert set(result) == {
        *("estate_id", "estate_name", "division", "company_id", "company_name", "period"),
        *("published_at", "households", "answers", "coverage", "score", "averages", "synchronous"),
        "standing",
    }
    for query, found in (
        (f"company_id={COMPANY}&period=2026-H1", 1),
        (f"estate_id={ESTATE}&division=421281", 1),
        ("division=421202", 0),
        (f"company_id={named('other')}", 0),
    ):
        assert len(await items(room, f"/surveys?{query}")) == found
    for canary in (poll.id, house(1), named("walker")):
        assert str(canary) not in (await room.public("/surveys")).text


async def test_ratings_are_public_with_their_publication(stage: Stage) -> None:
    """E09: the score and how many gave it, never who gave what."""
    newsroom = Newsroom(stage)
    room = await Room(stage).represented([OWNERS] * 5)
    await room.opened()
    await room.rated([marks(4)] * 5)
    await room.closed()
    assert await items(newsroom, "/ratings") == []
    await room.do("publication", OFFICER)
    (shown,) = await items(newsroom, f"/ratings?company_id={COMPANY}")
    assert (shown["kind"], shown["raters"], shown["period"]) == ("QUARTERLY", 5, "2026-Q1")
    assert set(shown) == {
        *("kind", "estate_id", "estate_name", "division", "company_id", "company_name"),
        *("period", "raters", "score", "published_at", "standing"),
    }
    assert await items(newsroom, f"/ratings?company_id={named('other')}") == []


async def test_evaluations_and_the_report(stage: Stage) -> None:
    """E16, E23: the half-year's report has every evaluated estate once, with company and band."""
    room = Newsroom(stage)
    await an_evaluation(stage)
    (shown,) = await items(room, "/evaluations")
    assert (shown["owners"], shown["community"], shown["third_party"]) == (
        "80.00",
        "76.00",
        "76.50",
    )
    assert (shown["composite"], shown["band"], shown["edition"]) == ("77.75", "PASS", 1)
    assert await items(room, "/evaluations?division=421202") == []
    report = await room.published(PUBLISHED_AT, **REPORT)
    (assessed,) = report["content"]["assessed"]
    assert (assessed["estate_id"], assessed["composite"]) == (str(ESTATE), "77.75")
    assert (assessed["rank"], assessed["band_name"]) == (None, "合格"), "the only one"
    assert "全市共评价住宅小区1个，其中形成综合得分的1个" in texts(report["content"], "评价概况")[0]
    page = await room.public(edition_of(report, "/page"))
    assert "全市物业服务质量评价报告" in page.text
    assert str(assessed["company_name"]) in page.text


async def test_a_company_keeps_the_name_that_was_published(stage: Stage) -> None:
    """E16: it is another one tomorrow, and the result is what it was."""
    room = Newsroom(stage)
    await an_evaluation(stage)
    (before,) = await items(room, "/evaluations")
    told = organisation(COMPANY, OrganisationKind.COMPANY).organisation
    renamed = told.model_copy(update={"version": 2, "display_name": "演示·新名称"})
    await stage.hear(OrganisationChanged(organisation=renamed))
    assert await items(room, "/evaluations") == [before]


async def test_a_corrected_evaluation_leaves_the_report_alone(stage: Stage) -> None:
    """E23, D10: the report stays; its second edition tells which score, before and after."""
    room = Newsroom(stage)
    county = await an_evaluation(stage)
    first = await room.published(PUBLISHED_AT, **REPORT)
    kept = (await room.public(edition_of(first, "/content"))).content
    await county.imported(a_row(service_system="100"))
    await county.published(reason="第三方更正服务制度得分")
    assert (await room.public(edition_of(first, "/content"))).content == kept
    second = await room.published(PUBLISHED_AT, reason="第三方更正得分。", **REPORT)
    found = second["content"]["corrects"]["differences"]
    told = {e["code"]: (e["before"], e["after"]) for e in found if e["code"] != "SECTION"}
    assert told == {
        "THIRD_PARTY": ("76.50", "80.50"),
        "COMPOSITE": ("77.75", "78.95"),
        "BAND_NAME": ("合格", "良好"),
    }


async def test_who_has_a_stake_does_not_report(stage: Stage) -> None:
    """A13: neither drafts nor approves a report that names the own company."""
    room = Newsroom(stage)
    await an_evaluation(stage)
    partial_drafter, partial_chief = (
        replace(each, interests=frozenset({COMPANY})) for each in (DRAFTER, CHIEF)
    )
    refused = await room.draft(partial_drafter, **REPORT)
    assert (refused.status_code, refused.json()["code"]) == (403, "EDITION_NAMES_YOUR_COMPANY")
    drafted = await room.drafted(DRAFTER, **REPORT)
    body = {"version": drafted["version"]}
    refused = await room.act("approval", body, partial_chief)
    assert (refused.status_code, refused.json()["code"]) == (403, "EDITION_NAMES_YOUR_COMPANY")
    assert (await room.act("approval", body, CHIEF)).status_code == 200


async def test_a_county_reports_on_its_own(stage: Stage) -> None:
    room = Newsroom(stage)
    await an_evaluation(stage)
    here = await room.drafted(DRAFTER, division=COUNTY, **REPORT)
    assert len(here["content"]["assessed"]) == 1
    there = await room.drafted(DRAFTER, division="421202", **REPORT)
    assert there["content"]["assessed"] == []


async def test_grades_in_force(stage: Stage) -> None:
    """E16-E19: public once persons decided, the letter alone."""
    room = Newsroom(stage)
    ledger = await Ledger(stage).founded()
    grade = await ledger.graded("90.00")
    assert await items(room, "/credit-grades") == []
    await ledger.confirms(grade["id"])
    (shown,) = await items(room, "/credit-grades")
    assert (shown["company_id"], shown["grade"], shown["period"]) == (str(COMPANY), "A", "2026-H1")
    assert set(shown) == {"company_id", "company_name", "period", "grade", "decided_at"}
    assert len(await items(room, f"/credit-grades?company_id={COMPANY}")) == 1
    assert await items(room, f"/credit-grades?company_id={named('other')}") == []
