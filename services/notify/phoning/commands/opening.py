"""Neither WeChat nor a text message took it: the grid worker is asked to call (N07)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.notify.copies.tables import CaseCopy
from services.notify.messages.desks import at_desk
from services.notify.messages.domain.course import INBOX, WECHAT
from services.notify.messages.domain.notice import Template
from services.notify.messages.domain.recipient import Recipient, channels_for
from services.notify.messages.ladder import SEATS
from services.notify.messages.places import At
from services.notify.messages.staffing import at_seat
from services.notify.messages.tables import Message
from services.notify.phoning.tables import PhoneTask
from shared.ids import new_id
from shared.rulebook import Desk

CALLERS = ("GRID_WORKER", "GRID_LEADER", "DISPATCHER")
TITLE, PHRASE = "请电话告知当事人", "电话告知"
DESK_TITLE, DESK_PHRASE = "电话未能告知当事人", "电话未通"


async def open_task(session: AsyncSession, message: Message, now: datetime) -> None:
    """Once per message; a case that is not known here has nobody who could be asked."""
    case = await session.get(CaseCopy, message.case_id) if message.case_id else None
    if case is None:
        return
    row = insert(PhoneTask).values(
        id=new_id(),
        message_id=message.id,
        case_id=case.id,
        owner_id=message.recipient_id,
        opened_at=now,
    )
    await session.execute(row.on_conflict_do_nothing())
    text = f"有当事人没有收到以下通知，请在电话任务中查看号码并电话告知：{message.body}"
    await tell_callers(session, message, await _callers(session, case), (TITLE, PHRASE, text), now)


async def desk_takes_over(
    session: AsyncSession, message: Message, case: CaseCopy, now: datetime
) -> None:
    """The grid has called in vain: the dispatcher is told."""
    text = f"网格员多次电话未能告知当事人，请综治中心处理：{message.body}"
    callers = await _first_of(session, ("DISPATCHER",), case)
    await tell_callers(session, message, callers, (DESK_TITLE, DESK_PHRASE, text), now)


async def tell_callers(
    session: AsyncSession,
    message: Message,
    callers: Sequence[Recipient],
    words: tuple[str, str, str],
    now: datetime,
) -> None:
    """A message of the same event and notification; whoever was told of one party is not told
    again of the other (invariant 9): the list of tasks has both.
    """
    title, phrase, body = words
    for caller in callers:
        row = insert(Message).values(
            id=new_id(),
            event_id=message.event_id,
            event_type=message.event_type,
            notification=message.notification,
            recipient_kind=caller.kind,
            recipient_id=caller.id,
            case_id=message.case_id,
            complaint_id=message.complaint_id,
            title=title,
            body=body,
            template=Template.TASK,
            card=message.card | {"phrase": phrase, "note": title},
            channels=list(channels_for(caller.kind, (INBOX, WECHAT))),
            quiet=False,
            deliver_after=now,
            created_at=now,
        )
        await session.execute(row.on_conflict_do_nothing())


async def _callers(session: AsyncSession, case: CaseCopy) -> Sequence[Recipient]:
    """Of a confidential case the centre alone knows whose it is (X16)."""
    return await _first_of(session, CALLERS[-1:] if case.confidential else CALLERS, case)


async def _first_of(
    session: AsyncSession, desks: Sequence[str], case: CaseCopy
) -> Sequence[Recipient]:
    place = At(case.division, case.grid_code)
    for desk in desks:
        if found := await at_desk(session, desk, place):
            return found
    return await at_seat(session, SEATS[Desk.STREET_CENTRE](case.division))
