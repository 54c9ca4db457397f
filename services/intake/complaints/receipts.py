"""The mini-program's door: how a request becomes a filing, and a filing its answer."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from fastapi import Response

from services.intake.complaints.domain.content import emergency_calls, title_of, with_police
from services.intake.complaints.domain.doors import DoorKind
from services.intake.complaints.filing import Door, Draft, Filed, OnceKey
from services.intake.complaints.lookup_codes import code_of
from services.intake.complaints.schemas import Receipt
from shared.identity import Actor
from shared.runtime import Runtime

CREATED = 201
REPLAYED = {"Idempotent-Replayed": "true"}


def mini_program(actor: Actor, key: str, draft: Draft, address: str | None) -> Door:
    """Owners complain about the estates where they have a verified home (A04)."""
    return Door(
        kind=DoorKind.MINI_PROGRAM,
        actor=actor,
        once=OnceKey(str(actor.id), key, fingerprint_of(draft)),
        owner_id=actor.id,
        in_person=True,
        address=address,
    )


def fingerprint_of(draft: Draft) -> str:
    """Equal for the same complaint, however its JSON was written."""
    return hashlib.sha256(f"complaint\n{draft.every_word()}".encode()).hexdigest()


def answer_with(
    runtime: Runtime,
    filed: Filed,
    draft: Draft,
    *,
    with_code: bool = True,
    calls: Sequence[str] | None = None,
    kind: type[Receipt] = Receipt,
) -> Response:
    """The receipt of that `kind`; a replay is the first answer again. `calls` where they are known
    already.

    Without an account a complaint is looked up by code (X15), so only who filed from an own
    account, and not anonymously, goes `with_code=False`.
    """
    rulebook = runtime.rulebooks.in_force_at(filed.submitted_at)
    if calls is None:
        calls = emergency_calls(rulebook, title_of(draft.title, draft.text), draft.text)
    calls = with_police(rulebook, draft.category, calls)
    code = code_of(runtime.blind_index, filed.id) if with_code else None
    receipt = kind.of(filed, calls, rulebook, code)
    return Response(
        receipt.model_dump_json(),
        status_code=CREATED,
        headers=REPLAYED if filed.replayed else None,
        media_type="application/json",
    )
