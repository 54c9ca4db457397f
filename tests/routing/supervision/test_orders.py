"""Orders by people: who may give one, who answers it, who reads it."""

from __future__ import annotations

from uuid import UUID

import pytest

from shared.contracts import routing as said
from shared.identity import Actor
from tests.routing.drama import FEES, NOISE, Drama, staff

WORKER = staff("wangge.wenquan2")
LEADER = staff("wanggezhang.wenquan")
STREET = staff("zhongzhi.wenquan")
COUNTY = staff("zhongzhi.xianan")
COMPANY = staff("wuye.wenquan")
ORDER = {"reason": "请今天之内到现场核实并回复"}


async def _order(drama: Drama, case_id: UUID) -> str:
    await drama.act(STREET, case_id, "supervision", ORDER)
    listed = await drama.see(STREET, f"/cases/{case_id}/supervision")
    order_id: str = listed["items"][-1]["id"]
    return order_id


SUPERIORS = ("wanggezhang.wenquan", "zhongzhi.wenquan", "zhongzhi.xianan", "zhuxin.shi")


@pytest.mark.parametrize("account", SUPERIORS)
async def test_leader_street_county_and_city_supervise(drama: Drama, account: str) -> None:
    """T44, 3.9, A16."""
    case_id = await drama.submit(NOISE)
    await drama.act(staff(account), case_id, "supervision", ORDER)
    assert (await drama.row(case_id))["supervised"] is True
    (told,) = await drama.stage.said(said.CaseSupervised)
    assert (told.cause, told.clock) == ("ORDERED", None)


@pytest.mark.parametrize("person", [WORKER, COMPANY], ids=["worker", "company"])
async def test_nobody_supervises_the_own_work(drama: Drama, person: Actor) -> None:
    """3.9: not the grid worker, not the company."""
    case_id = await drama.submit(NOISE)
    assert await drama.refused(person, case_id, "supervision", ORDER) == (403, "NOT_YOUR_TASK")


async def test_a_closed_case_is_not_supervised(drama: Drama) -> None:
    case_id = await drama.submit(NOISE)
    await drama.rows("UPDATE cases SET state = 'CLOSED' RETURNING id")
    refusal = await drama.refused(STREET, case_id, "supervision", ORDER)
    assert refusal == (409, "ACTION_NOT_POSSIBLE")


async def test_the_assignee_answers_once(drama: Drama) -> None:
    case_id = await drama.submit(NOISE)
    order_id = await _order(drama, case_id)
    what = f"supervision/{order_id}/answer"
    assert await drama.refused(LEADER, case_id, what, {"text": "已核实"}) == (403, "NOT_YOUR_TASK")
    await drama.act(WORKER, case_id, what, {"text": "已到现场核实"})
    again = await drama.refused(WORKER, case_id, what, {"text": "再次回复"})
    assert again == (409, "ORDER_ALREADY_ANSWERED")
    (order,) = (await drama.see(STREET, f"/cases/{case_id}/supervision"))["items"]
    assert (order["words"], order["answer"]) == (ORDER["reason"], "已到现场核实")


async def test_an_order_of_another_case_is_not_found(drama: Drama) -> None:
    first, second = await drama.submit(NOISE), await drama.submit(NOISE)
    order_id = await _order(drama, first)
    what = f"supervision/{order_id}/answer"
    assert await drama.refused(WORKER, second, what, {"text": "回复"}) == (404, "ORDER_NOT_FOUND")


async def test_the_company_learns_of_an_order_but_not_what_it_says(drama: Drama) -> None:
    case_id = await drama.submit(FEES)
    await _order(drama, case_id)
    (order,) = (await drama.see(COMPANY, f"/cases/{case_id}/supervision"))["items"]
    assert (order["cause"], order["words"]) == ("ORDERED", None)


async def test_what_an_order_says_is_stored_as_ciphertext(drama: Drama) -> None:
    case_id = await drama.submit(NOISE)
    await _order(drama, case_id)
    rows = await drama.rows("SELECT words FROM supervision_order")
    assert ORDER["reason"] not in rows[0]["words"]
