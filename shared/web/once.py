"""`Idempotency-Key`: a POST that creates takes effect once, however often it is sent.

The key's row is inserted first, in the same transaction as the effect: a second request with the
same key waits for the first one, then gets the stored answer.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, TypeVar
from uuid import UUID

from fastapi import Depends, Header, Request, Response
from pydantic import BaseModel
from python_multipart.multipart import parse_options_header
from sqlalchemy import Column, DateTime, Integer, MetaData, Table, Text, text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.errors import Invalid
from shared.web.dependencies import CurrentActor, SessionDep
from shared.web.problems import IDEMPOTENCY_KEY, KEY_DESCRIPTION

A = TypeVar("A", bound=BaseModel)

INSERT = text("""
    INSERT INTO idempotency_key (actor, key, fingerprint) VALUES (:actor, :key, :fingerprint)
    ON CONFLICT DO NOTHING
""")
SELECT = text("""
    SELECT fingerprint, status, answer FROM idempotency_key WHERE actor = :actor AND key = :key
""")
STORE = text("""
    UPDATE idempotency_key SET status = :status, answer = :answer
    WHERE actor = :actor AND key = :key
""")
FORGET = text("DELETE FROM idempotency_key WHERE actor = :actor")


class IdempotencyKeyReused(Invalid):
    """This Idempotency-Key was used for another request."""

    code = "IDEMPOTENCY_KEY_REUSED"
    chinese = "该 Idempotency-Key 已用于内容不同的请求。"


def _as_it_is(answer: BaseModel) -> BaseModel:
    return answer


def add_tables(metadata: MetaData) -> None:
    Table(
        "idempotency_key",
        metadata,
        Column("actor", Text, primary_key=True),
        Column("key", Text, primary_key=True),
        Column("fingerprint", Text, nullable=False),
        Column("status", Integer),
        Column("answer", Text),
        Column(
            "created_at",
            DateTime(timezone=True),
            nullable=False,
            index=True,
            server_default=text("clock_timestamp()"),
        ),
    )


@dataclass(frozen=True)
class Once:
    session: AsyncSession
    actor: str
    key: str
    fingerprint: str

    async def run(
        self,
        work: Callable[[], Awaitable[A]],
        *,
        status: int = 201,
        kept: Callable[[A], BaseModel] = _as_it_is,
    ) -> Response:
        """Do `work`, or answer as it was answered before: `kept` says what of the answer may be
        written down, where something is shown only once.
        """
        inserted = await self.session.execute(INSERT, self._row)
        if inserted.rowcount == 0:  # type: ignore[attr-defined]
            return await self._again()
        answer = await work()
        stored = {"status": status, "answer": kept(answer).model_dump_json()}
        await self.session.execute(STORE, self._row | stored)
        return _json(answer.model_dump_json(), status)

    async def _again(self) -> Response:
        row = (await self.session.execute(SELECT, self._row)).one()
        if row.fingerprint != self.fingerprint:
            raise IdempotencyKeyReused
        return _json(row.answer, row.status, replayed=True)

    @property
    def _row(self) -> dict[str, str]:
        return {"actor": self.actor, "key": self.key, "fingerprint": self.fingerprint}


def fingerprint(method: str, path: str, body: bytes, boundary: bytes = b"") -> str:
    """Equal for the same request; the formatting of the JSON does not count, nor does the boundary
    of a multipart body, which every attempt draws anew.
    """
    if boundary:
        body = body.replace(boundary, b"")
    try:
        canonical = json.dumps(json.loads(body), sort_keys=True).encode() if body else b""
    except ValueError:
        canonical = body
    return hashlib.sha256(b"\n".join([method.encode(), path.encode(), canonical])).hexdigest()


async def forget_answers(session: AsyncSession, actor_id: UUID) -> None:
    """The answers kept for an account that is gone."""
    await session.execute(FORGET, {"actor": str(actor_id)})


IdempotencyKey = Annotated[
    str, Header(alias=IDEMPOTENCY_KEY, min_length=8, max_length=128, description=KEY_DESCRIPTION)
]


async def once(
    request: Request, session: SessionDep, actor: CurrentActor, key: IdempotencyKey
) -> Once:
    body = await request.body()
    boundary = parse_options_header(request.headers.get("content-type"))[1].get(b"boundary", b"")
    same = fingerprint(request.method, request.url.path, body, boundary)
    return Once(session, str(actor.id), key, same)


OnceDep = Annotated[Once, Depends(once)]


def _json(answer: str, status: int, *, replayed: bool = False) -> Response:
    headers = {"Idempotent-Replayed": "true"} if replayed else {}
    return Response(answer, status_code=status, headers=headers, media_type="application/json")
