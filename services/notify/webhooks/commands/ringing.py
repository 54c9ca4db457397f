"""Waking the sender once what is to be sent is durable."""

from __future__ import annotations

from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from services.notify.webhooks.commands.announcing import BELL
from shared.database import after_commit, database_of


def ring(session: AsyncSession) -> None:
    after_commit(session, partial(database_of(session).ring, BELL))
