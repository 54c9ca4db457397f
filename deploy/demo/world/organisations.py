"""Invented companies and their contracts; five committees (C02), two street offices (A14)."""

from __future__ import annotations

from datetime import date

from deploy.demo.world.places import (
    GARDEN,
    GUIYU,
    HOMESTEAD,
    JIAYU_TOWN,
    OLD_STREET,
    RIVER_VIEW,
)
from deploy.demo.world.records import Contract, Estate, Organisation, demo_id
from shared.contracts.reference import organisation_id

ASSEMBLY, EARLY = "ASSEMBLY", "EARLY"


def _company(name: str, division: str, credit_code: str) -> Organisation:
    return Organisation(
        id=demo_id("company", name),
        kind="COMPANY",
        specialty="COMPANY",
        division=division,
        name=name,
        credit_code=credit_code,
    )


def _only_one(
    kind: str, division: str, name: str, specialty: str = "", staff_count: int | None = None
) -> Organisation:
    return Organisation(
        id=organisation_id(kind, specialty or kind, division),
        kind=kind,
        specialty=specialty or kind,
        division=division,
        name=name,
        staff_count=staff_count,
    )


def _contract(
    estate: Estate, company: Organisation, kind: str, first: date, last: date | None = None
) -> Contract:
    return Contract(
        id=demo_id("contract", estate.name, first.isoformat()),
        estate=estate,
        company=company,
        kind=kind,
        first=first,
        last=last,
    )


WENXIN = _company("温馨物业服务有限公司（演示）", "4212", "91421200MA00000076")
GUIYU_SERVICE = _company("桂语物业服务有限公司（演示）", "421202", "91421202MA0000031K")
YUYUE_SERVICE = _company("鱼岳物业服务有限公司（演示）", "421221", "91421221MA00000239")
CHIMA_SERVICE = _company("赤马物业服务有限公司（演示）", "421281", "91421281MA0000015B")
COMPANIES = (WENXIN, GUIYU_SERVICE, YUYUE_SERVICE, CHIMA_SERVICE)

# 浮山新村 has no company (X29); in 赤马港家园 one follows the other (A03, X40).
CONTRACTS = (
    _contract(GARDEN, WENXIN, ASSEMBLY, date(2024, 1, 1)),
    _contract(GUIYU, GUIYU_SERVICE, EARLY, date(2025, 1, 1), date(2027, 12, 31)),
    _contract(RIVER_VIEW, YUYUE_SERVICE, ASSEMBLY, date(2024, 7, 1)),
    _contract(JIAYU_TOWN, YUYUE_SERVICE, EARLY, date(2025, 7, 1), date(2028, 6, 30)),
    _contract(HOMESTEAD, CHIMA_SERVICE, ASSEMBLY, date(2023, 4, 1), date(2026, 3, 31)),
    _contract(HOMESTEAD, WENXIN, ASSEMBLY, date(2026, 4, 1)),
    _contract(OLD_STREET, CHIMA_SERVICE, ASSEMBLY, date(2024, 1, 1)),
)

COMMITTEES = (
    _only_one("MEDIATION_COMMITTEE", "4212", "咸宁市房产物业调委会（演示）"),
    _only_one("MEDIATION_COMMITTEE", "421202", "咸安区房产物业调委会（演示）"),
    _only_one("MEDIATION_COMMITTEE", "421221", "嘉鱼县房产物业调委会（演示）"),
    _only_one("MEDIATION_COMMITTEE", "421224", "通山县房产物业调委会（演示）"),
    _only_one("MEDIATION_COMMITTEE", "421281", "赤壁市房产物业调委会（演示）"),
)

PROPERTY_OFFICES = (
    _only_one(
        "STREET_PROPERTY_OFFICE", "421281002", "赤马港街道物业管理办公室（演示）", staff_count=3
    ),
    _only_one("STREET_PROPERTY_OFFICE", "421224100", "通羊镇物业管理办公室（演示）", staff_count=3),
)

UTILITIES = (
    _only_one("UTILITY", "4212", "咸宁市供水供气公司（演示）"),
    _only_one("UTILITY", "4212", "咸宁市供电公司（演示）", specialty="POWER_GRID"),
)

# paid by a housing bureau to judge companies (E22); its contract is made in the housing bureau
AGENCY = Organisation(
    id=demo_id("agency", "咸宁市诚信物业服务评估中心（演示）"),
    kind="AGENCY",
    specialty="AGENCY",
    division="4212",
    name="咸宁市诚信物业服务评估中心（演示）",
)

ORGANISATIONS = (*COMPANIES, *COMMITTEES, *PROPERTY_OFFICES, *UTILITIES, AGENCY)
