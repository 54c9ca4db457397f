"""Representatives are appointed, take up the appointment with a code, and are released (E09)."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from services.survey.deed import Deed
from services.survey.ratings.codes import hash_of, new_code
from services.survey.ratings.commands.recording import record_representative
from services.survey.ratings.domain.kinds import RepresentativeKind
from services.survey.ratings.domain.representatives import (
    AlreadyRepresentative,
    AppointmentGuessedAt,
    AppointmentRefused,
    Ending,
    RepresentativeStatus,
    refuse_ended,
    refuse_homeless,
    refuse_settled,
    refuse_term,
    status_of,
)
from services.survey.ratings.queries.places import Place, lived_as
from services.survey.ratings.queries.representatives import by_code_hash, in_office
from services.survey.ratings.tables import Representative
from services.survey.surveys.queries import estate_of
from shared.clock import BEIJING
from shared.identity import AttemptLimit, TooManyAttempts, admit
from shared.ids import new_id
from shared.rulebook.sections.ratings import Representatives as Rules
from shared.runtime import Runtime

DOOR = "representative"


async def appoint(
    deed: Deed, place: Place, kind: RepresentativeKind, ends_on: date
) -> tuple[Representative, str]:
    """With the code that is shown once. Raises TermImpossible."""
    refuse_term(ends_on, deed.at.astimezone(BEIJING).date(), rules_of(deed))
    row = Representative(
        id=new_id(),
        kind=kind,
        estate_id=place.estate.id,
        estate_name=place.estate.display_name,
        community=place.community,
        ends_on=ends_on,
        appointed_by=deed.actor.id,
        appointed_at=deed.at,
    )
    deed.session.add(row)
    code = _coded(deed, row)
    record_representative(deed, row, "representative.appointed")
    await deed.session.flush()
    return row, code


async def issue_code(deed: Deed, row: Representative) -> str:
    """Another code; the one before is void. Raises RepresentativeEnded or InOffice."""
    refuse_settled(status(deed, row))
    code = _coded(deed, row)
    record_representative(deed, row, "representative.code_issued")
    return code


async def take_up(deed: Deed, typed: str) -> Representative:
    """The actor is an owner. Of two who take up in one estate the second waits, then is refused.

    Raises AppointmentRefused, NoHomeThere or AlreadyRepresentative.
    """
    row = await by_code_hash(deed.session, hash_of(typed))
    if row is None or status(deed, row) is not RepresentativeStatus.INVITED:
        raise AppointmentRefused
    await estate_of(deed.session, row.estate_id)
    if await in_office(deed.session, deed.actor.id, row.estate_id, deed.at) is not None:
        raise AlreadyRepresentative
    kind = RepresentativeKind(row.kind)
    homes = await lived_as(deed.session, deed.actor.id, row.estate_id)
    refuse_homeless(kind, homes, rules_of(deed))
    row.owner_id, row.taken_up_at = deed.actor.id, deed.at
    row.code_hash = row.code_until = None
    record_representative(deed, row, "representative.taken_up")
    return row


async def release(deed: Deed, row: Representative, reason: str) -> None:
    """Marks that were given stay given. Raises RepresentativeEnded."""
    refuse_ended(status(deed, row))
    end(deed, row, Ending.RELEASED, reason=reason)


def end(deed: Deed, row: Representative, because: Ending, *, reason: str | None = None) -> None:
    row.ended_at, row.ended_because = deed.at, because
    row.code_hash = row.code_until = None
    record_representative(deed, row, "representative.ended", reason=reason)


async def count_guess(runtime: Runtime, owner_id: UUID) -> None:
    """A transaction of its own, so that a refusal counts. Raises AppointmentGuessedAt."""
    now = runtime.clock.now()
    rules = runtime.rulebooks.in_force_at(now).representatives
    limit = AttemptLimit(rules.guesses_at_most, timedelta(minutes=rules.guesses_within_minutes))
    try:
        async with runtime.database.transaction() as session:
            account = f"{DOOR}:{owner_id}"
            await admit(session, account=account, address="*", limit=limit, at=now)
    except TooManyAttempts as refused:
        raise AppointmentGuessedAt(**refused.details) from None


def status(deed: Deed, row: Representative) -> RepresentativeStatus:
    return status_of(
        ends_on=row.ends_on,
        code_until=row.code_until,
        taken_up=row.taken_up_at is not None,
        ended=row.ended_at is not None,
        now=deed.at,
    )


def rules_of(deed: Deed) -> Rules:
    return deed.runtime.rulebooks.in_force_at(deed.at).representatives


def _coded(deed: Deed, row: Representative) -> str:
    code = new_code()
    row.code_hash = hash_of(code)
    row.code_until = deed.at + rules_of(deed).code_lifetime
    return code
