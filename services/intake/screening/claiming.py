"""Taking what is due to be checked, so that nobody else asks meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, or_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.intake.attachments.tables import Attachment
from services.intake.complaints.tables import Complaint
from services.intake.owners.contacts import Contacts
from services.intake.owners.tables import Owner
from services.intake.screening.checking import File, Question
from services.intake.screening.domain.kinds import is_written_in_wechat
from services.intake.screening.domain.lifecycle import ScreeningState, SubjectType
from services.intake.screening.domain.timing import answerable_until
from services.intake.screening.tables import Screening

BATCH = 20
LEASE = timedelta(seconds=90)  # longer than all calls about one text may take


async def claim(session: AsyncSession, contacts: Contacts, now: datetime) -> Sequence[Question]:
    free = or_(col(Screening.claimed_until).is_(None), col(Screening.claimed_until) < now)
    is_file = col(Screening.subject_type) == SubjectType.ATTACHMENT
    due = (
        select(Screening, Complaint, Owner, Attachment)
        .join(Complaint, col(Complaint.id) == col(Screening.complaint_id))
        .outerjoin(Owner, col(Owner.id) == col(Complaint.owner_id))
        .outerjoin(Attachment, and_(is_file, col(Attachment.id) == col(Screening.subject_id)))
        .where(col(Screening.state) == ScreeningState.WAITING, col(Screening.due_at) <= now, free)
        .order_by(col(Screening.due_at), col(Screening.id))
        .limit(BATCH)
        .with_for_update(of=Screening, skip_locked=True)
    )
    questions = []
    for screening, complaint, owner, attachment in (await session.execute(due)).all():
        screening.claimed_until = now + LEASE
        screening.tries += 1
        questions.append(
            Question(
                screening_id=screening.id,
                claimed_until=screening.claimed_until,
                answerable=now <= answerable_until(screening.written_at),
                anonymous=complaint.anonymous,
                openid=_openid(contacts, complaint, owner),
                words=f"{complaint.title}\n{complaint.text}",
                file=_file(attachment),
            )
        )
    return questions


def _openid(contacts: Contacts, complaint: Complaint, owner: Owner | None) -> str | None:
    if owner is None or not owner.active or not is_written_in_wechat(complaint.door):
        return None
    return contacts.openid(owner)


def _file(attachment: Attachment | None) -> File | None:
    if attachment is None:
        return None
    return File(attachment.id, attachment.kind, attachment.size)
