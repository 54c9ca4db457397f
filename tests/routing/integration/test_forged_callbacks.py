"""T19, P14: what was altered, is stale or comes twice has no effect, and all hear the same."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from deploy.demo import world
from deploy.demo.integration import integration_key
from services.routing.integration.keys import install_key
from shared.contracts import routing as said
from shared.contracts.vocabulary import Channel
from shared.signatures import PrivateKey, SharedSecret, Signer
from tests.environment import environment
from tests.routing.drama import FEES, Drama, staff
from tests.routing.integration.altering import Sent, alterations

STREET = staff("zhongzhi.wenquan")
HOUSING = world.department("HOUSING", "421202")
SEED = environment()["LIUDUAN_DEMO_INTEGRATION_SEED"]
SECRET = SharedSecret.parse(integration_key(SEED, HOUSING))
ALTERED = 500  # for each kind of key
NAMES_OF_THE_REQUEST = {"request_id"}


async def a_signature(drama: Drama, *keys: Signer, id: str = "m-1") -> Sent:
    """A true callback that would sign a case, 住新's."""
    case_id = await drama.submit(FEES, channel=Channel.HOTLINE)
    await drama.act(STREET, case_id, "dispatch", {"organisation_id": str(HOUSING)})
    number = (await drama.row(case_id))["number"]
    body = json.dumps({"type": "case.signed", "case_number": number}).encode()
    return Sent.true(body, HOUSING, id, drama.now, *(keys or (SECRET,)))


def what_was_said(answer: httpx.Response) -> Any:
    """All that somebody without a key could compare."""
    told = {k: v for k, v in answer.json().items() if k not in NAMES_OF_THE_REQUEST}
    return answer.status_code, told, sorted(answer.headers.items())


async def refusals(drama: Drama, forged: Iterable[Sent]) -> list[Any]:
    """What each is answered; nothing happened to the case."""
    async with drama.client(None) as client:
        answers = [what_was_said(await each.over(client)) for each in forged]
    assert await drama.stage.said(said.CaseSigned) == []
    assert await drama.stage.count("received_callback") == 0
    return answers


def assert_one_refusal(answers: list[Any]) -> None:
    first = answers[0]
    assert (first[0], first[1]["code"]) == (401, "SIGNATURE_REJECTED")
    assert [each for each in answers if each != first] == []


@pytest.mark.parametrize("kind", ["v1", "v1a"])
async def test_five_hundred_flipped_bits_each(drama: Drama, kind: str) -> None:
    """T19: in body, id, timestamp and signature, with a shared secret and with a key pair."""
    pair = PrivateKey.generate()
    async with drama.stage.host.runtime.database.transaction() as session:
        cipher = drama.stage.host.runtime.cipher
        await install_key(session, cipher, HOUSING, pair.public().text(), at=drama.now)
    true = await a_signature(drama, SECRET if kind == "v1" else pair)
    answers = await refusals(drama, alterations(true, ALTERED, seed=19))
    assert len(answers) == ALTERED
    assert_one_refusal(answers)
    async with drama.client(None) as client:
        assert (await true.over(client)).status_code == 200, "unaltered it is taken"


async def test_stale_and_early(drama: Drama) -> None:
    """T19: 301 seconds either way are too many, 300 are not."""
    body = (await a_signature(drama)).body

    def at(seconds: int) -> Sent:
        moment = drama.now + timedelta(seconds=seconds)
        return Sent.true(body, HOUSING, f"m{seconds}", moment, SECRET)

    assert_one_refusal(await refusals(drama, map(at, (-301, 301, -86_400, 86_400))))
    async with drama.client(None) as client:
        assert (await at(300).over(client)).status_code == 200


async def test_whatever_is_wrong_the_answer_is_one(drama: Drama) -> None:
    """Headers left out or misspelt, unknown and inactive organisations, ended and foreign keys,
    bodies that are no JSON: nobody without a key learns which it was."""
    true = await a_signature(drama)
    fire, ended = world.department("FIRE_RESCUE", "421202"), SharedSecret.generate()
    await _close(drama, fire)
    await _end(drama, ended)
    forged = [
        *(true.with_headers(**{name: None}) for name in ("webhook_id", "webhook_timestamp")),
        true.with_headers(webhook_signature=None),
        true.with_headers(liuduan_organisation=None),
        *(true.with_headers(liuduan_organisation=each) for each in ("", "42", str(uuid4()))),
        true.with_headers(liuduan_organisation=str(world.centre("421202"))),
        true.with_headers(webhook_id="m.1"),
        true.with_headers(webhook_timestamp="now"),
        true.with_headers(webhook_signature="v1," + "A" * 43 + "="),
        true.with_headers(webhook_signature="v2,AAAA v1a, v1 ,,"),
        true.with_headers(content_type="text/plain", webhook_signature=None),
        Sent(b"{", true.headers),
        Sent(b"", true.headers),
        Sent(b"\xff\xfe", true.headers),
        Sent(b'{"type": "case.closed"}', true.headers),
        Sent.true(true.body, HOUSING, "m-2", drama.now, SharedSecret.generate()),
        Sent.true(true.body, HOUSING, "m-3", drama.now, ended),
        Sent.true(true.body, fire, "m-4", drama.now,
                  SharedSecret.parse(integration_key(SEED, fire))),
        Sent.true(true.body, HOUSING, "m-5", drama.now,
                  SharedSecret.parse(integration_key(SEED, fire))),
    ]  # fmt: skip
    assert_one_refusal(await refusals(drama, forged))


async def test_a_hundred_replays_at_once_have_one_effect(drama: Drama) -> None:
    """T19, X36: within the tolerance a true copy gets the first answer."""
    true = await a_signature(drama)
    answers = []
    async with drama.client(None) as client:
        for _ in range(10):  # what waits longer than the pool does is asked to come again
            answers += await asyncio.gather(*(true.over(client) for _ in range(10)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert sum("Idempotent-Replayed" not in answer.headers for answer in answers) == 1
    assert len(await drama.stage.said(said.CaseSigned)) == 1


async def test_a_copy_is_stale_and_a_new_attempt_is_a_repetition(drama: Drama) -> None:
    """P14: five minutes later the recording is refused; the sender's own new attempt under the
    same id gets the first answer, and another body under it none."""
    true = await a_signature(drama)
    body = true.body
    async with drama.client(None) as client:
        first = await true.over(client)
        drama.stage.clock.advance(timedelta(seconds=301))
        recorded = await true.over(client)
        anew = await Sent.true(body, HOUSING, "m-1", drama.now, SECRET).over(client)
        other = await Sent.true(body + b" ", HOUSING, "m-1", drama.now, SECRET).over(client)
    assert (recorded.status_code, recorded.json()["code"]) == (401, "SIGNATURE_REJECTED")
    assert (anew.status_code, anew.content) == (200, first.content)
    assert anew.headers["Idempotent-Replayed"] == "true"
    assert (other.status_code, other.json()["code"]) == (409, "WEBHOOK_ID_REUSED")
    assert len(await drama.stage.said(said.CaseSigned)) == 1


async def test_what_is_signed_but_senseless_is_told_to_its_sender(drama: Drama) -> None:
    """Behind the signature errors are plain: the sender is to put them right."""
    for body, status, code in (
        (b"{", 400, "MALFORMED_JSON"),
        (b'"\xff"', 400, "MALFORMED_JSON"),
        (b"[]", 422, "INVALID_FIELDS"),
        (b'{"type": "judicial.filed"}', 422, "INVALID_FIELDS"),
        (b'{"type": "case.signed", "case_number": "a\\u0000"}', 422, "TEXT_NOT_STORABLE"),
    ):
        sent = Sent.true(body, HOUSING, str(uuid4()), drama.now, SECRET)
        async with drama.client(None) as client:
            answer = await sent.over(client)
        assert (answer.status_code, answer.json()["code"]) == (status, code), body


async def _close(drama: Drama, organisation_id: object) -> None:
    await drama.rows(
        "UPDATE organisation SET active = false WHERE id = :id RETURNING id", id=organisation_id
    )


async def _end(drama: Drama, key: SharedSecret) -> None:
    """A key that 住新 had."""
    runtime = drama.stage.host.runtime
    async with runtime.database.transaction() as session:
        key_id = await install_key(
            session, runtime.cipher, HOUSING, key.text(), at=drama.now - timedelta(days=1)
        )
    await drama.rows(
        "UPDATE integration_key SET ended_at = :at WHERE id = :id RETURNING id",
        at=drama.now,
        id=key_id,
    )
