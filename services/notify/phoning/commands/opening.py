"""Neither WeChat nor a text message took it: the grid worker is asked to call (N07)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.notify.changes.reading import announce
from services.notify.copies.tables import CaseCopy, OwnerCopy
from services.notify.messages.commands.telling import BELL, delivery
from services.notify.messages.desks import at_desk
from services.notify.messages.domain.course import INBOX, WECHAT
from services.notify.messages.domain.notice import Template
from services.notify.messages.domain.planning import Matter, plan
from services.notify.messages.domain.recipient import Recipient
from services.notify.messages.ladder import SEATS
from services.notify.messages.places import At
from services.notify.messages.staffing import at_seat
from services.notify.messages.tables import Message
from services.notify.phoning.tables import PhoneTask
from services.notify.preferences.domain.choice import AS_USUAL
from services.notify.preferences.queries import choices
from shared.database import after_commit, database_of
from shared.ids import new_id
from shared.rulebook import Desk, Rulebook

CALLERS = ("GRID_WORKER", "GRID_LEADER", "DISPATCHER")
TITLE, PHRASE = "请电话告知当事人", "电话告知"
DESK_TITLE, DESK_PHRASE = "电话未能告知当事人", "电话未通"


@dataclass(frozen=True)
class Words:
    title: str
    phrase: str
    body: str


async def open_task(session: AsyncSession, message: Message, book: Rulebook, now: datetime) -> None:
    """Once per message; a case that is not known here has nobody who could be asked, and who has
    left while the message was on its way is not called.
    """
    case = await session.get(CaseCopy, message.case_id) if message.case_id else None
    owner = await session.get(OwnerCopy, message.recipient_id)
    if case is None or (owner is not None and not owner.active):
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
    words = Words(TITLE, PHRASE, text)
    await _tell(session, message, await _callers(session, case), words, book, now)


async def desk_takes_over(
    session: AsyncSession, message: Message, case: CaseCopy, book: Rulebook, now: datetime
) -> None:
    """The grid has called in vain: the dispatcher is told."""
    text = f"网格员多次电话未能告知当事人，请综治中心处理：{message.body}"
    callers = await _first_of(session, ("DISPATCHER",), case)
    await _tell(session, message, callers, Words(DESK_TITLE, DESK_PHRASE, text), book, now)


async def _tell(
    session: AsyncSession,
    message: Message,
    callers: Sequence[Recipient],
    words: Words,
    book: Rulebook,
    now: datetime,
) -> None:
    """A message of the same event and notification, as each chose to be told; whoever was told of
    one party is not told again of the other (invariant 9): the list of tasks has both.
    """
    matter = _matter(message, book)
    chosen = await choices(session, [caller.id for caller in callers])
    for caller in callers:
        planned = plan(caller, matter, chosen.get(caller.id, AS_USUAL), book.notices, now)
        row = insert(Message).values(
            id=new_id(),
            created_at=now,
            **_content(message, words),
            **delivery(caller, matter, planned),
        )
        await session.execute(row.on_conflict_do_nothing())
    after_commit(session, partial(database_of(session).ring, BELL))
    announce(session)


def _matter(message: Message, book: Rulebook) -> Matter:
    """A task like any other (N04), whatever the law wants the party to be told."""
    rule = book.notifications[message.notification]
    task = rule.model_copy(update={"channels": (INBOX, WECHAT), "statutory": False})
    return Matter(task, Template.TASK, message.urgent)


def _content(message: Message, words: Words) -> dict[str, Any]:
    return {
        "event_id": message.event_id,
        "event_type": message.event_type,
        "notification": message.notification,
        "case_id": message.case_id,
        "complaint_id": message.complaint_id,
        "title": words.title,
        "body": words.body,
        "template": Template.TASK,
        "card": message.card | {"phrase": words.phrase, "note": words.title},
    }


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
