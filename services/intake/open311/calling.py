"""A call as every address of the facade needs it: form of the answer, parameters, key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from services.intake.open311.clients import by_key
from services.intake.open311.domain.documents import Form, Value
from services.intake.open311.domain.fields import Fields
from services.intake.open311.domain.refusals import FormatUnknown, JurisdictionUnknown, KeyMissing
from services.intake.open311.tables import Open311Client
from services.intake.open311.writing import form_of, reply
from shared.rulebook import Rulebook
from shared.runtime import Runtime
from shared.web.dependencies import CurrentRuntime
from shared.web.forms import pairs_in, pairs_of

KEY_HEADER = "x-api-key"
ONCE_HEADER = "idempotency-key"


@dataclass(frozen=True)
class Call:
    """`key` is the api_key as a parameter, else as a header; `once` an Idempotency-Key."""

    runtime: Runtime
    form: Form
    fields: Fields
    now: datetime
    rulebook: Rulebook
    base: str
    key: str | None
    once: str | None

    def reply(self, root: str, value: Value) -> Response:
        return reply(self.form, root, value)

    async def client(self, session: AsyncSession) -> Open311Client:
        """Raises KeyMissing or KeyUnknown."""
        if self.key is None:
            raise KeyMissing
        return await by_key(session, self.key)

    async def client_if_any(self, session: AsyncSession) -> Open311Client | None:
        """Reading needs no key; a wrong one is told all the same. Raises KeyUnknown."""
        return await self.client(session) if self.key else None


async def call(request: Request, current: CurrentRuntime) -> Call:
    """Parameters of the body win over those of the query.

    Raises FormatUnknown, FormNeeded, FormNotUtf8, FormMalformed or JurisdictionUnknown.
    """
    form = form_of(request.scope)
    if form is None:
        raise FormatUnknown
    fields = await _fields(request)
    now = current.clock.now()
    rulebook = current.rulebooks.in_force_at(now)
    jurisdiction = fields.one("jurisdiction_id")
    if jurisdiction not in (None, *rulebook.open311.jurisdictions):
        raise JurisdictionUnknown
    return Call(
        runtime=current,
        form=form,
        fields=fields,
        now=now,
        rulebook=rulebook,
        base=_base(request, current),
        key=fields.one("api_key") or request.headers.get(KEY_HEADER),
        once=request.headers.get(ONCE_HEADER),
    )


CurrentCall = Annotated[Call, Depends(call)]


async def _fields(request: Request) -> Fields:
    pairs = pairs_in(request.scope["query_string"])
    if request.method == "POST":
        pairs += await pairs_of(request)
    return Fields.of(pairs)


def _base(request: Request, runtime: Runtime) -> str:
    """Where the facade is reached, without a slash at its end."""
    asked = f"{request.url.scheme}://{request.url.netloc}"
    public = runtime.settings.optional("PUBLIC_URL") or asked
    return f"{public.rstrip('/')}/{runtime.name}/open311"
