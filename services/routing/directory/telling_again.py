"""`directory tell-again`: a service that learned to listen hears of all that was told before."""

from __future__ import annotations

import typer
from sqlalchemy import func, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.routing.directory.states import organisation_state
from services.routing.directory.tables import Estate, Organisation, Staff
from shared import audit
from shared.clock import BEIJING, SystemClock
from shared.contracts.directory import OrganisationChanged
from shared.identity import SYSTEM
from shared.ids import new_id
from shared.messaging import publish
from shared.operating.transaction import in_transaction
from shared.settings import Settings, from_environment


def tell_again(settings: Settings) -> None:
    """Tell every organisation, account and estate once more, each as a new version."""
    organisations, accounts, estates = in_transaction(settings, _tell)
    typer.echo(f"{organisations} organisations told, {accounts} accounts and {estates} estates")
    typer.echo("follow: the worker tells a hundred at a time")


async def _tell(session: AsyncSession) -> tuple[int, int, int]:
    """Accounts and estates are told by the worker, as on a day on which they change: contacts are
    sealed with keys that an operator does not have.
    """
    now = SystemClock().now()
    rows = await session.execute(
        select(Organisation).order_by(col(Organisation.id)).with_for_update()
    )
    organisations = rows.scalars().all()
    for row in organisations:
        row.version += 1
        event = OrganisationChanged(organisation=organisation_state(row))
        publish(session, event, actor=SYSTEM, at=now)
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
        details={"organisations": len(organisations)},
    )
    return len(organisations), counts[0], counts[1]


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
