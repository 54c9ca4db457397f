"""Fees due and received: reported by the company, corrected, read, missed (facts 2.11)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from shared.contracts.directory import EstateContract
from shared.identity import Actor, Scope
from tests.samples import COMPANY, named
from tests.stage import Stage
from tests.survey.fees.cashier import (
    FAR_STREET,
    HOUSING,
    OTHER_COMPANY,
    OTHER_MANAGER,
    PARTIAL_STREET,
    Cashier,
)
from tests.survey.surveys.pollster import MANAGER, STREET, STREET_CODE, estate, resident


async def test_a_company_reports_a_quarter(stage: Stage) -> None:
    """D11, facts 2.11: 850 000 of 1 000 000 is 85.00 %."""
    cashier = await Cashier(stage).ready()
    filed = await cashier.report()
    assert filed.status_code == 201, filed.text
    told = filed.json()
    assert (told["percent"], told["version"], told["late"]) == ("85.00", 1, False)
    assert told["due_at"] == "2026-04-16T00:00:00+08:00"
    for reader in (STREET, HOUSING, MANAGER):
        listed = (await cashier.get(actor=reader, period="2026-Q1")).json()["items"]
        assert [each["received_fen"] for each in listed] == [85_000_000]
    assert (await cashier.get(period="2025-Q4")).json()["items"] == []


@pytest.mark.parametrize(
    ("actor", "status", "code"),
    [
        (STREET, 403, "COMPANIES_ONLY"),
        (HOUSING, 403, "COMPANIES_ONLY"),
        (resident("owner", 1), 403, "COMPANIES_ONLY"),
        (OTHER_MANAGER, 403, "NOT_YOUR_ESTATE"),
        (replace(MANAGER, scope=Scope()), 404, "ESTATE_UNKNOWN"),
    ],
    ids=["street", "housing", "owner", "another company", "another estate"],
)
async def test_nobody_else_reports(stage: Stage, actor: Actor, status: int, code: str) -> None:
    """A03: only the company that served the estate, by the office entrusted with it."""
    cashier = await Cashier(stage).ready()
    refused = await cashier.report(actor=actor)
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert (await cashier.report()).status_code == 201


@pytest.mark.parametrize(
    ("reader", "status"),
    [
        *((STREET, 200), (HOUSING, 200), (MANAGER, 200)),
        *((FAR_STREET, 404), (PARTIAL_STREET, 404), (OTHER_MANAGER, 404)),
        (resident("owner", 1), 403),
    ],
    ids=["street", "housing", "company", "elsewhere", "A13", "another company", "owner"],
)
async def test_who_reads_a_report(stage: Stage, reader: Actor, status: int) -> None:
    """A13, A18: the place, the housing bureau and the company; nobody with a stake as staff."""
    cashier = await Cashier(stage).ready()
    report_id = (await cashier.report()).json()["id"]
    assert (await cashier.get(f"/{report_id}", actor=reader)).status_code == status
    listed = await cashier.get(actor=reader)
    assert bool(listed.json().get("items")) is (status == 200)


async def test_a_quarter_is_reported_once_it_is_over(stage: Stage) -> None:
    cashier = await Cashier(stage).ready()
    early = await cashier.report(period="2026-Q2")
    assert (early.status_code, early.json()["code"]) == (409, "QUARTER_NOT_OVER")
    for strange in ("2026-H1", "2026-Q5", "2026-03", "0000-Q1"):
        unknown = await cashier.report(period=strange)
        assert unknown.status_code == 422, strange
    stage.clock.move_to(datetime.fromisoformat("2026-07-01T00:00:00+08:00"))
    assert (await cashier.report(period="2026-Q2")).status_code == 201


async def test_no_more_is_received_than_was_due(stage: Stage) -> None:
    """What is paid in advance counts in the quarter it is for (rulebook `fees`)."""
    cashier = await Cashier(stage).ready()
    above = await cashier.report(100, 101)
    assert (above.status_code, above.json()["code"]) == (422, "RECEIVED_ABOVE_DUE")
    slip = await cashier.report(100_000_000_001, 0)
    assert (slip.status_code, slip.json()["code"]) == (422, "AMOUNT_TOO_LARGE")
    assert (await cashier.report(-1, -1)).status_code == 422
    all_paid = await cashier.report(100, 100)
    assert all_paid.json()["percent"] == "100.00"


async def test_nothing_due_is_no_figure(stage: Stage) -> None:
    cashier = await Cashier(stage).ready()
    assert (await cashier.report(0, 0)).json()["percent"] == "—"


async def test_a_correction_is_a_new_version(stage: Stage) -> None:
    """The old one stays, and the database lets nobody change it."""
    cashier = await Cashier(stage).ready()
    report_id = (await cashier.report(1000, 800)).json()["id"]
    twice = await cashier.report(1000, 900)
    assert (twice.status_code, twice.json()["code"]) == (409, "FEES_REPORTED")
    changed = await cashier.correct(report_id, due_fen=1000, received_fen=900)
    assert (changed.status_code, changed.json()["version"]) == (201, 2)
    stale = await cashier.correct(report_id)
    assert (stale.status_code, stale.json()["code"]) == (409, "FEE_REPORT_CHANGED")
    assert stale.json()["version"] == 2
    shown = (await cashier.get(f"/{report_id}")).json()
    assert shown["percent"] == "90.00"
    assert [(each["version"], each["percent"]) for each in shown["versions"]] == [
        (1, "80.00"),
        (2, "90.00"),
    ]
    with pytest.raises(DBAPIError, match="new version"):
        async with stage.host.runtime.database.transaction() as session:
            await session.execute(text("UPDATE fee_report_version SET received_fen = 0"))


@pytest.mark.parametrize(
    ("actor", "status", "code"),
    [(STREET, 403, "COMPANIES_ONLY"), (OTHER_MANAGER, 404, "FEE_REPORT_NOT_FOUND")],
    ids=["street", "another company"],
)
async def test_only_the_company_corrects(
    stage: Stage, actor: Actor, status: int, code: str
) -> None:
    cashier = await Cashier(stage).ready()
    report_id = (await cashier.report()).json()["id"]
    refused = await cashier.correct(report_id, actor=actor)
    assert (refused.status_code, refused.json()["code"]) == (status, code)


async def test_a_stake_in_another_company_is_no_part_of_it(stage: Stage) -> None:
    """A13: it keeps from judging; it opens nothing of a rival at the same estate."""
    cashier = await Cashier(stage).ready()
    report_id = (await cashier.report()).json()["id"]
    married = replace(OTHER_MANAGER, interests=frozenset({OTHER_COMPANY, COMPANY}))
    assert (await cashier.get(f"/{report_id}", actor=married)).status_code == 404
    assert (await cashier.get(actor=married)).json()["items"] == []
    refused = await cashier.report(actor=married, period="2025-Q4")
    assert (refused.status_code, refused.json()["code"]) == (403, "NOT_YOUR_ESTATE")


async def test_who_has_not_reported_is_seen(stage: Stage) -> None:
    """A missing report is listed, overdue once the time is over; a late one says so."""
    cashier = await Cashier(stage).ready()
    (missing,) = (await cashier.get("/missing")).json()["items"]
    assert (missing["period"], missing["overdue"]) == ("2026-Q1", False)
    assert missing["company_id"] == str(COMPANY)
    stage.clock.move_to(datetime.fromisoformat("2026-04-16T00:00:00+08:00"))
    assert (await cashier.get("/missing")).json()["items"][0]["overdue"] is False
    stage.clock.move_to(datetime.fromisoformat("2026-04-16T00:00:01+08:00"))
    assert (await cashier.get("/missing")).json()["items"][0]["overdue"] is True
    assert (await cashier.get("/missing", actor=FAR_STREET)).json()["items"] == []
    assert (await cashier.get("/missing", actor=PARTIAL_STREET)).json()["items"] == []
    assert len((await cashier.get("/missing", actor=MANAGER)).json()["items"]) == 1
    assert (await cashier.report()).json()["late"] is True
    assert (await cashier.get("/missing")).json()["items"] == []


async def test_both_companies_of_a_quarter_are_to_report(stage: Stage) -> None:
    """X40: the contract changed hands on 1 March; a company that came later owes nothing."""
    contracts = tuple(
        EstateContract(company_id=company, valid_from=since, valid_to=until)
        for company, since, until in (
            (COMPANY, date(2025, 1, 1), date(2026, 2, 28)),
            (OTHER_COMPANY, date(2026, 3, 1), date(2026, 3, 31)),
            (named("third company"), date(2026, 4, 1), None),
        )
    )
    cashier = await Cashier(stage).ready()
    changed = estate(version=2).estate.model_copy(update={"contracts": contracts})
    await stage.hear(estate(version=2).model_copy(update={"estate": changed}))
    pages = [await cashier.get("/missing", limit=1)]
    while pages[-1].json()["next"]:
        pages.append(await cashier.get("/missing", limit=1, cursor=pages[-1].json()["next"]))
    listed = [each["company_id"] for page in pages for each in page.json()["items"]]
    assert sorted(listed) == sorted(map(str, (COMPANY, OTHER_COMPANY)))
    assert (await cashier.report(actor=OTHER_MANAGER)).status_code == 201
    assert (await cashier.report()).status_code == 201
    listed = [each["company_id"] for each in (await cashier.get()).json()["items"]]
    assert sorted(listed) == sorted(map(str, (COMPANY, OTHER_COMPANY)))
    assert (await cashier.get()).json()["items"][0]["division"] == STREET_CODE
