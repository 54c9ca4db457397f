"""CK-16: what a company promised in a talk, by a date; and who prompts the talk (3.6)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from deploy.demo import world
from shared.contracts import routing as said
from shared.contracts.intake import ComplaintConfirmed
from shared.contracts.vocabulary import Solved
from tests.routing.drama import GARDEN, NOISE, Drama, at, staff

STREET = staff("zhongzhi.wenquan")
OFFICE = staff("jiedao.wenquan")
COMPANY = staff("wuye.wenquan")
WORKER = staff("wangge.wenquan2")
LEADER = staff("wanggezhang.wenquan")
KEEPER = next(each.company.id for each in world.CONTRACTS if each.estate.id == GARDEN.estate_id)
PROOF = {"text": "已公示收费标准", "proofs": ["公示栏照片"]}


def _talk(drama: Drama, **changes: Any) -> dict[str, Any]:
    talk = {
        "company_id": str(KEEPER),
        "estate_id": str(GARDEN.estate_id),
        "cause": "LOW_SCORE",
        "talk_held_at": drama.now.isoformat(),
        "demands": "三十日内公示收费标准并退还多收部分",
    }
    return talk | changes


async def _ordered(drama: Drama) -> str:
    drama.move_to("2026-03-02 10:00")
    answer = await drama.send(STREET, "/rectifications", _talk(drama))
    assert answer.status_code == 201, answer.text
    path: str = f"/rectifications/{answer.json()['id']}"
    return path


async def _do(drama: Drama, person: Any, path: str, body: Any = None) -> tuple[int, Any]:
    answer = await drama.send(person, path, body)
    return answer.status_code, answer.json()


async def test_proven_in_time_and_accepted_late(drama: Drama) -> None:
    """CK-16, U28: 30 days from the talk; the street's slowness is not the company's."""
    path = await _ordered(drama)
    assert (await drama.see(COMPANY, path))["due_at"] == "2026-04-02T00:00:00+08:00"
    drama.move_to("2026-04-01 20:00")
    assert (await _do(drama, COMPANY, f"{path}/proof", PROOF))[1]["stage"] == "PROVEN"
    drama.move_to("2026-04-05 09:00")
    await drama.stage.sweep()
    status, done = await _do(drama, OFFICE, f"{path}/decision", {"decision": "ACCEPT"})
    assert (status, done["stage"], done["overdue"]) == (200, "ACCEPTED", False)
    assert len(await drama.stage.said(said.RectificationAccepted)) == 1
    assert await drama.stage.said(said.RectificationOverdue) == []


async def test_a_rejected_proof_leaves_what_was_left(drama: Drama) -> None:
    path = await _ordered(drama)
    drama.move_to("2026-03-30 10:00")
    await _do(drama, COMPANY, f"{path}/proof", PROOF)
    drama.move_to("2026-04-01 10:00")
    unreasoned = await _do(drama, STREET, f"{path}/decision", {"decision": "REJECT"})
    assert unreasoned[1]["code"] == "REASON_MISSING"
    rejection = {"decision": "REJECT", "reason": "照片看不清"}
    status, back = await _do(drama, STREET, f"{path}/decision", rejection)
    assert (status, back["stage"], back["due_at"]) == (200, "OPEN", "2026-04-04T00:00:00+08:00")


async def test_overdue_once(drama: Drama) -> None:
    """CK-16 breached: the credit file hears of it once; the duty stays."""
    path = await _ordered(drama)
    drama.move_to("2026-04-02 00:00:01")
    for _ in range(3):
        await drama.stage.sweep()
    (told,) = await drama.stage.said(said.RectificationOverdue)
    assert (told.rectification.overdue, told.rectification.stage) == (True, "OPEN")
    late = await _do(drama, STREET, f"{path}/extension")
    assert (late[0], late[1]["code"]) == (409, "TOO_LATE_TO_EXTEND")
    assert (await _do(drama, COMPANY, f"{path}/proof", PROOF))[0] == 200


async def test_the_company_is_reminded_while_it_has_proven_nothing(drama: Drama) -> None:
    """CK-16, lifecycle 3.6: at half and four fifths of the thirty days, each once."""
    path = await _ordered(drama)
    for moment in ("2026-03-17 12:00", "2026-03-18 12:00", "2026-03-27 12:00"):
        drama.move_to(moment)
        for _ in range(2):
            await drama.stage.sweep()
    told = await drama.stage.said(said.RectificationDueSoon)
    assert [each.share for each in told] == [0.5, 0.8]
    assert told[0].rectification.due_at == at("2026-04-02 00:00")
    assert (await drama.see(COMPANY, path))["overdue"] is False


async def test_extended_once_by_fifteen_days(drama: Drama) -> None:
    """U28."""
    path = await _ordered(drama)
    status, longer = await _do(drama, STREET, f"{path}/extension")
    assert (status, longer["due_at"]) == (200, "2026-04-17T00:00:00+08:00")
    again = await _do(drama, STREET, f"{path}/extension")
    assert (again[0], again[1]["code"]) == (409, "EXTENDED_ALREADY")


async def test_who_orders_who_proves_who_decides(drama: Drama) -> None:
    """E07: the street of the estate; the company proves and decides nothing."""
    path = await _ordered(drama)
    for person in (COMPANY, WORKER):
        assert (await _do(drama, person, "/rectifications", _talk(drama)))[1]["code"] == (
            "CENTRES_ONLY"
        )
    elsewhere = await _do(drama, staff("zhongzhi.fushan"), "/rectifications", _talk(drama))
    assert elsewhere[1]["code"] == "NOT_YOUR_DIVISION"
    future = _talk(drama, talk_held_at="2027-01-01T09:00:00+08:00")
    assert (await _do(drama, STREET, "/rectifications", future))[1]["code"] == "TALK_NOT_HELD_YET"
    assert (await _do(drama, STREET, f"{path}/proof", PROOF))[0] == 403
    assert (await _do(drama, COMPANY, f"{path}/extension"))[0] == 403
    assert (await _do(drama, COMPANY, f"{path}/decision", {"decision": "ACCEPT"}))[0] == 403
    early = await _do(drama, STREET, f"{path}/decision", {"decision": "ACCEPT"})
    assert (early[0], early[1]["code"]) == (409, "STEP_NOT_POSSIBLE")
    assert (await drama.read(staff("wuye.chimagang"), path)).status_code == 404


async def test_nobody_judges_the_own_company(drama: Drama) -> None:
    """A13: who has a stake in the company neither orders, extends nor accepts."""
    path = await _ordered(drama)
    partial = replace(STREET, interests=frozenset({KEEPER}))
    await _do(drama, COMPANY, f"{path}/proof", PROOF)
    refused = (403, "NOT_YOUR_TASK")
    for where, body in (
        ("/rectifications", _talk(drama)),
        (f"{path}/decision", {"decision": "ACCEPT"}),
        (f"{path}/extension", None),
    ):
        status, answer = await _do(drama, partial, where, body)
        assert (status, answer["code"]) == refused
    assert (await _do(drama, STREET, f"{path}/decision", {"decision": "ACCEPT"}))[0] == 200


async def test_three_reopened_cases_prompt_a_talk(drama: Drama) -> None:
    """3.6: the third within thirty days, once; the company does not read it."""
    for number in range(4):
        event = drama.submission(NOISE)
        await drama.stage.hear(event)
        case_id = await drama.case_of(event.complaint.id)
        await drama.act(WORKER, case_id, "signature")
        await drama.act(WORKER, case_id, "result", {"result_code": "SOLVED", "text": "已解决"})
        await drama.act(LEADER, case_id, "review", {"decision": "APPROVE", "reply": "已解决"})
        await drama.stage.hear(
            ComplaintConfirmed(
                complaint=event.complaint, solved=Solved.NO, level=1, asks_to_reopen=True
            )
        )
        prompts = await drama.stage.said(said.TalkPrompted)
        assert len(prompts) == (0 if number < 2 else 1)
    assert prompts[0].prompt.reopened == 3
    assert len((await drama.see(STREET, "/talk-prompts"))["items"]) == 1
    assert (await drama.see(COMPANY, "/talk-prompts"))["items"] == []


async def test_the_talk_is_where_the_period_begins(drama: Drama) -> None:
    """CK-16: recorded three days later, the period still counts from the talk."""
    drama.move_to("2026-03-05 10:00")
    held = at("2026-03-02 15:00").isoformat()
    answer = await drama.send(STREET, "/rectifications", _talk(drama, talk_held_at=held))
    assert answer.json()["due_at"] == "2026-04-02T00:00:00+08:00"
