"""A callback takes effect once: the same webhook id is answered as it was answered before."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import Response
from sqlalchemy import text

from services.routing.integration.guards import SignedCallback
from services.routing.integration.schemas import CallbackOut
from shared.errors import Conflict

INSERT = text("""
    INSERT INTO received_callback (organisation_id, webhook_id, fingerprint, received_at, key_id)
    VALUES (:organisation_id, :webhook_id, :fingerprint, :received_at, :key_id)
    ON CONFLICT DO NOTHING
""")
SELECT = text("""
    SELECT fingerprint, answer FROM received_callback
    WHERE organisation_id = :organisation_id AND webhook_id = :webhook_id
""")
STORE = text("""
    UPDATE received_callback SET answer = :answer
    WHERE organisation_id = :organisation_id AND webhook_id = :webhook_id
""")


class WebhookIdReused(Conflict):
    """This webhook id was used for another message."""

    code = "WEBHOOK_ID_REUSED"
    chinese = "该 webhook-id 已用于内容不同的消息。"


async def answered_once(
    callback: SignedCallback, work: Callable[[], Awaitable[CallbackOut]]
) -> Response:
    """A repetition waits for the first one, then gets its answer. Raises WebhookIdReused."""
    session = callback.on.session
    row = {"organisation_id": callback.organisation_id, "webhook_id": callback.webhook_id}
    seen = {
        "fingerprint": callback.fingerprint,
        "received_at": callback.on.now,
        "key_id": callback.key_id,
    }
    inserted = await session.execute(INSERT, row | seen)
    if inserted.rowcount == 0:  # type: ignore[attr-defined]
        return await _again(callback, row)
    answer = (await work()).model_dump_json()
    await session.execute(STORE, row | {"answer": answer})
    return Response(answer, media_type="application/json")


async def _again(callback: SignedCallback, row: dict[str, object]) -> Response:
    found = (await callback.on.session.execute(SELECT, row)).one()
    if found.fingerprint != callback.fingerprint:
        raise WebhookIdReused
    headers = {"Idempotent-Replayed": "true"}
    return Response(found.answer, media_type="application/json", headers=headers)
