"""Fees due and received, in fen: whole numbers, so that sums stay exact."""

from __future__ import annotations

from dataclasses import dataclass

from shared.errors import Invalid
from shared.rulebook.sections.fees import Fees


class ReceivedAboveDue(Invalid):
    """More was received than was due; what is paid in advance counts in the quarter it is for."""

    code = "RECEIVED_ABOVE_DUE"
    chinese = "实收金额不能大于应收金额；预收以后季度的费用，请计入相应季度。"


class AmountTooLarge(Invalid):
    """The amount is larger than any estate's fees; amounts are in fen."""

    code = "AMOUNT_TOO_LARGE"
    chinese = "金额超出合理范围，请核对（单位：分）。"


@dataclass(frozen=True)
class Amounts:
    due_fen: int
    received_fen: int


def refuse_implausible(amounts: Amounts, rules: Fees) -> None:
    """Raises ReceivedAboveDue or AmountTooLarge."""
    if max(amounts.due_fen, amounts.received_fen) > rules.amount_at_most_fen:
        raise AmountTooLarge(at_most_fen=rules.amount_at_most_fen)
    if rules.received_at_most_due and amounts.received_fen > amounts.due_fen:
        raise ReceivedAboveDue
