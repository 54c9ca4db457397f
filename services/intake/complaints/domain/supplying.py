"""What was asked for, and what the reporter supplies (T02, T03)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from services.intake.complaints.domain.wording.line import HUB, Line
from services.intake.complaints.domain.words import in_words
from shared.contracts.narrative import Proof
from shared.contracts.routing import InformationRequest
from shared.errors import Invalid
from shared.rulebook import Rulebook


class NothingSupplied(Invalid):
    """Please supply words, a place, a proof or a file."""

    code = "NOTHING_SUPPLIED"
    chinese = "请补充文字说明、地点、证明材料或附件。"


class ItemUnknown(Invalid):
    """A proof is for one of the items that can be asked for."""

    code = "ITEM_UNKNOWN"
    chinese = "没有这个补正事项。"


@dataclass(frozen=True)
class Supplement:
    text: str | None = field(default=None, repr=False)
    place: str | None = field(default=None, repr=False)
    proofs: Sequence[Proof] = ()
    attachments: Sequence[UUID] = ()


def refuse_unknown_items(rulebook: Rulebook, added: Supplement) -> None:
    """Raises NothingSupplied or ItemUnknown."""
    if not (added.text or added.place or added.proofs or added.attachments):
        raise NothingSupplied
    known = {item.code for item in rulebook.acceptance.missing_items}
    if any(proof.item not in known for proof in added.proofs):
        raise ItemUnknown(known=sorted(known))


def with_supplement(text: str, added: Supplement, at: datetime) -> str:
    """What was said first stays as it was said."""
    if not added.text:
        return text
    return f"{text}\n【{in_words(at)}补充】{added.text}"


def missing_items(rulebook: Rulebook, codes: Sequence[str]) -> list[dict[str, str]]:
    """The items with their names as they are told now."""
    names = {item.code: item.chinese for item in rulebook.acceptance.missing_items}
    return [{"code": code, "name": names.get(code, code)} for code in codes]


def request_line(rulebook: Rulebook, request: InformationRequest, words: str | None) -> Line:
    missing = "、".join(rulebook.acceptance.words_for(request.missing))
    more = f"{words}\n" if words else ""
    text = (
        f"{more}请于{in_words(request.until)}前补充：{missing}。"
        "逾期未补充且无法办理的，将不予受理，您可以重新提交。"
    )
    return Line("请您补充材料", text, HUB, request.until)
