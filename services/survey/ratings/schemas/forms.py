"""Forms, to look at before a rating is opened and to fill in afterwards (E10, E13, E20, U02)."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from pydantic import BaseModel


class FormKind(StrEnum):
    QUARTERLY = "QUARTERLY"  # E10
    COMMITTEE = "COMMITTEE"  # E13
    THIRD_PARTY = "THIRD_PARTY"  # E20


class FormIndicatorOut(BaseModel):
    code: str
    chinese: str
    weight: Decimal
    named_by_letter: bool


class ScaleOut(BaseModel):
    bottom: int
    top: int


class FormPartOut(BaseModel):
    """How much a part of the panel counts (E13)."""

    part: str
    weight: Decimal


class FormOut(BaseModel):
    """`answered_by` are representatives, parts of the panel, or the agency."""

    kind: FormKind
    title: str
    introduction: str
    indicators: list[FormIndicatorOut]
    scale: ScaleOut
    answered_by: list[str]
    parts: list[FormPartOut]


class FormsOut(BaseModel):
    """All forms of one version of the rulebook."""

    version: str
    in_force: bool
    forms: list[FormOut]


class FormVersionsOut(BaseModel):
    """Oldest first."""

    items: list[FormsOut]
