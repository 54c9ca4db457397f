"""Numbers that people and organisations carry, checked and brought to one form (facts.md 2.10)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from shared.errors import Invalid

COURTS_OF_XIANNING = frozenset({"鄂12", "鄂1202", "鄂1221", "鄂1222", "鄂1223", "鄂1224", "鄂1281"})

_MOBILE = re.compile(r"(?:\+?86|0086)?(1[3-9][0-9]{9})")
_CITIZEN = re.compile(r"[1-9][0-9]{16}[0-9X]")
_CITIZEN_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CITIZEN_CHECKS = "10X98765432"
_PROVINCES = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT = re.compile(rf"[{_CREDIT_ALPHABET}]{{2}}[0-9]{{6}}[{_CREDIT_ALPHABET}]{{10}}")
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ORGANISATION_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CASE = re.compile(
    r"（(?P<year>20[0-9]{2})）(?P<court>[\u4e00-\u9fff][0-9]{2,4})"
    r"(?P<kind>诉前调确|诉前调书|诉前调|民初|民终|民特|执)"
    r"(?P<number>[1-9][0-9]{0,6})号(?:之[一二三四五六七八九十]+)?"
)


class InvalidMobileNumber(Invalid):
    """This is not a mobile number of the mainland."""

    code = "INVALID_MOBILE_NUMBER"
    chinese = "手机号码不正确。"


class InvalidCitizenId(Invalid):
    """This is not a valid citizen id number."""

    code = "INVALID_CITIZEN_ID"
    chinese = "身份证号码不正确。"


class InvalidCreditCode(Invalid):
    """This is not a valid unified social credit code."""

    code = "INVALID_CREDIT_CODE"
    chinese = "统一社会信用代码不正确。"


class InvalidCourtCaseNumber(Invalid):
    """This is not a case number of a court that we work with."""

    code = "INVALID_COURT_CASE_NUMBER"
    chinese = "法院案号不正确。"


@dataclass(frozen=True, slots=True)
class CourtCaseNumber:
    """`text` is the printed form; `court` a court code such as 鄂1202; `kind` the type words."""

    text: str
    year: int
    court: str
    kind: str
    number: int


def mobile_number(text: str) -> str:
    """Eleven digits without prefix or separators. Raises InvalidMobileNumber."""
    match = _MOBILE.fullmatch(re.sub(r"[\s.\-–—]", "", _half_width(text)))
    if match is None:
        raise InvalidMobileNumber
    return match[1]


def citizen_id(text: str, *, today: date) -> str:
    """Eighteen characters (GB 11643-1999), born no later than `today`. Raises InvalidCitizenId."""
    number = _half_width(text).upper()
    known_form = _CITIZEN.fullmatch(number) and _PROVINCES.match(number)
    if not known_form or not _born(number[6:14], today) or not _citizen_check(number):
        raise InvalidCitizenId
    return number


def credit_code(text: str) -> str:
    """Eighteen characters (GB 32100-2015), both check digits right. Raises InvalidCreditCode."""
    code = _half_width(text).upper()
    if not _CREDIT.fullmatch(code) or not _organisation_check(code[8:17]):
        raise InvalidCreditCode
    weighted = _weighted(code, _CREDIT_WEIGHTS, _CREDIT_ALPHABET)
    if code[17] != _CREDIT_ALPHABET[-weighted % 31]:
        raise InvalidCreditCode
    return code


def court_case_number(
    text: str, *, courts: Collection[str] = COURTS_OF_XIANNING
) -> CourtCaseNumber:
    """Reads a number of one of `courts`; half-width brackets become full width.

    Raises InvalidCourtCaseNumber.
    """
    printed = _half_width(text).replace("(", "（").replace(")", "）")
    match = _CASE.fullmatch(printed)
    if match is None or match["court"] not in courts:
        raise InvalidCourtCaseNumber
    return CourtCaseNumber(
        text=printed,
        year=int(match["year"]),
        court=match["court"],
        kind=match["kind"],
        number=int(match["number"]),
    )


def court_case_numbers_in(text: str) -> tuple[str, ...]:
    """The printed numbers of any court that occur in `text`, each once, in their order."""
    printed = _half_width(text).replace("(", "（").replace(")", "）")
    return tuple(dict.fromkeys(match[0] for match in _CASE.finditer(printed)))


def _half_width(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _born(digits: str, today: date) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return born <= today


def _citizen_check(number: str) -> bool:
    return number[17] == _CITIZEN_CHECKS[_weighted(number, _CITIZEN_WEIGHTS, "0123456789") % 11]


def _organisation_check(code: str) -> bool:
    remainder = -_weighted(code, _ORGANISATION_WEIGHTS, _ORGANISATION_DIGITS) % 11
    return code[8] == "0123456789X"[remainder]


def _weighted(text: str, weights: tuple[int, ...], alphabet: str) -> int:
    return sum(alphabet.index(sign) * weight for sign, weight in zip(text, weights, strict=False))
