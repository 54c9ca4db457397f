"""The samples do what their pages say: T19, P14. Each is a process of its own."""

from __future__ import annotations

import asyncio
import json
import os
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from shared.clock import SystemClock
from shared.signatures import (
    PrivateKey,
    PublicKey,
    SharedSecret,
    Signer,
    parse_signer,
    parse_verifier,
    sign,
)
from tests.kit.hub import CallbackHub, callback_hub
from tests.kit.programs import Receiver, command
from tests.waiting import until

HUB = PrivateKey.generate()
SECRET, NEXT_SECRET = SharedSecret.generate(), SharedSecret.generate()
HUB_KEYS = " ".join((HUB.public().text(), SECRET.text(), NEXT_SECRET.text()))
ORGANISATION = str(uuid4())
TOLD = {"type": "routing.case_dispatched", "case_number": "XN421202-20260302-00017"}
BODY = json.dumps(TOLD).encode()

LANGUAGES = ("python", pytest.param("node", marks=pytest.mark.node))
each_language = pytest.mark.parametrize("language", LANGUAGES)


def headers(*keys: Signer, id: str = "d-1", seconds: int = 0, body: bytes = BODY) -> dict[str, str]:
    return sign(body, id=id, at=SystemClock().now() + timedelta(seconds=seconds), keys=keys)


async def deliver(to: Receiver, signed: dict[str, str], body: bytes = BODY) -> int:
    async with httpx.AsyncClient(trust_env=False) as client:
        return (await client.post(to.url, content=body, headers=signed)).status_code


@each_language
async def test_what_is_good_is_taken_once(language: str, tmp_path: Path) -> None:
    """Any key that the hub may sign with, also two at once while one replaces the other; a
    repetition is answered as the first was, also after a crash."""
    receiver = Receiver(language, tmp_path, {"HUB_KEYS": HUB_KEYS})
    strangers: list[Signer] = [PrivateKey.generate(), SharedSecret.generate()]
    ways: list[list[Signer]] = [[HUB], [SECRET], [NEXT_SECRET], [HUB, SECRET], [*strangers, HUB]]
    async with receiver.running():
        for number, keys in enumerate(ways):
            for _ in range(2):
                assert await deliver(receiver, headers(*keys, id=f"d-{number}")) == 204
        assert await deliver(receiver, headers(HUB, id="late", seconds=-290)) == 204
    async with receiver.running():
        assert await deliver(receiver, headers(HUB, id="d-0")) == 204
        await until(lambda: _worked_on(receiver, 6))
    assert list(receiver.stored()) == ["d-0", "d-1", "d-2", "d-3", "d-4", "late"]


@each_language
async def test_what_is_not_good_is_refused(language: str, tmp_path: Path) -> None:
    """Altered, stale, early, with other keys, without headers: 401, and nothing is kept."""
    receiver = Receiver(language, tmp_path, {"HUB_KEYS": HUB_KEYS})
    async with receiver.running():
        for key in (HUB, SECRET):
            true = headers(key)
            assert await deliver(receiver, true, BODY + b" ") == 401
            assert await deliver(receiver, true | {"webhook-id": "d-2"}) == 401
            later = str(int(true["webhook-timestamp"]) + 1)
            assert await deliver(receiver, true | {"webhook-timestamp": later}) == 401
            assert await deliver(receiver, headers(key, seconds=-310)) == 401
            assert await deliver(receiver, headers(key, seconds=310)) == 401
            for name in true:
                rest = {each: value for each, value in true.items() if each != name}
                assert await deliver(receiver, rest) == 401
            for odd in ("", "v1,", "v1a,", "v1a,AAAA", "v1,%C3%A9", "v2,x"):
                assert await deliver(receiver, true | {"webhook-signature": odd}) == 401
        for key in (PrivateKey.generate(), SharedSecret.generate()):
            assert await deliver(receiver, headers(key)) == 401
        with suppress(httpx.TransportError):  # it may hang up before all of it was sent
            assert await deliver(receiver, headers(HUB, body=b""), b"x" * 1_000_001) == 413
    assert receiver.stored() == {}


@each_language
async def test_a_dispatched_case_is_signed_for_once(language: str, tmp_path: Path) -> None:
    """The answer goes out after the delivery was answered; another delivery of it changes nothing,
    and a hub that fails is asked again under the same id."""
    own = PrivateKey.generate()
    async with callback_hub(own.public()) as hub:
        hub.statuses = [503]
        receiver = Receiver(language, tmp_path, {"HUB_KEYS": HUB_KEYS} | caller(hub, own.text()))
        async with receiver.running():
            for _ in range(3):
                assert await deliver(receiver, headers(HUB)) == 204
            await until(lambda: _worked_on(receiver, 1))
            assert await deliver(receiver, headers(HUB)) == 204
        assert receiver.stored() == {"d-1": "signed: 200"}
    assert [each.webhook_id for each in hub.taken] == ["sign-d-1", "sign-d-1"]
    assert {each.body for each in hub.taken} == {hub.taken[0].body}
    assert json.loads(hub.taken[0].body) == TOLD | {"type": "case.signed"}
    assert {(each.organisation, each.path) for each in hub.taken} == {
        (ORGANISATION, "/routing/callbacks/department")
    }


@each_language
@pytest.mark.parametrize("kind", ["whsk", "whsec"])
async def test_a_callback_from_the_command_line(language: str, kind: str) -> None:
    """With the pair that the program makes, or with a secret that the hub made."""
    text, verifier = await new_key(language) if kind == "whsk" else (SECRET.text(), SECRET)
    message = json.dumps(TOLD | {"type": "case.result", "text": "已核查"}, ensure_ascii=False)
    async with callback_hub(verifier) as hub:
        hub.statuses = [200, 409]
        first = await ran(language, "court", message, "m-1", **caller(hub, text))
        second = await ran(language, "court", message, "m-2", **caller(hub, text))
    assert first == (0, '200 {"said":"case.result"}')
    assert second == (1, '409 {"said":"case.result"}')
    assert [each.webhook_id for each in hub.taken] == ["m-1", "m-2"]
    assert json.loads(hub.taken[0].body) == json.loads(message)
    assert hub.taken[0].path == "/routing/callbacks/court"


async def test_the_library_agrees(tmp_path: Path) -> None:
    """`standardwebhooks` takes what we sign with the endpoint's secret, and nothing else."""
    settings = {"HUB_SECRETS": f"{SECRET.text()} {NEXT_SECRET.text()}"}
    receiver = Receiver("python", tmp_path, settings, program="receiver_standardwebhooks")
    async with receiver.running():
        assert await deliver(receiver, headers(HUB, SECRET)) == 204
        assert await deliver(receiver, headers(NEXT_SECRET)) == 204
        assert await deliver(receiver, headers(HUB)) == 401
        assert await deliver(receiver, headers(SECRET), BODY + b" ") == 401
        assert await deliver(receiver, headers(SECRET, seconds=-310)) == 401


@pytest.mark.node
async def test_a_line_that_a_crash_cut_off_stops_nobody(tmp_path: Path) -> None:
    receiver = Receiver("node", tmp_path, {"HUB_KEYS": HUB_KEYS})
    whole = json.dumps({"id": "d-0", "told": TOLD}, ensure_ascii=False)
    receiver.inbox.write_text(f'{whole}\n{{"id": "d-1", "to')
    async with receiver.running():
        assert await deliver(receiver, headers(HUB)) == 204
        await until(lambda: _worked_on(receiver, 2))
    assert list(receiver.stored()) == ["d-0", "d-1"]


@pytest.mark.parametrize("program", ["receiver", "receiver_standardwebhooks"])
@pytest.mark.parametrize("length", ["-1", "1000001", "9" * 5000, "x"])
async def test_nothing_is_read_of_a_length_that_is_none(
    program: str, length: str, tmp_path: Path
) -> None:
    """The connection stays open: who reads on until it ends reads whatever is sent."""
    settings = {"HUB_KEYS": HUB_KEYS, "HUB_SECRETS": SECRET.text()}
    receiver = Receiver("python", tmp_path, settings, program=program)
    async with receiver.running():
        reader, writer = await asyncio.open_connection("127.0.0.1", receiver.port)
        writer.write(f"POST /hook HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n".encode())
        assert (await reader.readline()).startswith(b"HTTP/1.1 413 ")
        writer.close()


def caller(hub: CallbackHub, key: str) -> dict[str, str]:
    return {"HUB_URL": hub.origin, "ORGANISATION_ID": ORGANISATION, "OWN_KEY": key}


async def ran(language: str, *words: str, **settings: str) -> tuple[int, str]:
    """Exit code and output of the caller."""
    process = await asyncio.create_subprocess_exec(
        *command(language, "caller", *words),
        env={"PATH": os.environ["PATH"], "PYTHONIOENCODING": "utf-8"} | settings,
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await process.communicate()
    return process.returncode or 0, output.decode().strip()


async def new_key(language: str) -> tuple[str, PublicKey]:
    code, output = await ran(language, "new-key-pair")
    private, public = output.split()
    own, verifier = parse_signer(private), parse_verifier(public)
    assert code == 0
    assert isinstance(own, PrivateKey)
    assert isinstance(verifier, PublicKey)
    assert own.public().text() == verifier.text()
    return private, verifier


async def _worked_on(receiver: Receiver, number: int) -> bool:
    done = receiver.stored().values()
    return len(done) == number and None not in done
