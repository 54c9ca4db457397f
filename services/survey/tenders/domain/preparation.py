"""What a tender needs before bids are scored: its plan in force, a method, whole documents."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from shared.errors import Conflict, Invalid
from shared.rulebook import Rulebook
from shared.rulebook.sections.evaluation import Tenders

SWITCH = "tenders"


class TendersNotInForce(Conflict):
    """Tenders are a plan that is not in force; the rulebook's switch `tenders` is off."""

    code = "TENDERS_NOT_IN_FORCE"
    chinese = "物业招投标评分规则尚未启用，暂不能登记招标项目。"


class MethodUnknown(Invalid):
    """A property service is not selected by such a method (F02, F03)."""

    code = "TENDER_METHOD_UNKNOWN"
    chinese = "没有这种选聘方式。"


class ItemUnknown(Invalid):
    """The checklist of tender documents has no such item (F01)."""

    code = "DOCUMENT_ITEM_UNKNOWN"
    chinese = "招标文件清单中没有该项目。"


class DocumentIncomplete(Conflict):
    """The tender document lacks an item that it must contain (F01)."""

    code = "DOCUMENT_INCOMPLETE"
    chinese = "招标文件缺少必备内容，不能开始评标。"


class NoBidders(Conflict):
    """Nobody bids, so there is nothing to score."""

    code = "NO_BIDDERS"
    chinese = "尚未登记投标企业，不能开始评标。"


def refuse_unless_in_force(book: Rulebook, at: datetime) -> None:
    """Raises TendersNotInForce."""
    if not book.switched_on(SWITCH, at):
        raise TendersNotInForce


def refuse_unknown_method(method: str, rules: Tenders) -> None:
    """Raises MethodUnknown."""
    if method not in rules.methods:
        raise MethodUnknown(methods=list(rules.methods))


def in_order(items: Collection[str], rules: Tenders) -> list[str]:
    """Each once, in the order of the checklist. Raises ItemUnknown."""
    if not set(items) <= set(rules.document_items):
        raise ItemUnknown(items=list(rules.document_items))
    return [each for each in rules.document_items if each in items]


def missing_of(items: Collection[str], rules: Tenders) -> list[str]:
    """F01: what the document has yet to say."""
    return [each for each in rules.document_items if each not in items]


def refuse_incomplete(items: Collection[str], rules: Tenders) -> None:
    """Raises DocumentIncomplete."""
    missing = missing_of(items, rules)
    if missing:
        raise DocumentIncomplete(missing=missing)


def few_bidders(bidders: int, rules: Tenders) -> bool:
    """U32: so few that the law allows an agreement, with approval. Whoever approves decides."""
    return bidders < rules.exception_below_bidders
