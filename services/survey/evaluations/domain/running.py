"""Whether a half-year is evaluated at all."""

from __future__ import annotations

from shared.errors import Conflict


class CompositeNotInForce(Conflict):
    """The composite evaluation is not in force for this half-year (E15)."""

    code = "COMPOSITE_NOT_IN_FORCE"
    chinese = "该半年度综合评价尚未施行或已停用。"


def refuse_composite_off(*, on: bool) -> None:
    """Raises CompositeNotInForce."""
    if not on:
        raise CompositeNotInForce
