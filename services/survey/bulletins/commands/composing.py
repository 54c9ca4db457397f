"""Setting the content of an edition from what it has gathered and what officers wrote."""

from __future__ import annotations

import hashlib

from services.survey.bulletins.domain.composing import compose_bulletin
from services.survey.bulletins.domain.composing_report import compose_report
from services.survey.bulletins.domain.content import (
    BulletinContent,
    Correction,
    Kind,
    canonical,
    content_in,
)
from services.survey.bulletins.domain.differences import differences
from services.survey.bulletins.domain.edition import Edition as Plan
from services.survey.bulletins.domain.edition import Place
from services.survey.bulletins.domain.gathered import Gathered
from services.survey.bulletins.domain.periods import period_of
from services.survey.bulletins.queries import gathered_of
from services.survey.bulletins.tables import Bulletin, Edition
from services.survey.deed import Deed
from shared.rulebook import Rulebook


def compose(deed: Deed, bulletin: Bulletin, edition: Edition, former: Edition | None) -> None:
    """`former` is the published edition that this one corrects, if it does."""
    book = deed.runtime.rulebooks.named(edition.rulebook)
    content = _composed(_plan(bulletin, edition, book), gathered_of(edition), book)
    if former is not None:
        content = _corrected(content, edition, former)
    set_content(edition, content)


def set_content(edition: Edition, content: BulletinContent) -> None:
    edition.content = canonical(content)
    edition.sha256 = hashlib.sha256(edition.content).hexdigest()


def _composed(plan: Plan, gathered: Gathered, book: Rulebook) -> BulletinContent:
    if plan.kind is Kind.BULLETIN:
        return compose_bulletin(plan, gathered, book)
    return compose_report(plan, gathered, book)


def _plan(bulletin: Bulletin, edition: Edition, book: Rulebook) -> Plan:
    kind = Kind(bulletin.kind)
    return Plan(
        kind=kind,
        period=period_of(kind, bulletin.period, book.reports),
        number=edition.number,
        notes={Place(place): tuple(texts) for place, texts in edition.notes.items()},
    )


def _corrected(content: BulletinContent, edition: Edition, former: Edition) -> BulletinContent:
    assert former.published_at is not None, "only what was published is corrected"
    correction = Correction(
        edition=former.number,
        published_at=former.published_at,
        reason=edition.reason or "",
        differences=differences(content_in(former.content), content),
    )
    return content.model_copy(update={"corrects": correction})
