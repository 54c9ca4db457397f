"""POST requests: one complaint, however often the same client sends the same words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.intake.complaints.domain.content import emergency_calls
from services.intake.complaints.domain.doors import DoorKind
from services.intake.complaints.domain.placing import Wish
from services.intake.complaints.domain.promises import next_step
from services.intake.complaints.filing import Door, Draft, Filed, FilingDesk, OnceKey, prepare
from services.intake.open311.calling import Call
from services.intake.open311.clients import acting
from services.intake.open311.domain.refusals import FilingTooOften
from services.intake.open311.domain.submitting import Sent, sent, window_keys
from services.intake.open311.locating import wish_for
from services.intake.open311.tables import Open311Client
from services.intake.owners.contacts import Contacts
from services.intake.owners.queries import by_mobile
from shared.contracts.narrative import Location
from shared.identifiers import InvalidMobileNumber, mobile_number
from shared.identity import AttemptLimit, TooManyAttempts, admit
from shared.rulebook.sections.filing import FilingLimit

ANSWERED = text("""
    SELECT idempotency_key.key FROM idempotency_key
      JOIN complaint ON complaint.id = CAST(idempotency_key.answer AS uuid)
     WHERE idempotency_key.actor = :holder AND idempotency_key.key = ANY(:keys)
       AND complaint.submitted_at > :after
     ORDER BY complaint.submitted_at LIMIT 1
""")
ANYWHERE = "*"
REPORTERS = ("account_id", "device_id")


async def take(call: Call) -> list[dict[str, Any]]:
    """The receipt as a list of one.

    Raises KeyMissing, KeyUnknown, FilingTooOften, or what is wrong with the request.
    """
    async with call.runtime.database.transaction() as session:
        client = await call.client(session)
        request = sent(call.fields, call.rulebook)
        once, answered = await _once(session, call, client, request)
        draft = _draft(call, request, await _wish(session, call, request))
        if not answered and not _in_danger(call, draft):
            await _admit(session, call, client)
        door = await _door(session, call, client, request, once)
    filed = await call.runtime.part(FilingDesk).hand_in(prepare(call.runtime, draft, door))
    return [_receipt(call, request, draft, filed)]


async def _wish(session: AsyncSession, call: Call, request: Sent) -> Wish:
    return await wish_for(
        session,
        address_id=call.fields.one("address_id"),
        address=call.fields.one("address_string"),
        building=request.building,
        point=request.point,
        within=call.rulebook.open311.nearest_within_metres,
        division=call.rulebook.open311.division,
    )


def _draft(call: Call, request: Sent, wish: Wish) -> Draft:
    point = request.point
    return Draft(
        wish=wish,
        text=request.text(call.rulebook.intake.text_characters_at_least),
        place=request.place,
        category=request.category.code,
        anonymous=request.nameless,
        location=Location(latitude=point[0], longitude=point[1], system="WGS84") if point else None,
    )


async def _door(
    session: AsyncSession, call: Call, client: Open311Client, request: Sent, once: OnceKey
) -> Door:
    """A reporter who has an account here is found by the number, as the hotline's are (B03)."""
    mobile = _mobile(call.fields.one("phone"))
    contacts = call.runtime.part(Contacts)
    known = await by_mobile(session, contacts.candidates(mobile, "mobile")) if mobile else None
    return Door(
        kind=DoorKind.OPEN311,
        actor=acting(client),
        once=once,
        owner_id=known.id if known else None,
        client_id=client.id,
        contact_name=request.name,
        contact_mobile=None if known else mobile,
        details=request.details(),
    )


async def _once(
    session: AsyncSession, call: Call, client: Open311Client, request: Sent
) -> tuple[OnceKey, bool]:
    """A client that knows no Idempotency-Key has one made of its words and the time; also whether
    it has been answered.
    """
    holder, fingerprint = f"open311:{client.id}", request.fingerprint()
    within: timedelta = call.rulebook.open311.same_within
    keys = [call.once] if call.once else list(window_keys(fingerprint, call.now, within))
    after = call.now - (within if call.once is None else timedelta(days=36_500))
    found = await session.execute(ANSWERED, {"holder": holder, "keys": keys, "after": after})
    first: str | None = found.scalar_one_or_none()
    return OnceKey(holder, first or keys[0], fingerprint), first is not None


def _in_danger(call: Call, draft: Draft) -> bool:
    """Danger is never limited (X31)."""
    return bool(emergency_calls(call.rulebook, draft.title or "", draft.text))


async def _admit(session: AsyncSession, call: Call, client: Open311Client) -> None:
    """Only what is taken counts: a refusal undoes it. Raises FilingTooOften."""
    facade, account = call.rulebook.open311, f"open311:{client.id}"
    hourly = facade.client.times if client.hourly is None else client.hourly
    limit = AttemptLimit(hourly, facade.client.window)
    try:
        await admit(session, account=account, address=ANYWHERE, limit=limit, at=call.now)
        for who in _reporters(call, client.id):
            await admit(
                session, account=account, address=who, limit=_limit(facade.account), at=call.now
            )
    except TooManyAttempts as refused:
        raise FilingTooOften from refused


def _limit(limit: FilingLimit) -> AttemptLimit:
    return AttemptLimit(limit.times, limit.window)


def _reporters(call: Call, client_id: UUID) -> list[str]:
    """Accounts and devices as keyed hashes: what is counted names nobody."""
    index = call.runtime.blind_index
    return [
        index.of(f"{client_id}/{value}", table="open311", column=name)
        for name in REPORTERS
        if (value := call.fields.one(name))
    ]


def _mobile(phone: str | None) -> str | None:
    """What is no mobile number of the mainland stays among the details."""
    try:
        return mobile_number(phone) if phone else None
    except InvalidMobileNumber:
        return None


def _receipt(call: Call, request: Sent, draft: Draft, filed: Filed) -> dict[str, Any]:
    """The same for the same request."""
    rulebook = call.runtime.rulebooks.in_force_at(filed.submitted_at)
    batch = request.category.code in rulebook.open311.batch_services
    numbers = emergency_calls(rulebook, draft.title or "", draft.text)
    urgent = f"情况紧急，请立即拨打{'、'.join(numbers)}。" if numbers else ""
    named = {"token": str(filed.id)} if batch else {"service_request_id": filed.number}
    return {
        **named,
        "service_notice": urgent + next_step(rulebook, by_code=False),
        "account_id": call.fields.one("account_id"),
    }
