"""`owners tell-again`: a service that learned to listen hears of every owner's homes."""

from __future__ import annotations

import asyncio

import typer
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.intake.houses.commands import Errand, tell
from services.intake.owners.tables import Owner
from shared import audit
from shared.clock import SystemClock
from shared.database import database_is_away
from shared.identity import SYSTEM
from shared.ids import new_id
from shared.operating.transaction import in_transaction
from shared.runtime import Runtime
from shared.settings import Settings, from_environment

ROUND = 20.0  # seconds
AT_ONCE = 100  # accounts in one transaction


def tell_again(settings: Settings) -> None:
    """Tell every owner's account once more, as a new version; the worker does it."""
    accounts = in_transaction(settings, _mark)
    typer.echo(f"{accounts} accounts follow: the worker tells a hundred at a time")


async def _mark(session: AsyncSession) -> int:
    """Contacts are sealed with keys that an operator does not have."""
    marked = update(Owner).where(col(Owner.active)).values(to_tell=True)
    await session.execute(marked)
    waiting = select(func.count()).select_from(Owner).where(col(Owner.to_tell))
    accounts = int((await session.execute(waiting)).scalar_one())
    audit.append(
        session,
        actor=SYSTEM,
        action="owners.told_again",
        subject_type="owners",
        subject_id=new_id(),
        at=SystemClock().now(),
        details={"accounts": accounts},
    )
    return accounts


async def tell_owners_again(runtime: Runtime) -> None:
    """Look again and again until cancelled."""
    while True:
        try:
            await tell_marked(runtime)
        except Exception as failure:  # house: edge — only an absent database is waited out
            if not database_is_away(failure):
                raise
        await asyncio.sleep(ROUND)


async def tell_marked(runtime: Runtime) -> None:
    """Everybody who is to be told, some at a time."""
    while await _some(runtime):
        pass


async def _some(runtime: Runtime) -> int:
    """Who is in somebody's hands comes with the next; who has left was told of by leaving."""
    async with runtime.database.transaction() as session:
        rows = await session.execute(
            select(Owner)
            .where(col(Owner.to_tell))
            .order_by(col(Owner.id))
            .limit(AT_ONCE)
            .with_for_update(skip_locked=True)
        )
        owners = rows.scalars().all()
        errand = Errand(session, runtime, SYSTEM, runtime.clock.now())
        for owner in owners:
            owner.to_tell = False
            if owner.active:
                await tell(errand, owner)
    return len(owners)


def words(service: str) -> typer.Typer:
    """The same in the container of the service itself."""
    application = typer.Typer(help="Owners.", no_args_is_help=True)

    @application.callback()
    def owners() -> None:
        """Owners."""

    @application.command(name="tell-again", help=tell_again.__doc__)
    def again() -> None:
        tell_again(from_environment(service))

    return application
