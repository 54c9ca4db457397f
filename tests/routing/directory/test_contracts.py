"""Contracts: one company at a time, until 24:00 of the last day (A03, X40)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from deploy.demo import world
from services.routing.directory.queries import company_of_estate
from services.routing.directory.sessions.acting import actor_of
from services.routing.directory.tables import Staff
from services.routing.directory.turning import turn
from shared.clock import BEIJING
from shared.contracts.directory import EstateChanged
from tests.routing.directory.people import administrator, get, send, staff
from tests.stage import Stage

PATH = "/directory/contracts"
HOMESTEAD = world.estate("赤马港家园（演示）")
NEW_VILLAGE = world.estate("浮山新村（演示）")
CHIMA = world.company("赤马物业服务有限公司（演示）").id
WENXIN = world.company("温馨物业服务有限公司（演示）").id
LAST_EVENING = datetime(2026, 3, 31, 23, 59, 59, tzinfo=BEIJING)
NEXT_DAY = datetime(2026, 4, 1, 0, 0, tzinfo=BEIJING)


async def company_at(stage: Stage, estate_id: UUID, at: datetime) -> UUID | None:
    async with stage.host.runtime.database.transaction() as session:
        company = await company_of_estate(session, estate_id, at)
    return company.id if company else None


def contract(**changes: Any) -> dict[str, Any]:
    body = {
        "estate_id": str(NEW_VILLAGE.id),
        "company_id": str(CHIMA),
        "kind": "ASSEMBLY",
        "valid_from": "2026-04-01",
        "valid_to": "2027-03-31",
    }
    return body | changes


async def test_a_contract_ends_at_midnight_after_its_last_day(untouched: Stage) -> None:
    """A03: 2026-03-31 24:00; new cases belong to the next company, by Beijing's calendar."""
    assert await company_at(untouched, HOMESTEAD.id, LAST_EVENING) == CHIMA
    assert await company_at(untouched, HOMESTEAD.id, NEXT_DAY) == WENXIN
    still_march_in_london = datetime.fromisoformat("2026-03-31T16:00:00+00:00")
    assert await company_at(untouched, HOMESTEAD.id, still_march_in_london) == WENXIN


async def test_the_old_site_office_keeps_its_estate_for_old_cases(stage: Stage) -> None:
    """A03: its scope still names the estate, and its interests only its own company."""
    stage.clock.move_to(NEXT_DAY)
    person = world.staff("wuye.chimagang")
    async with stage.host.runtime.database.transaction() as session:
        actor = await actor_of(session, await session.get_one(Staff, person.id), None)
    assert actor.scope.estates == {HOMESTEAD.id}
    assert actor.interests == {CHIMA}


async def test_an_estate_without_company_has_none(untouched: Stage) -> None:
    """X29."""
    assert await company_at(untouched, NEW_VILLAGE.id, NEXT_DAY) is None


async def test_events_tell_the_company_of_any_day(stage: Stage) -> None:
    """X40: no event falls due at midnight, so every contract is in the state."""
    said = [e.estate for e in await stage.said(EstateChanged) if e.estate.id == HOMESTEAD.id][-1]
    assert (said.company_id, str(said.contract_until)) == (CHIMA, "2026-03-31")
    assert [each.company_id for each in said.contracts] == [CHIMA, WENXIN]
    stage.clock.move_to(NEXT_DAY)
    shown = await get(stage, staff("zhongzhi.shi"), f"/directory/estates/{HOMESTEAD.id}")
    assert (shown["company_id"], shown["contract_until"]) == (str(WENXIN), None)


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"company_id": str(world.centre("4212"))}, 422, "NOT_A_COMPANY"),
        ({"valid_to": "2026-03-31"}, 422, "CONTRACT_ENDS_BEFORE_IT_BEGINS"),
        ({"estate_id": str(HOMESTEAD.id)}, 409, "ESTATE_UNDER_CONTRACT"),
        ({"estate_id": str(world.owner("owner-1").id)}, 422, "UNKNOWN_ESTATE"),
        ({"valid_from": "2026-02-30"}, 422, "INVALID_FIELDS"),
    ],
)
async def test_what_a_contract_must_be(
    untouched: Stage, changes: dict[str, Any], status: int, code: str
) -> None:
    """Without these changes it is taken, see below."""
    answer = await send(untouched, administrator(), "POST", PATH, contract(**changes))
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_a_contract_is_ended_early_but_not_extended(stage: Stage) -> None:
    signed = (await send(stage, administrator(), "POST", PATH, contract())).json()
    path = f"{PATH}/{signed['id']}/end"
    late = await send(stage, administrator(), "PUT", path, {"last_day": "2027-04-01"})
    assert (late.status_code, late.json()["code"]) == (409, "CONTRACT_CANNOT_BE_EXTENDED")
    early = await send(stage, administrator(), "PUT", path, {"last_day": "2026-06-30"})
    assert (early.status_code, early.json()["valid_to"]) == (200, "2026-06-30")
    said = (await stage.said(EstateChanged))[-1].estate
    assert [str(each.valid_to) for each in said.contracts] == ["2026-06-30"]
    follower = contract(company_id=str(WENXIN), valid_from="2026-07-01", valid_to=None)
    assert (await send(stage, administrator(), "POST", PATH, follower)).status_code == 201


async def signed(stage: Stage, **changes: Any) -> Any:
    answer = await send(stage, administrator(), "POST", PATH, contract(**changes))
    assert answer.status_code == 201, answer.text
    return answer.json()


NOTE = "电梯维保合同与公共收益账目已移交。"


def following(**changes: Any) -> dict[str, Any]:
    body = {
        "company_id": str(WENXIN),
        "kind": "ASSEMBLY",
        "valid_from": "2026-07-01",
        "handover": NOTE,
    }
    return body | changes


async def test_another_company_follows_without_a_day_in_between(stage: Stage) -> None:
    """X40: one step ends the old contract on the eve and begins the new one."""
    old = await signed(stage)
    path = f"{PATH}/{old['id']}/replacement"
    answer = await send(stage, administrator(), "POST", path, following())
    assert answer.status_code == 201
    assert (answer.json()["replaces_id"], answer.json()["handover"]) == (old["id"], NOTE)
    said = (await stage.said(EstateChanged))[-1].estate
    assert [
        (each.company_id, str(each.valid_from), str(each.valid_to)) for each in said.contracts
    ] == [(CHIMA, "2026-04-01", "2026-06-30"), (WENXIN, "2026-07-01", "None")]
    eve = datetime(2026, 6, 30, 23, 59, 59, tzinfo=BEIJING)
    assert await company_at(stage, NEW_VILLAGE.id, eve) == CHIMA
    morning = datetime(2026, 7, 1, 0, 0, tzinfo=BEIJING)
    assert await company_at(stage, NEW_VILLAGE.id, morning) == WENXIN


async def test_a_hand_over_is_read_by_both_companies_and_who_oversees(stage: Stage) -> None:
    """X40; stored as ciphertext only."""
    old = await signed(stage)
    await send(stage, administrator(), "POST", f"{PATH}/{old['id']}/replacement", following())
    for account, expected in (
        ("wuye.chimagang", NOTE),
        ("wuye.wenquan", NOTE),
        ("jiedao.fushan", NOTE),
        ("wuye.guiyu", None),
        ("jiedao.wenquan", None),
        ("xiaofang.chibi", None),
    ):
        page = await get(stage, staff(account), PATH, estate_id=str(NEW_VILLAGE.id))
        assert [each["handover"] for each in page["items"]] == [None, expected], account
    for table in ("service_contract", "outbox", "audit_entry"):
        assert await stage.count(table, f"{table}::text LIKE '%电梯维保%'") == 0


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"valid_from": "2026-04-01"}, 422, "CONTRACT_ENDS_BEFORE_IT_BEGINS"),
        ({"valid_from": "2027-04-02"}, 409, "CONTRACT_CANNOT_BE_EXTENDED"),
        ({"valid_from": "2027-04-01"}, 201, None),
        ({"valid_to": "2026-06-30"}, 422, "CONTRACT_ENDS_BEFORE_IT_BEGINS"),
        ({"company_id": str(world.centre("4212"))}, 422, "NOT_A_COMPANY"),
        ({"handover": ""}, 422, "INVALID_FIELDS"),
    ],
)
async def test_what_a_replacement_must_be(
    stage: Stage, changes: dict[str, Any], status: int, code: str | None
) -> None:
    old = await signed(stage)
    path = f"{PATH}/{old['id']}/replacement"
    answer = await send(stage, administrator(), "POST", path, following(**changes))
    assert (answer.status_code, answer.json().get("code")) == (status, code)


async def test_contracts_are_listed_by_estate_company_and_day(untouched: Stage) -> None:
    """A03: both contracts of the homestead; one of them on each day."""
    reader = staff("zhongzhi.shi")
    both = await get(untouched, reader, PATH, estate_id=str(HOMESTEAD.id))
    assert [each["company_id"] for each in both["items"]] == [str(CHIMA), str(WENXIN)]
    for day, company in (("2026-03-31", CHIMA), ("2026-04-01", WENXIN)):
        page = await get(untouched, reader, PATH, estate_id=str(HOMESTEAD.id), on=day)
        assert [each["company_id"] for each in page["items"]] == [str(company)]
    first = await get(untouched, reader, PATH, company_id=str(WENXIN), limit=1)
    rest = await get(untouched, reader, PATH, company_id=str(WENXIN), cursor=first["next"])
    assert len(first["items"]) == 1
    assert {each["company_id"] for each in rest["items"]} == {str(WENXIN)}


async def test_on_the_day_itself_everybody_hears_of_the_new_company(stage: Stage) -> None:
    """A03: at 24:00 nobody does anything, and intake's copy still follows."""
    await turn(stage.host.runtime)
    before = len(await stage.said(EstateChanged))
    stage.clock.move_to(NEXT_DAY)
    await turn(stage.host.runtime)
    await turn(stage.host.runtime)
    said = [each.estate for each in (await stage.said(EstateChanged))[before:]]
    assert [(each.id, each.company_id) for each in said] == [(HOMESTEAD.id, WENXIN)]
