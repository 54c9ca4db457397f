"""What an appeal against a score does to everything that was formed of it (E28, E15, E23)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from services.survey.credit.domain.sources import EntrySource
from services.survey.credit.domain.standing import Standing
from shared.contracts.survey import CreditGradeWithdrawn
from tests.stage import Stage
from tests.survey.bulletins.newsroom import DRAFTER, Newsroom
from tests.survey.bulletins.test_results import PUBLISHED_AT, REPORT, an_evaluation, items
from tests.survey.credit.ledger import COMPANY_DESK, Ledger
from tests.survey.evaluations.town import BUREAU, County, a_row

FIGURES = ("owners", "community", "third_party", "composite", "band")
VALID, DISPUTED, REVOKED = Standing.VALID, Standing.DISPUTED, Standing.REVOKED
AS_PUBLISHED = ("80.00", "76.00", "76.50", "77.75", "PASS")


@dataclass
class Case:
    """A published half-year, and what its company says against it."""

    county: County
    ledger: Ledger
    newsroom: Newsroom

    async def appealed(self, source: EntrySource, outcome: str | None = "REVOKED") -> str:
        """Against the newest entry of a source; returns the appeal."""
        entries = await self.ledger.list("/credit-entries", COMPANY_DESK)
        (entry, *_) = [each for each in entries if each["source"] == source]
        filed = await self.ledger.appeals(entry["id"])
        assert filed.status_code == 201, filed.text
        appeal = str(filed.json()["id"])
        if outcome is not None:
            await self.ruled(appeal, outcome)
        return appeal

    async def ruled(self, appeal: str, outcome: str) -> None:
        ruled = await self.ledger.rules(appeal, outcome)
        assert ruled.status_code == 200, ruled.text

    async def shown(self) -> tuple[tuple[str | None, ...], dict[str, str]]:
        """To everybody: the figures, and how they stand."""
        (found,) = await items(self.newsroom, "/evaluations")
        return tuple(found[name] for name in FIGURES), found["standings"]

    async def refused(self, run: dict[str, Any], what: str) -> None:
        answer = await self.county.run(run["id"], what)
        assert (answer.status_code, answer.json()["code"]) == (409, "EVALUATION_REVOKED_SINCE")

    async def graded(self) -> None:
        (grade, *_) = await self.ledger.list("/credit-grades")
        assert (await self.ledger.confirms(grade["id"])).status_code == 200

    async def result(self, run: dict[str, Any]) -> dict[str, Any]:
        (found,) = await self.county.results(run)
        return dict(found)


async def published(stage: Stage) -> Case:
    county = await an_evaluation(stage)
    stage.clock.advance(timedelta(hours=1))
    return Case(county, Ledger(stage), Newsroom(stage))


async def test_what_is_disputed_says_so_and_keeps_its_figures(stage: Stage) -> None:
    """E28: the composite waits for what it was formed of, and so does the grade."""
    case = await published(stage)
    assert await case.shown() == (
        AS_PUBLISHED,
        {"owners": VALID, "third_party": VALID, "composite": VALID},
    )
    await case.graded()
    assert await case.ledger.in_force() == "C"
    appeal = await case.appealed(EntrySource.EVALUATION, None)
    assert await case.shown() == (
        AS_PUBLISHED,
        {"owners": VALID, "third_party": DISPUTED, "composite": DISPUTED},
    )
    assert await case.ledger.in_force() is None
    (told,) = await stage.said(CreditGradeWithdrawn)
    assert (told.grade.grade, told.grade.period) == ("C", "2026-H1")
    await case.ruled(appeal, "UPHELD")
    assert (await case.shown())[1] == {
        "owners": VALID,
        "third_party": Standing.UPHELD,
        "composite": VALID,
    }
    await case.graded()
    assert await case.ledger.in_force() == "C"


async def test_what_was_taken_back_has_no_figures_for_anybody(stage: Stage) -> None:
    """E28: the public reads that it was revoked; staff and company see what it had been."""
    case = await published(stage)
    await case.appealed(EntrySource.EVALUATION)
    assert await case.shown() == (
        ("80.00", "76.00", None, None, None),
        {"owners": VALID, "third_party": REVOKED, "composite": REVOKED},
    )
    for actor in (BUREAU, COMPANY_DESK):
        (seen,) = await case.ledger.list("/evaluations", actor)
        assert (seen["third_party"], seen["standings"]["third_party"]) == ("76.50", REVOKED)
    assert await case.ledger.in_force() is None


async def test_the_next_edition_leaves_a_revoked_third_party_out(stage: Stage) -> None:
    """E28, E15: no composite until the agency evaluated anew."""
    case = await published(stage)
    await case.appealed(EntrySource.EVALUATION)
    second = await case.county.published(reason="第三方评价经申诉撤销")
    told = {each["figure"]: each["after"] for each in second["differences"]}
    assert told == {"third_party": None, "composite": None, "band": None, "grade": None}
    found = await case.result(second)
    assert found["missing"]["third_party"]["code"] == "THIRD_PARTY_REVOKED"
    assert await case.shown() == (
        ("80.00", "76.00", None, None, None),
        {"owners": VALID, "third_party": REVOKED},
    )
    stage.clock.advance(timedelta(hours=1))
    await case.county.imported(a_row(service_system="100"))
    third = await case.county.published(reason="第三方重新评价")
    assert (await case.result(third))["missing"] == {}
    assert (await case.shown())[0] == ("80.00", "76.00", "80.50", "78.95", "GOOD")
    await case.graded()
    assert await case.ledger.in_force() == "C"


async def test_the_same_score_of_another_evaluation_is_a_new_one(stage: Stage) -> None:
    """E28, E16: imported right after the revocation, other marks that come to 76.50 as well."""
    case = await published(stage)
    await case.appealed(EntrySource.EVALUATION)
    await case.county.imported(a_row(service_system="90", charging="80"))
    second = await case.county.published(reason="第三方重新评价")
    told = {each["figure"]: (each["before"], each["after"]) for each in second["differences"]}
    assert told == {
        "third_party": (None, "76.50"),
        "composite": (None, "77.75"),
        "band": (None, "PASS"),
        "grade": (None, "C"),
    }
    assert await case.shown() == (
        AS_PUBLISHED,
        {"owners": VALID, "third_party": VALID, "composite": VALID},
    )
    first = (await case.ledger.list("/evaluation-runs", BUREAU))[-1]
    assert (await case.result(first))["standings"]["third_party"] == REVOKED


async def test_a_draft_with_what_was_taken_back_since_is_not_published(stage: Stage) -> None:
    """E28: it is frozen, so it is discarded and drawn up again."""
    case = await published(stage)
    await case.county.imported(a_row(service_system="100"))
    draft = await case.county.drafted(reason="第三方更正服务制度得分")
    assert (await case.result(draft))["standings"] == {}
    await case.appealed(EntrySource.SATISFACTION_SURVEY)
    await case.refused(draft, "approval")
    assert (await case.county.run(draft["id"], "discarding")).status_code == 200
    second = await case.county.published(reason="第三方更正服务制度得分")
    assert (await case.result(second))["composite"] is None


async def test_an_approved_run_with_what_was_taken_back_since_is_not_published(
    stage: Stage,
) -> None:
    """E28: what was approved is looked at once more."""
    case = await published(stage)
    await case.county.imported(a_row(service_system="100"))
    draft = await case.county.drafted(reason="第三方更正服务制度得分")
    assert (await case.county.run(draft["id"], "approval")).status_code == 200
    await case.appealed(EntrySource.SATISFACTION_SURVEY)
    await case.refused(draft, "publication")
    assert (await case.shown())[0] == (None, "76.00", "76.50", None, "PASS")


async def test_what_only_takes_a_score_back_is_not_appealed(stage: Stage) -> None:
    """E28: the entry without a score that a correction leaves; half-years go on being drafted."""
    case = await published(stage)
    await case.appealed(EntrySource.EVALUATION)
    await case.county.published(reason="第三方评价经申诉撤销")
    empty = [each for each in await case.ledger.list("/credit-entries") if each["score"] is None]
    assert {each["source"] for each in empty} == {"REVOCATION", "EVALUATION", "COMPOSITE"}
    for entry in empty:
        assert entry["appeal_until"] is None
        refused = await case.ledger.appeals(entry["id"])
        assert (refused.status_code, refused.json()["code"]) == (409, "NOTHING_TO_APPEAL")
    await case.county.imported(a_row(service_system="100"))
    await case.county.published(reason="第三方重新评价")


async def test_a_revoked_survey_takes_the_composite_along(stage: Stage) -> None:
    """E28, E15: the band is the third party's and stays."""
    case = await published(stage)
    await case.graded()
    await case.appealed(EntrySource.SATISFACTION_SURVEY)
    assert await case.ledger.in_force() is None
    assert (await case.shown())[0] == (None, "76.00", "76.50", None, "PASS")
    (own,) = await case.ledger.list("/surveys", COMPANY_DESK)
    assert own["standing"] == REVOKED
    notice = await case.ledger.get(f"/surveys/{own['id']}/notice", COMPANY_DESK)
    assert (notice.status_code, notice.json()["code"]) == (409, "SURVEY_RESULT_REVOKED")
    (survey,) = await items(case.newsroom, "/surveys")
    assert (survey["score"], survey["averages"], survey["standing"]) == (None, None, REVOKED)
    second = await case.county.published(reason="满意度测评经申诉撤销")
    found = await case.result(second)
    assert {part: each["code"] for part, each in found["missing"].items()} == {
        "owners": "SURVEY_REVOKED"
    }
    assert (found["composite"], found["third_party"]) == (None, "76.50")


async def test_of_the_same_parts_there_is_no_composite_again(stage: Stage) -> None:
    """E28: the composite itself was taken back; of another part there is a new one."""
    case = await published(stage)
    await case.appealed(EntrySource.COMPOSITE)
    assert (await case.shown())[0] == ("80.00", "76.00", "76.50", None, "PASS")
    second = await case.county.published(reason="综合得分经申诉撤销")
    found = await case.result(second)
    assert found["missing"]["composite"]["code"] == "COMPOSITE_REVOKED"
    assert (found["third_party"], found["composite"]) == ("76.50", None)
    stage.clock.advance(timedelta(hours=1))
    await case.county.imported(a_row(service_system="100"))
    third = await case.county.published(reason="第三方更正服务制度得分")
    assert (await case.result(third))["composite"] == "78.95"


async def test_a_report_with_a_revoked_score_is_not_published(stage: Stage) -> None:
    """E23, E28: neither approved nor published; computed anew, it tells what was taken back."""
    case = await published(stage)
    room = case.newsroom
    stage.clock.move_to(PUBLISHED_AT)
    await room.drafted(DRAFTER, **REPORT)
    await room.approved()
    await case.appealed(EntrySource.EVALUATION)
    refused = await room.act("publication")
    assert (refused.status_code, refused.json()["code"]) == (409, "REPORT_SCORE_REVOKED")
    assert (await room.act("return", {"reason": "得分已撤销"})).status_code == 200
    refused = await room.act("approval", {"version": (await room.see()).json()["version"]})
    assert (refused.status_code, refused.json()["code"]) == (409, "REPORT_SCORE_REVOKED")
    assert (await room.act("computation", actor=DRAFTER)).status_code == 200
    await room.approved()
    told = (await room.act("publication")).json()["content"]["assessed"][0]
    assert (told["composite"], told["remark"]) == (None, "第三方评价、综合得分已撤销")


async def test_the_report_says_what_is_disputed_and_what_was_taken_back(stage: Stage) -> None:
    """E23, E28: what was published stays; the next edition tells the difference."""
    case = await published(stage)
    appeal = await case.appealed(EntrySource.COMPOSITE, None)
    first = await case.newsroom.published(PUBLISHED_AT, **REPORT)
    (assessed,) = first["content"]["assessed"]
    assert (assessed["composite"], assessed["remark"]) == ("77.75", "综合得分争议中")
    await case.ruled(appeal, "REVOKED")
    second = await case.newsroom.published(PUBLISHED_AT, reason="综合得分经申诉撤销。", **REPORT)
    (assessed,) = second["content"]["assessed"]
    assert (assessed["composite"], assessed["rank"]) == (None, None)
    assert assessed["remark"] == "综合得分已撤销"
    await case.county.published(reason="综合得分经申诉撤销")
    third = await case.newsroom.drafted(DRAFTER, reason="综合评价已更正。", **REPORT)
    assert third["content"]["assessed"][0]["remark"] == "综合得分已撤销"
    found = second["content"]["corrects"]["differences"]
    told = {e["code"]: (e["before"], e["after"]) for e in found if e["code"] != "SECTION"}
    assert told == {
        "COMPOSITE": ("77.75", "—"),
        "REMARK": ("综合得分争议中", "综合得分已撤销"),
    }
