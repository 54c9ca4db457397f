"""How much property work weighs in the yearly assessment of a street (A17)."""

from __future__ import annotations

import re
from decimal import Decimal

from shared.errors import Conflict, Invalid, NotFound
from shared.rulebook.sections.people import StreetOffices

STREET = re.compile(r"\d{9}", re.ASCII)
YEAR = re.compile(r"20\d\d", re.ASCII)
WHOLE = Decimal(1)


class AssessmentNotFound(NotFound):
    """There is no such street or year, or it is none of yours."""

    code = "ASSESSMENT_NOT_FOUND"
    chinese = "未找到该街道（乡镇）或年度，或您无权查看。"


class WeightTooSmall(Invalid):
    """Property work weighs at least as much as the rulebook says."""

    code = "WEIGHT_TOO_SMALL"
    chinese = "物业工作在街道（乡镇）年度考核中的占比低于规定下限。"


class WeightTooLarge(Invalid):
    """No part weighs more than the whole."""

    code = "WEIGHT_TOO_LARGE"
    chinese = "物业工作占比不能超过100%。"


class AssessmentChanged(Conflict):
    """Somebody set it meanwhile; `version` is the newest."""

    code = "ASSESSMENT_CHANGED"
    chinese = "考核占比已被他人修改，请刷新后再保存。"


def refuse_unknown_names(street: str, year: str) -> None:
    """Raises AssessmentNotFound."""
    if not STREET.fullmatch(street) or not YEAR.fullmatch(year):
        raise AssessmentNotFound


def refuse_weight(weight: Decimal, rules: StreetOffices) -> None:
    """A17: 不低于 includes the floor itself. Raises WeightTooSmall or WeightTooLarge."""
    if weight < rules.assessment_weight_at_least:
        raise WeightTooSmall(at_least=str(rules.assessment_weight_at_least))
    if weight > WHOLE:
        raise WeightTooLarge


def refuse_stale(tag: str, version: int) -> None:
    """`tag` is the If-Match of the request, `*` whatever stands. Raises AssessmentChanged."""
    known = {each.strip().removeprefix("W/").strip('"') for each in tag.split(",")}
    if not known & {"*", str(version)}:
        raise AssessmentChanged(version=version)
