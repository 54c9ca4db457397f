"""Agencies import for the area and time they are contracted for, and do nothing else (E22)."""

from __future__ import annotations

import asyncio
import io
from dataclasses import replace
from datetime import datetime

from openpyxl import load_workbook

from shared.contracts.vocabulary import OrganisationKind
from shared.identity import End, Role
from tests.samples import COMPANY, ESTATE, named, staff
from tests.stage import Stage
from tests.survey.evaluations.town import (
    AGENCY,
    BUREAU,
    CENTRE,
    EVALUATOR,
    OBSERVER,
    RIVAL,
    RIVALS,
    SUMMER,
    County,
    a_row,
    organisation,
    sheet,
)
from tests.survey.surveys.pollster import LEADER, MANAGER, STREET, estate, resident

ELSEWHERE = named("estate elsewhere")


async def test_the_bureau_contracts_an_agency(stage: Stage) -> None:
    """E22: an agency of the directory, within the bureau's divisions."""
    county = await County(stage).founded()
    for changes, status, code in (
        ({"agency_id": str(COMPANY)}, 422, "NOT_AN_AGENCY"),
        ({"agency_id": str(named("nobody"))}, 422, "NOT_AN_AGENCY"),
        ({"divisions": ["421202"]}, 403, "NOT_YOUR_DIVISION"),
        ({"divisions": ["42128"]}, 422, "AREA_NOT_A_DIVISION"),
        ({"valid_to": "2025-12-31"}, 422, "AGENCY_CONTRACT_BACKWARDS"),
        ({"agency_id": str(RIVAL)}, 409, "AREA_CONTRACTED"),
        ({"agency_id": str(RIVAL), "divisions": ["421281002"]}, 409, "AREA_CONTRACTED"),
        ({"agency_id": str(RIVAL), "valid_from": "2027-01-01", "valid_to": "2027-06-30"}, 201, ""),
    ):
        answer = await county.contract(**changes)
        assert (answer.status_code, answer.json().get("code", "")) == (status, code), answer.text
    await stage.hear(organisation(named("gone"), OrganisationKind.AGENCY, active=False))
    gone = await county.contract(agency_id=str(named("gone")), divisions=["421281"])
    assert gone.json()["code"] == "NOT_AN_AGENCY"


async def test_an_agency_is_contracted_once_for_a_place_and_a_day(stage: Stage) -> None:
    """E22: neither the same again nor a part of it; the day after, and an area beside it, are."""
    stage.clock.move_to(SUMMER)
    city = replace(BUREAU, scope=replace(BUREAU.scope, divisions=("4212",)))
    county = await County(stage).founded()
    last_half = {"valid_from": "2026-07-01", "valid_to": "2027-06-30"}
    for changes in (
        {},
        last_half,
        last_half | {"divisions": ["421281002"]},
        {"divisions": ["4212"]},
    ):
        refused = await county.contract(city, **changes)
        assert (refused.status_code, refused.json()["code"]) == (409, "AGENCY_CONTRACT_TWICE")
    for changes in (
        {"valid_from": "2027-01-01", "valid_to": "2027-12-31"},
        {"divisions": ["421202"]},
    ):
        assert (await county.contract(city, **changes)).status_code == 201
    answers = await asyncio.gather(*(county.contract(city, divisions=["421221"]) for _ in range(3)))
    assert sorted(each.status_code for each in answers) == [201, 409, 409]
    assert await stage.count("agency_contract") == 4


async def test_whoever_has_a_stake_in_an_agency_contracts_another(stage: Stage) -> None:
    """A13, E22: neither giving a contract nor ending one."""
    county = await County(stage).founded()
    partial = replace(BUREAU, interests=frozenset({RIVAL}))
    terms = {"agency_id": str(RIVAL), "valid_from": "2027-01-01", "valid_to": "2027-06-30"}
    for actor, status in ((partial, 403), (BUREAU, 201)):
        answer = await county.contract(actor, **terms)
        assert answer.status_code == status
        assert answer.json().get("code") == ("STAKE_IN_AGENCY" if status == 403 else None)


async def test_nobody_else_contracts(stage: Stage) -> None:
    """E22: the housing bureau alone."""
    county = await County(stage).founded()
    for actor in (CENTRE, STREET, LEADER, MANAGER, EVALUATOR, OBSERVER):
        refused = await county.contract(actor)
        assert (refused.status_code, refused.json()["code"]) == (403, "HOUSING_ONLY")


async def test_who_sees_a_contract(stage: Stage) -> None:
    county = await County(stage).founded()
    for reader, seen in ((BUREAU, 1), (EVALUATOR, 1), (RIVALS, 0), (CENTRE, 0), (MANAGER, 0)):
        assert len(await county.items("/agency-contracts", reader)) == seen
    other = replace(
        BUREAU, id=named("other bureau"), scope=replace(BUREAU.scope, divisions=("421202",))
    )
    (contract,) = await county.items("/agency-contracts", BUREAU)
    assert await county.items("/agency-contracts", other) == []
    ending = {"last_day": "2026-06-18", "reason": "提前解约"}
    path = f"/agency-contracts/{contract['id']}/ending"
    assert (await county.post(path, ending, other)).status_code == 404
    assert (await county.post(path, ending, EVALUATOR)).status_code == 403
    longer = await county.post(path, ending | {"last_day": "2027-01-01"}, BUREAU)
    assert longer.json()["code"] == "AGENCY_CONTRACT_ONLY_SHORTENED"
    assert (await county.post(path, ending, BUREAU)).json()["valid_to"] == "2026-06-18"
    assert await county.faults(a_row()) == [(2, "小区名称", "AGENCY_CONTRACT_NOT_RUNNING")]


async def test_a_sheet_for_another_county_is_refused(stage: Stage) -> None:
    """E22: contracted for 421202, a row about 421281 is refused, and with it the sheet."""
    stage.clock.move_to(datetime.fromisoformat("2026-06-20T09:00:00+08:00"))
    city = replace(BUREAU, scope=replace(BUREAU.scope, divisions=("4212",)))
    await stage.hear(
        organisation(COMPANY, OrganisationKind.COMPANY, credit_code="91421281MA0000015B"),
        organisation(AGENCY, OrganisationKind.AGENCY),
        estate(),
        estate(id=ELSEWHERE, division="421202001"),
    )
    county = County(stage)
    assert (await county.contract(city, divisions=["421202"])).status_code == 201
    own = a_row(estate_id=str(ELSEWHERE))
    faults = await county.faults(own, a_row(estate_id=str(ESTATE)))
    assert faults == [(3, "小区名称", "OUTSIDE_CONTRACT_AREA")]
    assert await stage.count("third_party_evaluation") == 0
    await county.imported(own)
    assert await stage.count("third_party_evaluation", f"estate_id = '{ELSEWHERE}'") == 1


async def test_the_days_of_a_contract(stage: Stage) -> None:
    """E22: what was evaluated outside of them is refused, and after them nothing is imported."""
    stage.clock.move_to(datetime.fromisoformat("2026-06-20T09:00:00+08:00"))
    county = County(stage)
    await stage.hear(
        organisation(COMPANY, OrganisationKind.COMPANY, credit_code="91421281MA0000015B"),
        organisation(AGENCY, OrganisationKind.AGENCY),
        estate(),
    )
    await county.contract(valid_from="2026-06-01", valid_to="2026-06-20")
    assert await county.faults(a_row(evaluated_on="2026-05-31")) == [
        (2, "评价日期", "OUTSIDE_CONTRACT_TIME")
    ]
    assert await county.faults(a_row(evaluated_on="2026-06-01")) == []
    looked = (await county.upload(sheet(a_row()))).json()
    stage.clock.move_to(datetime.fromisoformat("2026-06-21T00:00:00+08:00"))
    late = await county.post(f"/evaluation-imports/{looked['id']}/confirmation", None, EVALUATOR)
    assert (late.status_code, late.json()["code"]) == (409, "EVALUATION_IMPORT_OUTDATED")
    assert await county.faults(a_row()) == [(2, "小区名称", "AGENCY_CONTRACT_NOT_RUNNING")]
    stage.clock.move_to(datetime.fromisoformat("2026-09-19T00:00:00+08:00"))
    refused = await county.upload(sheet(a_row()))
    assert (refused.status_code, refused.json()["code"]) == (403, "WITHOUT_AGENCY_CONTRACT")
    city = replace(BUREAU, scope=replace(BUREAU.scope, divisions=("4212",)))
    assert (await county.contract(city, divisions=["421202"])).status_code == 201
    assert await county.faults(a_row()) == [(2, "小区名称", "AGENCY_CONTRACT_NOT_RUNNING")]


async def test_the_former_agency_corrects_what_it_imported(stage: Stage) -> None:
    """E22: for 90 days after its contract; its own, of its own time, and nothing new."""
    county = await County(stage).founded()
    await stage.hear(estate(id=ELSEWHERE))
    await county.imported(a_row())
    await _replaced(county, ending="2026-06-20")
    stage.clock.move_to(datetime.fromisoformat("2026-06-21T09:00:00+08:00"))
    by_rival = a_row(charging="50", evaluated_on="2026-06-21")
    assert await county.faults(by_rival, actor=RIVALS) == [
        (2, "物业企业代码", "EVALUATED_BY_ANOTHER")
    ]
    taken = await county.imported(a_row(charging="50"))
    assert taken["counts"]["CORRECTION"] == 1
    after = a_row(charging="60", evaluated_on="2026-06-21")
    assert await county.faults(after) == [(2, "评价日期", "OUTSIDE_CONTRACT_TIME")]
    new = a_row(estate_id=str(ELSEWHERE))
    assert await county.faults(new) == [(2, "小区名称", "AGENCY_CONTRACT_NOT_RUNNING")]
    stage.clock.move_to(datetime.fromisoformat("2026-09-18T23:59:00+08:00"))
    await county.imported(a_row(charging="70"))
    stage.clock.move_to(datetime.fromisoformat("2026-09-19T00:00:00+08:00"))
    refused = await county.upload(sheet(a_row(charging="80")))
    assert (refused.status_code, refused.json()["code"]) == (403, "WITHOUT_AGENCY_CONTRACT")
    assert await stage.count("third_party_evaluation") == 3
    assert await stage.count("third_party_evaluation", "marks->>'charging' = '70'") == 1


async def test_only_evaluators_import(stage: Stage) -> None:
    """E22: template, import and own imports; of nobody else's there is a trace."""
    county = await County(stage).founded()
    looked = (await county.upload(sheet(a_row()))).json()
    assert [each["id"] for each in await county.items("/evaluation-imports", EVALUATOR)] == [
        looked["id"]
    ]
    assert await county.items("/evaluation-imports", RIVALS) == []
    for path in (f"/evaluation-imports/{looked['id']}", "/evaluation-imports/template"):
        assert (await county.get(path, EVALUATOR)).status_code == 200
    assert (await county.get(f"/evaluation-imports/{looked['id']}", RIVALS)).status_code == 404
    taking = f"/evaluation-imports/{looked['id']}/confirmation"
    assert (await county.post(taking, None, RIVALS)).status_code == 404
    for actor in (BUREAU, CENTRE, LEADER, STREET, MANAGER, OBSERVER, resident("anybody", 1)):
        for answer in (
            await county.upload(sheet(a_row()), actor),
            await county.get("/evaluation-imports", actor),
            await county.get("/evaluation-imports/template", actor),
            await county.post(taking, None, actor),
        ):
            assert (answer.status_code, answer.json()["code"]) == (403, "EVALUATORS_ONLY")


async def test_the_template_lists_what_may_be_evaluated(stage: Stage) -> None:
    """E20: the rulebook's dimensions; the estates and companies of the contract."""
    county = await County(stage).founded()
    await stage.hear(estate(id=ELSEWHERE, division="421202001"))
    answer = await county.get("/evaluation-imports/template", EVALUATOR)
    book = load_workbook(io.BytesIO(answer.content))
    heading = [cell.value for cell in next(book.worksheets[0].iter_rows())]
    assert heading[5:10] == ["服务制度", "收费规范", "业主满意度", "设施维护", "应急能力"]
    listed = [[cell.value for cell in row] for row in book["小区清单"].iter_rows(min_row=2)]
    assert [line[0] for line in listed] == [str(ESTATE)]
    assert listed[0][3] == str(COMPANY)


async def test_whoever_has_a_stake_leaves_it_to_a_colleague(stage: Stage) -> None:
    """A13: an evaluator of the agency with a stake in the company."""
    county = await County(stage).founded()
    partial = replace(EVALUATOR, interests=frozenset({COMPANY}))
    assert await county.faults(a_row(), actor=partial) == [(2, "物业企业代码", "STAKE_IN_COMPANY")]
    colleague = staff(named("colleague"), End.CENTRE, Role.EVALUATOR, AGENCY)
    assert await county.faults(a_row(), actor=colleague) == []


async def _replaced(county: County, ending: str) -> None:
    """The contract ends, and the rival's begins on the day after."""
    (contract,) = await county.items("/agency-contracts", BUREAU)
    body = {"last_day": ending, "reason": "更换评估机构"}
    path = f"/agency-contracts/{contract['id']}/ending"
    assert (await county.post(path, body, BUREAU)).status_code == 200
    following = await county.contract(agency_id=str(RIVAL), valid_from="2026-06-21")
    assert following.status_code == 201, following.text
