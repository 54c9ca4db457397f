"""Why somebody who was thought of is not told at all."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Why(StrEnum):
    ANONYMOUS = "ANONYMOUS"  # X15: nothing leads to whoever complained
    NO_ACCOUNT = "NO_ACCOUNT"  # taken down by a desk or the hotline, which answers itself
    ERASED = "ERASED"  # the account was closed
    NO_COMPANY = "NO_COMPANY"  # X29: nobody manages the estate
    AMONG_NEIGHBOURS = "AMONG_NEIGHBOURS"  # none of the company's business
    NOBODY_THERE = "NOBODY_THERE"  # no desk is meant, or nobody sits at it


@dataclass(frozen=True)
class LeftOut:
    """`about_id` is the complaint, the case or the closed account: never the person behind it."""

    reason: Why
    about_id: UUID
