"""An agency's sheet: what is wrong row by row, all or nothing, corrections kept (E20, E21, U13)."""

from __future__ import annotations

import io
import shutil
from datetime import date, datetime, timedelta
from pathlib import Path

from openpyxl import load_workbook
from sqlalchemy import text

from services.survey.app import service
from shared.contracts.vocabulary import OrganisationKind
from shared.settings import RULEBOOKS
from tests.samples import COMPANY, named
from tests.servers import Databases
from tests.stage import Stage, staged
from tests.survey.conftest import migrate
from tests.survey.evaluations.town import (
    AGENCY,
    BUREAU,
    COUNTY,
    EVALUATOR,
    HEADINGS,
    MARKS,
    RIVAL,
    RIVALS,
    County,
    a_row,
    organisation,
    sheet,
)
from tests.survey.surveys.pollster import MANAGER, STREET_CODE, Poll

WRONG: list[tuple[dict[str, str], str, str]] = [
    ({"owner_satisfaction": "100.01"}, "业主满意度", "MARK_MALFORMED"),
    ({"emergency": "-1"}, "应急能力", "MARK_MALFORMED"),
    ({"charging": "79.995"}, "收费规范", "MARK_MALFORMED"),
    ({"maintenance": ""}, "设施维护", "SHEET_CELL_MISSING"),
    ({"sample_size": "4"}, "满意度样本量", "SAMPLE_TOO_SMALL"),
    ({"sample_size": "many"}, "满意度样本量", "SAMPLE_SIZE_MALFORMED"),
    ({"sample_source": ""}, "满意度样本编号", "SHEET_CELL_MISSING"),
    ({"company": "91421281MA0000015C"}, "物业企业代码", "INVALID_CREDIT_CODE"),
    ({"company": str(named("nobody"))}, "物业企业代码", "EVALUATED_COMPANY_UNKNOWN"),
    ({"company": str(AGENCY)}, "物业企业代码", "EVALUATED_COMPANY_UNKNOWN"),
    ({"company": str(named("other"))}, "物业企业代码", "COMPANY_NOT_SERVING"),
    ({"estate_id": "1"}, "小区编号", "ESTATE_ID_MALFORMED"),
    ({"estate_id": str(named("nowhere"))}, "小区名称", "EVALUATED_ESTATE_UNKNOWN"),
    ({"estate": "别的小区"}, "小区名称", "EVALUATED_ESTATE_UNKNOWN"),
    ({"period": "2026-Q2"}, "评价周期", "PERIOD_UNKNOWN"),
    ({"evaluated_on": "15.06.2026"}, "评价日期", "DAY_MALFORMED"),
    ({"evaluated_on": "2026-06-31"}, "评价日期", "DAY_MALFORMED"),
    ({"evaluated_on": "2026-06-21"}, "评价日期", "EVALUATED_IN_THE_FUTURE"),
    ({"period": "2026-H2"}, "评价日期", "EVALUATED_OUTSIDE_HALF_YEAR"),
    ({"period": "2025-H2", "evaluated_on": "2025-12-31"}, "评价日期", "EVALUATED_TOO_EARLY"),
]


async def test_five_dimensions_make_a_score(stage: Stage) -> None:
    """E20: 80, 90, 75, 70, 60 are 76.50; a preview changes nothing, a confirmation all."""
    county = await County(stage).founded()
    looked = (await county.upload(sheet(a_row()))).json()
    assert (looked["rows"], looked["faulty"], looked["counts"]["NEW"]) == (1, 0, 1)
    assert await stage.count("third_party_evaluation") == 0
    path = f"/evaluation-imports/{looked['id']}/confirmation"
    taken = (await county.post(path, None, EVALUATOR)).json()
    assert taken["applied_at"] is not None
    (found,) = await county.items("/third-party-evaluations", BUREAU)
    assert (found["score"], found["version"], found["same_source"]) == ("76.50", 1, False)
    assert (found["company_id"], found["marks"]) == (str(COMPANY), MARKS)
    again = await county.post(path, None, EVALUATOR)
    assert (again.status_code, again.json()["code"]) == (409, "EVALUATION_IMPORT_APPLIED")
    assert await county.items("/third-party-evaluations", MANAGER) == []
    assert await county.items("/third-party-evaluations", RIVALS) == []


async def test_what_is_wrong_with_a_row(stage: Stage) -> None:
    """E20, E21, E16: all of it at once, each with its place, and nothing of the sheet is taken."""
    county = await County(stage).founded()
    await stage.hear(organisation(named("other"), OrganisationKind.COMPANY))
    rows = [a_row(), *(a_row() | changes for changes, _, _ in WRONG)]
    expected = [(row, heading, code) for row, (_, heading, code) in enumerate(WRONG, start=3)]
    assert await county.faults(*rows) == expected


async def test_from_the_first_of_january_2026(stage: Stage) -> None:
    """E21: dated 2025-12-31 it is refused, dated 2026-01-01 accepted."""
    county = await County(stage).founded()
    for day, period, code in (
        ("2025-12-31", "2025-H2", "EVALUATED_TOO_EARLY"),
        ("2025-12-31", "2026-H1", "EVALUATED_TOO_EARLY"),
    ):
        faults = await county.faults(a_row(evaluated_on=day, period=period))
        assert faults == [(2, "评价日期", code)]
    await county.imported(a_row(evaluated_on="2026-01-01"))
    assert await stage.count("third_party_evaluation", "evaluated_on = '2026-01-01'") == 1


async def test_an_estate_by_street_and_name(stage: Stage) -> None:
    county = await County(stage).founded()
    named_row = a_row(estate_id="", street=STREET_CODE, estate="演示·桂花园")
    assert await county.faults(a_row(), named_row) == [(3, "小区名称", "EVALUATED_TWICE")]
    await county.imported(named_row | {"company": str(COMPANY)})


async def test_a_correction_is_a_new_version(stage: Stage) -> None:
    """E22: one valid evaluation; the one before is kept, and the same sheet again is nothing."""
    county = await County(stage).founded()
    await county.imported(a_row())
    same = await county.imported(a_row())
    assert same["counts"] == {"NEW": 0, "CORRECTION": 0, "UNCHANGED": 1}
    corrected = await county.imported(a_row(service_system="90"))
    assert corrected["counts"]["CORRECTION"] == 1
    found = await county.items("/third-party-evaluations", EVALUATOR)
    assert [(each["version"], each["score"], each["replaced_at"] is None) for each in found] == [
        (2, "78.50", True),
        (1, "76.50", False),
    ]


async def test_another_agency_corrects_nothing(stage: Stage) -> None:
    """E22: also when it is contracted for the area by then."""
    county = await County(stage).founded()
    await county.imported(a_row())
    (contract,) = await county.items("/agency-contracts", BUREAU)
    ending = {"last_day": "2026-06-14", "reason": "解约"}
    await county.post(f"/agency-contracts/{contract['id']}/ending", ending, BUREAU)
    following = await county.contract(agency_id=str(RIVAL), valid_from="2026-06-15")
    assert following.status_code == 201
    assert await county.faults(a_row(), actor=RIVALS) == [
        (2, "物业企业代码", "EVALUATED_BY_ANOTHER")
    ]


async def test_a_preview_does_not_keep_for_ever(stage: Stage) -> None:
    """What was looked at is what is taken, or nothing."""
    county = await County(stage).founded()
    first = (await county.upload(sheet(a_row()))).json()
    await county.imported(a_row(emergency="50"))
    path = f"/evaluation-imports/{first['id']}/confirmation"
    outdated = await county.post(path, None, EVALUATOR)
    assert (outdated.status_code, outdated.json()["code"]) == (409, "EVALUATION_IMPORT_OUTDATED")
    second = (await county.upload(sheet(a_row()))).json()
    stage.clock.advance(timedelta(hours=24))
    path = f"/evaluation-imports/{second['id']}/confirmation"
    expired = await county.post(path, None, EVALUATOR)
    assert (expired.status_code, expired.json()["code"]) == (409, "EVALUATION_IMPORT_EXPIRED")


async def test_the_owners_of_a_survey_of_ours_are_not_asked_again(stage: Stage) -> None:
    """U13: a survey named as the source of the sample is flagged and refused."""
    county = await County(stage).founded()
    poll = await Poll(stage).opened(10, ends_on=stage.clock.now().date())
    assert await county.faults(a_row(sample_source=f"测评 {poll.id.upper()}")) == [
        (2, "满意度样本编号", "SAME_OWNER_SOURCE")
    ]
    await county.imported(a_row(sample_source=f"CX {named('own sample')}"))


async def test_where_one_sample_may_feed_both(postgres: Databases, tmp_path: Path) -> None:
    """U13: allowed by the rulebook, it is flagged, and owners weigh 0.49."""
    shutil.copytree(RULEBOOKS, tmp_path / "rulebooks")
    book = next((tmp_path / "rulebooks").glob("xianning-2025-07-21/survey.toml"))
    said = "allow_same_owner_source = { value = "
    book.write_text(book.read_text().replace(f"{said}false", f"{said}true"))
    url = await postgres.fresh_database(migrate)
    async with staged(service, url, LIUDUAN_RULEBOOKS=str(tmp_path / "rulebooks")) as stage:
        county = await County(stage).founded()
        survey = await county.surveyed()
        await county.imported(a_row(sample_source=survey["id"]))
        (found,) = await county.items("/third-party-evaluations", BUREAU)
        assert found["same_source"] is True
        await county.assessed()
        stage.clock.move_to(datetime.fromisoformat("2026-07-01T00:00:00+08:00"))
        run = await county.drafted()
        (result,) = await county.results(run)
        assert (result["owners_weight"], result["weights"]["owners"]) == ("0.4900", "0.4")


async def test_the_template_filled_in_by_an_office_program(stage: Stage) -> None:
    """E20: numbers and days as such a program writes them."""
    county = await County(stage).founded()
    blank = await county.get("/evaluation-imports/template", EVALUATOR)
    book = load_workbook(io.BytesIO(blank.content))
    row = a_row(estate="演示·桂花园", street=STREET_CODE)
    marks = {HEADINGS[code]: float(mark) for code, mark in MARKS.items()}
    filled: dict[str, object] = {HEADINGS[key]: value for key, value in row.items()}
    filled |= marks
    filled |= {"满意度样本量": 60, "评价日期": date(2026, 6, 15)}
    sheet = book.worksheets[0]
    sheet.append([filled[str(cell.value)] for cell in sheet[1]])
    book.save(file := io.BytesIO())
    looked = (await county.upload(file.getvalue())).json()
    assert (looked["faults"], looked["counts"]["NEW"]) == ([], 1)


async def test_versions_stay_as_they_are_read(stage: Stage) -> None:
    """E20: a replaced version keeps its marks and says when it was replaced."""
    county = await County(stage).founded()
    await county.imported(a_row())
    await county.imported(a_row(emergency="100"))
    async with stage.host.runtime.database.transaction() as session:
        found = await session.execute(
            text("SELECT version, marks->>'emergency' FROM third_party_evaluation ORDER BY version")
        )
        assert [tuple(row) for row in found] == [(1, "60"), (2, "100")]
    assert COUNTY in (await county.items("/agency-contracts", BUREAU))[0]["divisions"]
