"""A tender is recorded; its document is checked and its panel named (F01-F04)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import col

from services.survey.copies.tables import EstateCopy
from services.survey.deed import Deed
from services.survey.tenders.commands.recording import record
from services.survey.tenders.domain.lifecycle import TenderAction, advance
from services.survey.tenders.domain.panels import (
    Panelist,
    refuse_elsewhere,
    refuse_stakes,
    refuse_twice,
    refuse_wrong_size,
)
from services.survey.tenders.domain.preparation import (
    in_order,
    refuse_unknown_method,
    refuse_unless_in_force,
)
from services.survey.tenders.queries import bidders_of, owners_at_home
from services.survey.tenders.tables import Tender, TenderPanelist
from shared.ids import new_id
from shared.rulebook.sections.evaluation import Tenders


async def record_tender(
    deed: Deed, estate: EstateCopy, method: str, items: Collection[str]
) -> Tender:
    """Raises TendersNotInForce, MethodUnknown or ItemUnknown."""
    book = deed.runtime.rulebooks.in_force_at(deed.at)
    refuse_unless_in_force(book, deed.at)
    refuse_unknown_method(method, book.tenders)
    tender = Tender(
        id=new_id(),
        version=0,
        estate_id=estate.id,
        estate_name=estate.display_name,
        division=estate.division,
        method=method,
        rulebook=book.version,
        document_items=in_order(items, book.tenders),
        recorded_at=deed.at,
    )
    deed.session.add(tender)
    record(deed, tender, "tender.recorded", {"method": method})
    await deed.session.flush()
    return tender


async def list_document(deed: Deed, tender: Tender, items: Collection[str]) -> None:
    """F01: what the document contains. Raises TenderNotInState or ItemUnknown."""
    tender.state = advance(tender.state, TenderAction.PREPARE)
    tender.document_items = in_order(items, rules_of(deed, tender))
    record(deed, tender, "tender.document_listed", {"items": tender.document_items})


async def name_panel(deed: Deed, tender: Tender, panel: Sequence[Panelist]) -> None:
    """F04: instead of the one named before.

    Raises TenderNotInState, PanelSizeWrong, PanelistTwice, PanelistElsewhere or PanelistHasStake.
    """
    tender.state = advance(tender.state, TenderAction.PREPARE)
    await refuse_unfit(deed, tender, panel)
    own = col(TenderPanelist.tender_id) == tender.id
    await deed.session.execute(delete(TenderPanelist).where(own))
    for each in panel:
        row = TenderPanelist(
            id=new_id(),
            tender_id=tender.id,
            owner_id=each.owner_id,
            interests=sorted(each.interests),
        )
        deed.session.add(row)
    record(deed, tender, "tender.panel_named", {"members": len(panel)})


async def refuse_unfit(deed: Deed, tender: Tender, panel: Sequence[Panelist]) -> None:
    """Raises PanelSizeWrong, PanelistTwice, PanelistElsewhere or PanelistHasStake."""
    owners: list[UUID] = [each.owner_id for each in panel]
    refuse_wrong_size(len(owners), rules_of(deed, tender))
    refuse_twice(owners)
    refuse_elsewhere(owners, await owners_at_home(deed.session, owners, tender.estate_id))
    refuse_stakes(panel, await bidders_of(deed.session, tender.id))


def rules_of(deed: Deed, tender: Tender) -> Tenders:
    """Those it was recorded under."""
    return deed.runtime.rulebooks.named(tender.rulebook).tenders
