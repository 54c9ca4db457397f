"""What an agency's sheet is judged by: estates, companies, contracts, what is valid already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from sqlalchemy import or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.survey.copies.tables import EstateCopy, OrganisationCopy
from services.survey.deed import Deed
from services.survey.evaluations.domain.contracts import Terms
from services.survey.evaluations.domain.judging import Key, Known, KnownEstate, Standing, named_ids
from services.survey.evaluations.domain.sheet import Row
from services.survey.evaluations.gathering import community_or_street
from services.survey.evaluations.tables import ThirdPartyEvaluation
from services.survey.surveys.domain.policies import companies_of
from services.survey.surveys.tables import Survey
from shared.clock import BEIJING
from shared.contracts.vocabulary import OrganisationKind
from shared.divisions import STREET_DIGITS


async def known_for(
    deed: Deed, rows: Sequence[Row], contracts: Sequence[Terms], *, lock: bool = False
) -> Known:
    """With `lock`, two imports about one estate happen one after the other."""
    assert deed.actor.organisation_id is not None, "an evaluator works for an agency"
    estates = await _estates(deed.session, rows, lock=lock)
    return Known(
        agency_id=deed.actor.organisation_id,
        today=deed.at.astimezone(BEIJING).date(),
        contracts=contracts,
        estates=estates,
        companies=await _companies(deed.session, {row.company for row in rows}),
        standing=await _standing(deed.session, [*estates]),
        surveys=await _surveys(deed.session, rows),
        stakes=companies_of(deed.actor),
    )


async def estates_within(session: AsyncSession, contracts: Sequence[Terms]) -> list[KnownEstate]:
    """The estates that an agency may evaluate; for the list in its template."""
    divisions = {division[:STREET_DIGITS] for terms in contracts for division in terms.divisions}
    if not divisions:
        return []
    starts = [col(EstateCopy.division).startswith(each, autoescape=True) for each in divisions]
    rows = await session.execute(
        select(EstateCopy)
        .where(or_(*starts))
        .order_by(col(EstateCopy.division), col(EstateCopy.display_name), col(EstateCopy.id))
    )
    found = map(_known, rows.scalars())
    return [each for each in found if any(terms.covers(each.community) for terms in contracts)]


async def _estates(
    session: AsyncSession, rows: Sequence[Row], *, lock: bool
) -> Mapping[UUID, KnownEstate]:
    ids = [row.estate_id for row in rows if row.estate_id is not None]
    names = {(row.street, row.estate) for row in rows if row.estate_id is None}
    named = tuple_(col(EstateCopy.division), col(EstateCopy.display_name)).in_(sorted(names))
    wanted = select(EstateCopy).where(or_(col(EstateCopy.id).in_(ids), named))
    wanted = wanted.order_by(col(EstateCopy.id))
    found = await session.execute(wanted.with_for_update() if lock else wanted)
    return {each.id: _known(each) for each in found.scalars()}


def _known(estate: EstateCopy) -> KnownEstate:
    return KnownEstate(
        estate.id,
        estate.display_name,
        estate.division,
        community_or_street(estate),
        estate.contracts,
    )


async def _companies(session: AsyncSession, named: set[str]) -> Mapping[str, UUID]:
    """By credit code and by id, whichever was given."""
    ids = [UUID(each) for each in named if len(each) == len(str(UUID(int=0)))]
    rows = await session.execute(
        select(OrganisationCopy).where(
            col(OrganisationCopy.kind) == OrganisationKind.COMPANY,
            or_(
                col(OrganisationCopy.id).in_(ids),
                col(OrganisationCopy.credit_code).in_(sorted(named)),
            ),
        )
    )
    found: dict[str, UUID] = {}
    for each in rows.scalars():
        found[str(each.id)] = each.id
        if each.credit_code:
            found[each.credit_code] = each.id
    return found


async def _standing(session: AsyncSession, estates: Sequence[UUID]) -> Mapping[Key, Standing]:
    rows = await session.execute(
        select(ThirdPartyEvaluation).where(
            col(ThirdPartyEvaluation.estate_id).in_(estates),
            col(ThirdPartyEvaluation.replaced_at).is_(None),
        )
    )
    return {(each.estate_id, each.company_id, each.period): _valid(each) for each in rows.scalars()}


async def _surveys(session: AsyncSession, rows: Sequence[Row]) -> frozenset[UUID]:
    """Those of the ids in the sources that are surveys of ours (U13)."""
    named = {id for row in rows for id in named_ids(row.sample_source)}
    found = await session.execute(select(col(Survey.id)).where(col(Survey.id).in_(sorted(named))))
    return frozenset(found.scalars())


def _valid(row: ThirdPartyEvaluation) -> Standing:
    return Standing(
        id=row.id,
        agency_id=row.agency_id,
        marks={code: Decimal(mark) for code, mark in row.marks.items()},
        sample_size=row.sample_size,
        sample_source=row.sample_source,
        evaluated_on=row.evaluated_on,
    )
