"""A draft: figures gathered, words made from them, paragraphs added, until somebody approves."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from services.survey.bulletins.commands.composing import compose
from services.survey.bulletins.commands.recording import record
from services.survey.bulletins.domain.content import Kind, content_in
from services.survey.bulletins.domain.edition import Notes, refuse_personal, refuse_unfit
from services.survey.bulletins.domain.gathered import refuse_unknown_place
from services.survey.bulletins.domain.lifecycle import EditionAction, advance, refuse_changed
from services.survey.bulletins.domain.periods import period_of, refuse_running
from services.survey.bulletins.domain.policies import refuse_stake
from services.survey.bulletins.gathering import gather
from services.survey.bulletins.queries import edition_under_way, published_editions
from services.survey.bulletins.tables import Bulletin, Edition
from services.survey.deed import Deed
from services.survey.evaluations.domain.editions import CorrectionNeedsReason
from shared.errors import Conflict
from shared.ids import new_id
from shared.rulebook import Rulebook

RULES = {Kind.BULLETIN: "reports.bulletin_cycle", Kind.QUALITY_REPORT: "reports.quality_cycle"}


class ReportNotInForce(Conflict):
    """Reports of this kind are not issued yet, or were switched off."""

    code = "REPORT_NOT_IN_FORCE"
    chinese = "该类通报（报告）尚未启用。"


class EditionUnderWay(Conflict):
    """There is a draft already; go on with that one."""

    code = "EDITION_UNDER_WAY"
    chinese = "本期已有正在起草或待发布的稿件。"


@dataclass(frozen=True)
class Subject:
    """What is to be reported on; `reason` is for corrections."""

    kind: Kind
    period: str
    division: str
    reason: str | None = None


async def draft(deed: Deed, subject: Subject) -> Edition:
    """Raises ReportNotInForce, PeriodInvalid, WrongCycle, PeriodNotOver, EditionUnderWay,
    CorrectionNeedsReason, PersonalDataInNote, BulletinPlaceUnknown or StakeInCompany.
    """
    book = _refuse_untimely(deed, subject)
    bulletin = await _bulletin(deed, subject)
    if await edition_under_way(deed.session, bulletin.id) is not None:
        raise EditionUnderWay
    published = await published_editions(deed.session, bulletin.id)
    if published and not subject.reason:
        raise CorrectionNeedsReason
    refuse_personal(subject.reason or "")
    former = published[-1] if published else None
    edition = Edition(
        id=new_id(),
        version=0,
        bulletin_id=bulletin.id,
        number=former.number + 1 if former else 1,
        reason=subject.reason if former else None,
        rulebook=book.version,
        gathered={},
        notes=dict(former.notes) if former else {},
        content=b"",
        sha256="",
        authors=[deed.actor.id],
        drafted_at=deed.at,
    )
    await _compute(deed, bulletin, edition, former)
    deed.session.add(edition)
    await deed.session.flush()
    record(deed, edition, "bulletin.drafted", reason=edition.reason)
    return edition


async def annotate(
    deed: Deed, bulletin: Bulletin, edition: Edition, notes: Notes, version_read: int
) -> None:
    """Raises EditionNotInState, EditionChanged, TooManyNotes or PersonalDataInNote."""
    edition.state = advance(edition.state, EditionAction.EDIT)
    refuse_changed(edition.version, version_read)
    book = deed.runtime.rulebooks.named(edition.rulebook)
    refuse_unfit(notes, book.bulletins)
    edition.notes = {str(place): list(texts) for place, texts in notes.items() if texts}
    compose(deed, bulletin, edition, await former_of(deed, edition))
    _note_author(deed, edition)
    record(deed, edition, "bulletin.annotated")


async def compute_anew(deed: Deed, bulletin: Bulletin, edition: Edition) -> None:
    """With the data of this moment and the rulebook in force now. Raises EditionNotInState."""
    edition.state = advance(edition.state, EditionAction.EDIT)
    edition.rulebook = deed.runtime.rulebooks.in_force_at(deed.at).version
    await _compute(deed, bulletin, edition, await former_of(deed, edition))
    _note_author(deed, edition)
    record(deed, edition, "bulletin.computed")


async def former_of(deed: Deed, edition: Edition) -> Edition | None:
    """The published edition that this one corrects."""
    published = await published_editions(deed.session, edition.bulletin_id)
    return published[-1] if published else None


def _refuse_untimely(deed: Deed, subject: Subject) -> Rulebook:
    book = deed.runtime.rulebooks.in_force_at(deed.at)
    if not book.in_force(RULES[subject.kind], deed.at):
        raise ReportNotInForce
    refuse_running(period_of(subject.kind, subject.period, book.reports), deed.at)
    return book


async def _bulletin(deed: Deed, subject: Subject) -> Bulletin:
    """Locked: two drafts of one period come one after the other."""
    about = {"kind": subject.kind, "period": subject.period, "division": subject.division}
    row = {"id": new_id(), "version": 0, **about}
    await deed.session.execute(insert(Bulletin).values(row).on_conflict_do_nothing())
    wanted = select(Bulletin).where(*(col(getattr(Bulletin, k)) == v for k, v in about.items()))
    return (await deed.session.execute(wanted.with_for_update())).scalar_one()


async def _compute(
    deed: Deed, bulletin: Bulletin, edition: Edition, former: Edition | None
) -> None:
    book = deed.runtime.rulebooks.named(edition.rulebook)
    gathered = await gather(deed, bulletin, book)
    refuse_unknown_place(gathered)
    edition.gathered = json.loads(gathered.model_dump_json())
    compose(deed, bulletin, edition, former)
    refuse_stake(deed.actor, [each.company_id for each in content_in(edition.content).assessed])


def _note_author(deed: Deed, edition: Edition) -> None:
    if deed.actor.id not in edition.authors:
        edition.authors = [*edition.authors, deed.actor.id]
