"""Identifiers of facts.md 2.10, with every vector given there."""

from __future__ import annotations

from datetime import date

import pytest

from shared.identifiers import (
    InvalidCitizenId,
    InvalidCourtCaseNumber,
    InvalidCreditCode,
    InvalidMobileNumber,
    citizen_id,
    court_case_number,
    credit_code,
    mobile_number,
)

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    "written",
    [
        "13900000001",
        "+8613900000001",
        "8613900000001",
        "0086 139 0000 0001",
        "+86 139-0000-0001",
        " １３９００００　０００１ ",
    ],
)
def test_mobile_number_has_one_stored_form(written: str) -> None:
    assert mobile_number(written) == "13900000001"


@pytest.mark.parametrize(
    "written",
    ["", "12900000001", "1390000000", "139000000012", "23900000001", "0715-8123456", "1390000000l"],
)
def test_mobile_number_refuses(written: str) -> None:
    with pytest.raises(InvalidMobileNumber):
        mobile_number(written)


@pytest.mark.parametrize(
    "number", ["11010519491231002X", "440524188001010014", "421202190001010001"]
)
def test_citizen_id_accepts(number: str) -> None:
    assert citizen_id(number.lower(), today=TODAY) == number


@pytest.mark.parametrize(
    "number",
    [
        pytest.param("421281190002290004", id="1900-02-29 did not exist"),
        pytest.param("421202209901010012", id="born in the future"),
        pytest.param("421202190001010002", id="wrong check digit"),
        pytest.param("991202190001010001", id="no such province"),
        pytest.param("42120219000101000", id="seventeen digits"),
        pytest.param("42120219000101000X1", id="too long"),
    ],
)
def test_citizen_id_refuses(number: str) -> None:
    with pytest.raises(InvalidCitizenId):
        citizen_id(number, today=TODAY)


def test_citizen_id_is_judged_on_the_day() -> None:
    assert citizen_id("421202209901010012", today=date(2099, 1, 1))


CREDIT_CODES = [
    "91350100M000100Y43",
    "91421200MA00000076",
    "91421281MA0000015B",
    "52421200MJ0000018U",
    "11421200000000019J",
]


@pytest.mark.parametrize("code", CREDIT_CODES)
def test_credit_code_accepts(code: str) -> None:
    assert credit_code(f" {code.lower()} ") == code


@pytest.mark.parametrize("code", CREDIT_CODES)
@pytest.mark.parametrize("position", range(18))
def test_credit_code_refuses_any_one_wrong_sign(code: str, position: int) -> None:
    wrong = "1" if code[position] != "1" else "2"
    with pytest.raises(InvalidCreditCode):
        credit_code(code[:position] + wrong + code[position + 1 :])


def test_credit_code_checks_the_organisation_code_within() -> None:
    """The last sign fits, but the organisation code MA0000008 should end in 7."""
    with pytest.raises(InvalidCreditCode):
        credit_code("91421200MA00000089")


def test_court_case_number_is_read() -> None:
    read = court_case_number("(2026)鄂1281诉前调确7号")
    assert read.text == "（2026）鄂1281诉前调确7号"
    assert (read.year, read.court, read.kind, read.number) == (2026, "鄂1281", "诉前调确", 7)


@pytest.mark.parametrize(
    "number",
    ["（2026）鄂1202民初123号", "（2026）鄂12民终45号", "（2026）鄂1202民初123号之一"],
)
def test_court_case_number_accepts(number: str) -> None:
    assert court_case_number(number).text == number


@pytest.mark.parametrize(
    "number",
    [
        pytest.param("（2026）鄂1203民初1号", id="no such court"),
        pytest.param("（2026）鄂1202民初0号", id="number zero"),
        pytest.param("2026鄂1202民初1号", id="no brackets"),
        pytest.param("（2026）鄂1202刑初1号", id="no such type here"),
    ],
)
def test_court_case_number_refuses(number: str) -> None:
    with pytest.raises(InvalidCourtCaseNumber):
        court_case_number(number)


def test_another_city_names_its_own_courts() -> None:
    with pytest.raises(InvalidCourtCaseNumber):
        court_case_number("（2026）鄂0106民初1号")
    assert court_case_number("（2026）鄂0106民初1号", courts={"鄂0106"}).court == "鄂0106"
