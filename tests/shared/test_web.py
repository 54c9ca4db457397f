"""The HTTP side that all services share: problems, idempotency, paging, limits, health."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Annotated
from uuid import UUID

import httpx
import pytest
from fastapi import APIRouter, Query, Response
from pydantic import BaseModel
from sqlalchemy import text

from shared.clock import SimulatedClock
from shared.errors import Conflict
from shared.hosting import Host, mounted
from shared.identity import Actor, End, Issuer, Role, TokenIssuer
from shared.ids import new_id
from shared.messaging.in_process import InProcessTransport
from shared.settings import Settings
from shared.web.body import Body
from shared.web.dependencies import CurrentActor, CurrentRuntime, SessionDep
from shared.web.front import Front
from shared.web.once import OnceDep
from shared.web.paging import Page, Paging
from tests.environment import environment
from tests.servers import Databases
from tests.shared.toy import START, Toy, count, metadata

router = APIRouter()


class Note(Body):
    text: str
    times: int = 1
    house: UUID | None = None


class Written(BaseModel):
    id: UUID
    text: str


class AlreadyClosed(Conflict):
    """It is closed already."""

    code = "TEST_ALREADY_CLOSED"
    chinese = "已经关闭。"


@router.post("/notes", status_code=201, response_model=Written)
async def write(body: Note, once: OnceDep, session: SessionDep) -> Response:
    async def work() -> Written:
        note = Written(id=new_id(), text=body.text)
        await session.execute(
            text("INSERT INTO effect (event_id, times) VALUES (:id, :times)"),
            {"id": note.id, "times": body.times},
        )
        return note

    return await once.run(work)


@router.get("/numbers")
async def numbers(paging: Paging, highest: Annotated[int, Query(ge=0)] = 250) -> Page[int]:
    first = paging.after[0] + 1 if paging.after else 1
    found = list(range(first, highest + 1))[: paging.limit + 1]
    page, following = paging.cut(found, lambda number: (number,))
    return Page(items=list(page), next=following)


@router.post("/closing")
async def close(_: CurrentActor) -> None:
    raise AlreadyClosed(since="2026-03-02")


@router.get("/whose")
async def whose(runtime: CurrentRuntime, session: SessionDep) -> list[str]:
    """The database that the runtime names, and the one that answers."""
    named = runtime.settings.database_url.rsplit("/", 1)[1]
    return [named, str((await session.execute(text("SELECT current_database()"))).scalar_one())]


@router.get("/accident")
async def accident() -> None:
    raise ZeroDivisionError


FRONT = Front(title="web", routers=(router,))


async def opened(postgres: Databases) -> Host:
    url = await postgres.fresh_database(metadata)
    definition = replace(Toy().definition("intake"), front=FRONT)
    settings = Settings("intake", environment(LIUDUAN_INTAKE_DATABASE_URL=url))
    return await Host.open(definition, settings, SimulatedClock(START), InProcessTransport())


@pytest.fixture
async def host(postgres: Databases) -> AsyncIterator[Host]:
    host = await opened(postgres)
    yield host
    await host.stop()


@pytest.fixture
async def client(host: Host) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(mounted(host), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test/intake") as client:
        yield client


@pytest.fixture
def signed_in(host: Host) -> dict[str, str]:
    keys = environment()
    issuer = TokenIssuer(
        keys["LIUDUAN_INTAKE_SIGNING_KEY"],
        keys["LIUDUAN_INTAKE_SIGNING_KEY_ID"],
        Issuer.INTAKE,
        host.runtime.clock,
    )
    owner = Actor(id=new_id(), end=End.OWNER, roles=frozenset({Role.OWNER}), session_id=new_id())
    return {"Authorization": f"Bearer {issuer.issue(owner).value}"}


def code_of(answer: httpx.Response) -> tuple[int, str]:
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert {"type", "title", "detail", "status", "code", "request_id"} <= problem.keys()
    return answer.status_code, problem["code"]


async def test_a_key_used_again_gives_the_first_answer(
    client: httpx.AsyncClient, host: Host, signed_in: dict[str, str]
) -> None:
    headers = signed_in | {"Idempotency-Key": "first-key"}
    answers = await asyncio.gather(
        *(client.post("/notes", json={"text": "楼道灯坏了"}, headers=headers) for _ in range(8))
    )
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert await count(host.runtime, "effect") == 1


async def test_a_key_used_for_something_else_is_refused(
    client: httpx.AsyncClient, host: Host, signed_in: dict[str, str]
) -> None:
    headers = signed_in | {"Idempotency-Key": "first-key"}
    await client.post("/notes", json={"text": "one"}, headers=headers)
    other = await client.post("/notes", json={"text": "two"}, headers=headers)
    assert code_of(other) == (422, "IDEMPOTENCY_KEY_REUSED")
    assert await count(host.runtime, "effect") == 1


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b'{"text": ', (400, "MALFORMED_JSON")),
        (b'{"text": "a\\u0000b"}', (422, "TEXT_NOT_STORABLE")),
        (b'{"text": "a\\ud800b"}', (422, "TEXT_NOT_UNICODE")),
        (b'{"text": 5}', (422, "INVALID_FIELDS")),
        (b'{"text": "a", "times": true}', (422, "INVALID_FIELDS")),
        (b'{"text": "a", "times": "1"}', (422, "INVALID_FIELDS")),
        (b'{"text": "a", "role": "ADMINISTRATOR"}', (422, "INVALID_FIELDS")),
        (b'{"text": "' + b"a" * 1_100_000 + b'"}', (413, "BODY_TOO_LARGE")),
    ],
)
async def test_bad_input_is_told_by_its_code_and_not_stored(
    client: httpx.AsyncClient,
    host: Host,
    signed_in: dict[str, str],
    content: bytes,
    expected: tuple[int, str],
) -> None:
    headers = signed_in | {
        "Idempotency-Key": "a-key-of-its-own",
        "Content-Type": "application/json",
    }
    answer = await client.post("/notes", content=content, headers=headers)
    assert code_of(answer) == expected
    assert await count(host.runtime, "effect") == 0
    assert await count(host.runtime, "idempotency_key") == 0


async def test_an_endless_body_is_cut(client: httpx.AsyncClient, signed_in: dict[str, str]) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b" " * 65_536

    headers = signed_in | {
        "Idempotency-Key": "a-key-of-its-own",
        "Content-Type": "application/json",
    }
    answer = await client.post("/notes", content=endless(), headers=headers)
    assert code_of(answer) == (413, "BODY_TOO_LARGE")


@pytest.mark.parametrize(
    ("method", "path", "headers", "expected"),
    [
        ("POST", "/closing", {}, (401, "TOKEN_MISSING")),
        ("POST", "/closing", {"Authorization": "Bearer x.y.z"}, (401, "TOKEN_INVALID")),
        ("POST", "/closing", {"Authorization": "Basic eDp5"}, (401, "TOKEN_MISSING")),
        ("GET", "/nowhere", {}, (404, "PATH_NOT_FOUND")),
        ("DELETE", "/numbers", {}, (405, "METHOD_NOT_ALLOWED")),
        ("GET", "/numbers?limit=101", {}, (422, "INVALID_FIELDS")),
        ("GET", "/numbers?cursor=nonsense", {}, (422, "CURSOR_INVALID")),
        ("GET", "/accident", {}, (500, "INTERNAL_FAILURE")),
    ],
)
async def test_every_failure_is_a_problem(
    client: httpx.AsyncClient,
    method: str,
    path: str,
    headers: dict[str, str],
    expected: tuple[int, str],
) -> None:
    assert code_of(await client.request(method, path, headers=headers)) == expected


async def test_a_business_error_carries_its_details_in_two_languages(
    client: httpx.AsyncClient, signed_in: dict[str, str]
) -> None:
    problem = (await client.post("/closing", headers=signed_in)).json()
    assert problem["code"] == "TEST_ALREADY_CLOSED"
    assert (problem["title"], problem["detail"]) == ("已经关闭。", "It is closed already.")
    assert problem["since"] == "2026-03-02"


async def test_a_missing_key_is_told(client: httpx.AsyncClient, signed_in: dict[str, str]) -> None:
    answer = await client.post("/notes", json={"text": "x"}, headers=signed_in)
    assert code_of(answer) == (400, "IDEMPOTENCY_KEY_MISSING")


async def test_pages_join_without_gap_or_overlap(client: httpx.AsyncClient) -> None:
    seen: list[int] = []
    cursor: str | None = ""
    while cursor is not None:
        query = f"&cursor={cursor}" if cursor else ""
        page = (await client.get(f"/numbers?limit=100{query}")).json()
        seen += page["items"]
        cursor = page["next"]
    assert seen == list(range(1, 251))


async def test_a_draining_service_is_alive_but_not_ready(
    client: httpx.AsyncClient, host: Host
) -> None:
    assert (await client.get("/ready")).status_code == 200
    host.drain()
    assert (await client.get("/health")).status_code == 200
    assert code_of(await client.get("/ready")) == (503, "UNAVAILABLE")


async def test_two_runtimes_share_an_app_and_nothing_else(host: Host, postgres: Databases) -> None:
    other = await opened(postgres)
    try:
        assert host.api().app is other.api().app
        clients = [
            httpx.AsyncClient(transport=httpx.ASGITransport(mounted(each)), base_url="http://test")
            for each in (host, other)
        ]
        answers = await asyncio.gather(
            *(client.get("/intake/whose") for _ in range(10) for client in clients)
        )
        found = [answer.json() for answer in answers]
        assert all(named == answering for named, answering in found)
        assert len({named for named, _ in found}) == 2
        assert found[::2] == [found[0]] * 10
        for client in clients:
            await client.aclose()
    finally:
        await other.stop()
