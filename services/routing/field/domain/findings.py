"""Findings on patrol: their numbers, and which of them become no case (X45)."""

from __future__ import annotations

from datetime import datetime

from shared.clock import BEIJING
from shared.errors import Invalid


class UnknownPlace(Invalid):
    """There is no such estate or building, or no grid covers it."""

    code = "UNKNOWN_PLACE"
    chinese = "没有这个小区或楼栋，或该处尚未划入网格。"


class FindingForPolice(Invalid):
    """This is a matter for the police: call 110 (B02)."""

    code = "FINDING_FOR_POLICE"
    chinese = "属于警务类事项，请立即拨打110。"


def finding_series(at: datetime) -> str:
    return f"XC{at.astimezone(BEIJING):%Y%m%d}"


def finding_number(series: str, number: int) -> str:
    """XC20260302-00017."""
    return f"{series}-{number:05d}"
