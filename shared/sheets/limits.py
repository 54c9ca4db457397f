"""How large a sheet may be that somebody uploads."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """`unpacked` is what a workbook may take once its parts are inflated, in bytes."""

    rows: int = 5_000
    columns: int = 40
    characters: int = 1_000
    unpacked: int = 32 * 1_048_576
    parts: int = 200


USUAL = Limits()
