"""`directory tell-again`: a service that learned to listen hears of all that was told before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

import typer
from sqlalchemy import func, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.routing.directory.states import division_state, organisation_state
from services.routing.directory.tables import Division, Estate, Organisation, Staff
from shared import audit
from shared.clock import BEIJING, SystemClock
from shared.contracts import Event
from shared.contracts.directory import DivisionChanged, OrganisationChanged
from shared.identity import SYSTEM
from shared.ids import new_id
from shared.messaging import publish
from shared.operating.transaction import in_transaction
from shared.settings import Settings, from_environment

Row = TypeVar("Row", Division, Organisation)


def tell_again(settings: Settings) -> None:
    """Tell every division, organisation, account and estate once more, each as a new version."""
    told, accounts, estates = in_transaction(settings, _tell)
    typer.echo(f"{told} divisions and organisations told, {accounts} accounts, {estates} estates")
    typer.echo("follow: the worker tells accounts and estates a hundred at a time")


async def _tell(session: AsyncSession) -> tuple[int, int, int]:
    """Accounts and estates are told by the worker, as on a day on which they change: contacts are
    sealed with keys that an operator does not have.
    """
    now = SystemClock().now()
    told = await _tell_now(session, now)
    today = now.astimezone(BEIJING).date()
    for table in (Staff, Estate):
        await session.execute(update(table).values(changes_on=today))
    counts = [
        (await session.execute(select(func.count()).select_from(table))).scalar_one()
        for table in (Staff, Estate)
    ]
    audit.append(
        session,
        actor=SYSTEM,
        action="directory.told_again",
        subject_type="directory",
        subject_id=new_id(),
        at=now,
        details={"told": told},
    )
    return told, counts[0], counts[1]


async def _tell_now(session: AsyncSession, now: datetime) -> int:
    divisions = await _locked(session, Division)
    organisations = await _locked(session, Organisation)
    for division in divisions:
        division.version += 1
    for organisation in organisations:
        organisation.version += 1
    events: list[Event] = [DivisionChanged(division=division_state(row)) for row in divisions]
    events += [OrganisationChanged(organisation=organisation_state(row)) for row in organisations]
    for event in events:
        publish(session, event, actor=SYSTEM, at=now)
    return len(events)


async def _locked(session: AsyncSession, table: type[Row]) -> Sequence[Row]:
    wanted = select(table).order_by(col(table.id)).with_for_update()
    return (await session.execute(wanted)).scalars().all()


def words(service: str) -> typer.Typer:
    """The same in the container of the service itself."""
    application = typer.Typer(help="The directory.", no_args_is_help=True)

    @application.callback()
    def directory() -> None:
        """The directory."""

    @application.command(name="tell-again", help=tell_again.__doc__)
    def again() -> None:
        tell_again(from_environment(service))

    return application
