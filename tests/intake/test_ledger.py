"""B15: the ledger of responses, one line per complaint, for the centre, masked (X15, X16)."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from services.intake.ledger import exporting
from services.intake.ledger.domain.filters import month_of
from services.intake.ledger.domain.lines import UNRATED, reply_of
from services.intake.ledger.domain.masking import HIDDEN, masked_words
from shared.clock import BEIJING
from shared.contracts import routing
from shared.contracts.survey import VisitAnswered
from shared.contracts.vocabulary import CaseStatus, ResultCode, Solved
from shared.identity import Actor, End, Role, Scope
from shared.ids import new_id
from tests.intake.people import ANNA, owner
from tests.intake.test_confirming import GOOD, answer, given_feedback, visit_of
from tests.intake.test_following import case_of, filed
from tests.stage import Stage

PHONE = "139" + "00000077"
TALK = {"title": "楼道灯", "text": f"家住4栋1单元101室，电话{PHONE}，楼道灯坏了"}
NAMED_BY_THE_LETTER = ["时间", "内容", "分级", "承办单位", "响应", "结果", "评价"]


def reader(*divisions: str, role: Role = Role.DISPATCHER, end: End = End.CENTRE) -> Actor:
    scope = Scope(divisions=divisions)
    return Actor(id=new_id(), end=end, roles=frozenset({role}), scope=scope, session_id=uuid4())


COUNTY, CITY = reader("421202"), reader("4212", role=Role.CITY_OBSERVER)
ELSEWHERE, NOWHERE = reader("421221"), reader()


async def get(stage: Stage, path: str, actor: Actor = COUNTY, **query: Any) -> Any:
    async with stage.client(actor) as client:
        return await client.get(f"/ledger{path}", params=query)


async def lines(stage: Stage, actor: Actor = COUNTY, **query: Any) -> list[dict[str, Any]]:
    answer = await get(stage, "", actor, **query)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


async def exported(stage: Stage, **query: Any) -> list[dict[str, str]]:
    answer = await get(stage, "/export", format="csv", **query)
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


async def story(stage: Stage) -> tuple[UUID, UUID]:
    """Two complaints of one case, sent to two units, answered, closed and rated."""
    at = stage.clock.now()
    first, second = await filed(stage, **TALK), await filed(stage)
    case = case_of(first, version=2, first_dispatch_at=at)
    joined = case_of(first, second, version=3, first_dispatch_at=at)
    assert joined.handler is not None
    street = joined.handler.model_copy(update={"display_name": "演示街道"})
    moved = joined.model_copy(update={"version": 4, "handler": street})
    answered = {
        "version": 6,
        "state": CaseStatus.FEEDBACK,
        "feedback_at": at,
        "result_code": ResultCode.SOLVED,
    }
    told = moved.model_copy(update=answered)
    seal = stage.host.runtime.sealer.seal
    reply = seal(f"灯已换新，电工{PHONE}。", audience="intake", subject=f"{case.id}/reply")
    await stage.hear(
        routing.CaseDispatched(case=case),
        routing.ComplaintsJoined(case=joined, joined=(second,)),
        routing.CaseFeedbackGiven(case=told, reply=reply),
    )
    await stage.hear(routing.CaseDispatched(case=moved), at=datetime(2026, 3, 3, tzinfo=BEIJING))
    visit = visit_of(second, case_id=case.id, opened_at=at, answered_at=at)
    await stage.hear(VisitAnswered(visit=visit))
    return first, second


async def test_one_line_per_complaint_of_march(stage: Stage) -> None:
    """B15: export for March 2026 has one line per complaint, merged ones show the parent."""
    early = {"id": await filed(stage), "at": datetime(2026, 2, 28, 23, 59, tzinfo=BEIJING)}
    async with stage.host.runtime.database.transaction() as session:
        await session.execute(text("UPDATE complaint SET submitted_at = :at WHERE id = :id"), early)
    await story(stage)
    stage.clock.move_to(datetime(2026, 4, 1, tzinfo=BEIJING))
    await filed(stage)
    march = await exported(stage, month="2026-03")
    assert len(march) == 2
    assert list(march[0])[:8] == ["诉求编号", *NAMED_BY_THE_LETTER]
    joined, first = march
    assert (first["并入案件编号"], joined["并入案件编号"]) == ("", joined["案件编号"])
    assert first["案件编号"] == joined["案件编号"] != ""
    assert (first["评价"], joined["评价"]) == (UNRATED, "已解决，4分")
    assert (first["分级"], first["承办单位"]) == ("小事", "演示街道")
    assert first["承办经过"] == "演示社区第一网格→演示街道"
    assert first["响应"].startswith("受理3月2日")
    assert "派单3月2日 09:00" in first["响应"]
    assert first["结果"] == "已解决：灯已换新，电工139****0077。"
    assert "楼道灯" in first["内容"]
    assert len(await exported(stage)) == 4
    book = load_workbook(io.BytesIO((await get(stage, "/export", month="2026-03")).content))
    assert [row[0].value for row in book.active] == ["诉求编号", *(e["诉求编号"] for e in march)]


@pytest.mark.parametrize("visit_first", [True, False], ids=["visit-first", "visit-last"])
async def test_of_two_answers_that_crossed_the_visit_has_it(
    stage: Stage, visit_first: bool
) -> None:
    """Facts 2.5: the ledger shows what survey counts, whichever was given first."""
    complaint_id = await filed(stage)
    await given_feedback(stage, complaint_id)
    stage.clock.advance(timedelta(hours=1))
    assert (await answer(stage, complaint_id, GOOD)).status_code == 201
    given = stage.clock.now() + timedelta(minutes=-1 if visit_first else 1)
    crossed = {"answered_at": given, "solved": Solved.NO, "result_level": 2}
    await stage.hear(VisitAnswered(visit=visit_of(complaint_id, **crossed)))
    (line,) = await lines(stage)
    assert (line["rating"]["solved"], line["rating"]["level"]) == ("NO", 2)


async def test_no_number_no_room_no_hidden_reporter(stage: Stage) -> None:
    """X15, X16: in the list and in the sheet; of who is hidden not even the words."""
    for changes in ({}, {"confidential": True}, {"anonymous": True}):
        await filed(stage, **TALK, **changes)
    answers = [await get(stage, ""), await get(stage, "/export", format="csv")]
    for each in answers:
        shown = each.content.decode()
        for secret in (PHONE, "101室", "4栋", str(ANNA.id)):
            assert secret not in shown
        assert shown.count(HIDDEN) == 2
        assert shown.count("楼道灯坏了") == 1


async def test_everybody_sees_the_own_divisions(stage: Stage) -> None:
    """B15, A10: street, county and city by scope; nobody else at all."""
    await filed(stage)
    assert len(await lines(stage)) == len(await lines(stage, CITY)) == 1
    assert await lines(stage, ELSEWHERE) == await lines(stage, NOWHERE) == []
    refused = [
        reader("421202", role=Role.MEDIATOR),
        reader("421202", role=Role.GRID_LEADER, end=End.GRID),
        owner(ANNA),
    ]
    for actor in refused:
        for path in ("", "/export"):
            answer = await get(stage, path, actor)
            assert (answer.status_code, answer.json()["code"]) == (403, "LEDGER_FOR_CENTRE_ONLY")


async def test_narrowed_and_in_pages(stage: Stage) -> None:
    await story(stage)
    waiting = await filed(stage, category="EQ02")
    assert len(await lines(stage, grade="SMALL")) == 2
    assert len(await lines(stage, state="MERGED")) == 1
    assert len(await lines(stage, result="SOLVED", case_state="FEEDBACK", overdue=False)) == 2
    assert len(await lines(stage, category="NS")) == 2
    (line,) = await lines(stage, category="EQ02", door="MINI_PROGRAM", place="421202")
    assert (line["case_number"], line["rating"], line["grade"]) == (None, None, None)
    assert [each["number"] for each in await lines(stage, number=line["number"])] == [
        line["number"]
    ]
    assert await lines(stage, overdue=True) == []
    assert len(await lines(stage, overdue=False)) == 3, "without a case nothing is overdue"
    first = (await get(stage, "", limit=2)).json()
    second = (await get(stage, "", limit=2, cursor=first["next"])).json()
    numbers = [each["number"] for page in (first, second) for each in page["items"]]
    assert (len(set(numbers)), second["next"]) == (3, None)
    assert await stage.count("complaint", f"id = '{waiting}' AND number = '{numbers[0]}'") == 1


async def test_a_sheet_is_read_in_pieces_and_is_on_the_audit_log(
    stage: Stage, monkeypatch: Any
) -> None:
    """A08: who took which lines; also where they end exactly with a piece."""
    monkeypatch.setattr(exporting, "LINES_AT_ONCE", 2)
    for _ in range(4):
        await filed(stage)
    assert len({line["诉求编号"] for line in await exported(stage, month="2026-03")}) == 4
    details = "action = 'ledger.exported' AND details->'filter'->>'month' = '2026-03'"
    assert await stage.count("audit_entry", f"{details} AND actor_id = '{COUNTY.id}'") == 1


def test_a_month_is_one_of_beijing() -> None:
    assert month_of("2026-12") == (
        datetime(2026, 12, 1, tzinfo=BEIJING),
        datetime(2027, 1, 1, tzinfo=BEIJING),
    )


def test_words_lose_rooms_and_numbers_and_the_request_to_answer() -> None:
    assert masked_words("住3栋2单元1001室，5-2-301漏水", hidden=False) == "住******，**漏水"
    assert masked_words("什么都没有", hidden=True) == HIDDEN
    assert reply_of("已修好。\n请于3月9日 24:00前确认问题是否解决。") == "已修好。"
    assert reply_of("请放心，已修好。") == "请放心，已修好。"
    kept = "已修好。\n请保持楼道畅通。"
    assert reply_of(kept) == kept
    assert reply_of(f"{kept}\n请确认问题是否解决。") == kept
