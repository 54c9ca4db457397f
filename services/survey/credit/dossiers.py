"""The renewal dossier: what is known of a company in an estate (E11). It informs, no more."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlmodel import col

from services.survey.copies.tables import EstateCopy
from services.survey.credit.domain.periods import quarters_before
from services.survey.credit.domain.policies import may_read_dossier
from services.survey.credit.domain.sources import EntrySource
from services.survey.credit.domain.standing import Standing
from services.survey.credit.filed import Filed
from services.survey.credit.grade_queries import grade_row_in_force
from services.survey.credit.queries import filed_of, place_of_estate
from services.survey.credit.schemas import CreditEntryOut, DossierOut, QuarterOut
from services.survey.credit.tables import CreditEntry
from services.survey.credit.views import entry_out, grade_out
from services.survey.deed import Deed
from shared.errors import NotFound

EVALUATIONS = frozenset({EntrySource.EVALUATION, EntrySource.COMPOSITE})


class DossierNotFound(NotFound):
    """There is no such estate, or it is none of yours."""

    code = "DOSSIER_NOT_FOUND"
    chinese = "未找到该小区的企业档案，或您无权查看。"


async def dossier(deed: Deed, company_id: UUID, estate_id: UUID) -> DossierOut:
    """Raises DossierNotFound."""
    estate = await deed.session.get(EstateCopy, estate_id)
    if estate is None:
        raise DossierNotFound
    community = await place_of_estate(deed.session, estate_id, estate.division)
    if not may_read_dossier(deed.actor, company_id, estate_id, community):
        raise DossierNotFound
    known = await _known(deed, company_id, estate_id)
    grade = await grade_row_in_force(deed.session, company_id, deed.at)
    return DossierOut(
        company_id=company_id,
        estate_id=estate_id,
        estate_name=estate.display_name,
        quarters=_quarters(deed, known),
        satisfaction=_of(deed, known, {EntrySource.SATISFACTION_SURVEY}),
        evaluations=_of(deed, known, EVALUATIONS),
        marks=_of(deed, known, {EntrySource.RECTIFICATION_OVERDUE}),
        disputed=sum(each.standing is Standing.DISPUTED for each in known),
        grade=grade_out(deed, grade) if grade else None,
    )


async def _known(deed: Deed, company_id: UUID, estate_id: UUID) -> list[Filed]:
    """What has neither expired nor been taken back, newest first."""
    filed = await filed_of(deed.session, company_id, col(CreditEntry.estate_id) == estate_id)
    return [
        each
        for each in reversed(filed)
        if each.standing is not Standing.REVOKED
        and (each.entry.expires_at is None or each.entry.expires_at > deed.at)
    ]


def _quarters(deed: Deed, known: Iterable[Filed]) -> list[QuarterOut]:
    count = deed.runtime.rulebooks.in_force_at(deed.at).ratings.renewal_quarters
    rated = {
        each.entry.period: entry_out(deed, each)
        for each in known
        if each.entry.source == EntrySource.QUARTERLY_RATING
    }
    return [
        QuarterOut(quarter=quarter, entry=rated.get(quarter))
        for quarter in quarters_before(deed.at, count)
    ]


def _of(deed: Deed, known: Iterable[Filed], sources: Iterable[EntrySource]) -> list[CreditEntryOut]:
    wanted = set(sources)
    return [entry_out(deed, each) for each in known if each.entry.source in wanted]
