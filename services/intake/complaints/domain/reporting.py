"""Whether somebody may complain in person now: consent, guardian, and where (A04, X41, X42)."""

from __future__ import annotations

from dataclasses import dataclass

from services.intake.owners.domain.refusals import AccountClosed, ConsentRequired
from shared.errors import Forbidden, Invalid
from shared.rulebook import Rulebook


class GuardianRequired(Forbidden):
    """Whoever is younger than fourteen complains with a guardian (X41)."""

    code = "GUARDIAN_REQUIRED"
    chinese = "未满十四周岁，请由监护人填写监护人信息后提交。"


class NotForVisitors(Invalid):
    """Visitors report matters of safety only; `categories` names them (X42)."""

    code = "NOT_FOR_VISITORS"
    chinese = "访客仅可反映公共安全事项。"


@dataclass(frozen=True, slots=True)
class Person:
    """What an account says of whoever reports: the notice agreed to, a guardian's absence, and
    that it is closed.
    """

    privacy_version: str | None
    guardian_missing: bool
    closed: bool = False


def refuse_unready(rulebook: Rulebook, person: Person) -> None:
    """Raises AccountClosed, ConsentRequired or GuardianRequired."""
    if person.closed:
        raise AccountClosed
    if person.privacy_version != rulebook.privacy.notice_version:
        raise ConsentRequired(version=rulebook.privacy.notice_version)
    if person.guardian_missing:
        raise GuardianRequired


def refuse_visitor(rulebook: Rulebook, category: str | None, *, urgent: bool) -> None:
    """Raises NotForVisitors; nobody in danger has to find a category."""
    allowed = rulebook.intake.visitor_categories
    if category not in allowed and not urgent:
        raise NotForVisitors(categories=list(allowed))
