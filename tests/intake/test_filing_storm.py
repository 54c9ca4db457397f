"""Two hundred keys, each sent fifty times at once, to two processes that are killed (T01, P21)."""

from __future__ import annotations

import json
import os
import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

import httpx
import pytest

from deploy.demo import world
from deploy.embedded.processes import free_port
from shared.clock import SystemClock
from shared.contracts.intake import ComplaintSubmitted
from shared.identity import Issuer, TokenIssuer
from shared.ids import new_id
from tests.intake.people import TEXT, acting_owner
from tests.intake.storming import Hit, Shot, Storm
from tests.kept import KeptProcess, kept
from tests.stage import Stage
from tests.waiting import until

KEYS, TIMES = 200, 50
ALTERED_EVERY = 10
KILL_AT = (2_000, 5_000, 8_000)  # requests answered
RANDOM = random.Random(20260302)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("killing", [False, True], ids=["undisturbed", "killed in the middle"])
async def test_a_key_makes_one_complaint_whatever_happens(
    stage: Stage, tmp_path: Path, killing: bool
) -> None:
    environment = stage.host.runtime.settings.environment
    ports = (free_port(), free_port())
    processes = [_process(environment, port, tmp_path) for port in ports]
    turns = {at: processes[turn % 2].kill for turn, at in enumerate(KILL_AT)}
    storm = Storm(ports, turns if killing else {})
    async with kept(*processes):
        for port in ports:
            await until(partial(_ready, port))
        hits = await storm.fire(_shots(environment))
    assert len(hits) == KEYS * TIMES
    by_key: dict[str, list[Hit]] = defaultdict(list)
    for hit in hits:
        by_key[hit.shot.key].append(hit)
    for of_one_key in by_key.values():
        _check(of_one_key)
    numbers = {json.loads(hit.content)["number"] for hit in hits if hit.status == 201}
    assert len(numbers) == await stage.count("complaint") == KEYS
    assert len(await stage.said(ComplaintSubmitted)) == KEYS
    assert sum(process.deaths for process in processes) == (len(KILL_AT) if killing else 0)
    assert bool(storm.unanswered) is killing


def _check(hits: list[Hit]) -> None:
    """One body wins and is answered the same each time; the other one is told so."""
    won = [hit for hit in hits if hit.status == 201]
    lost = [hit for hit in hits if hit.status != 201]
    assert won
    assert len({hit.content for hit in won}) == len({hit.shot.body for hit in won}) == 1
    assert {(hit.status, hit.code) for hit in lost} == {(422, "IDEMPOTENCY_KEY_REUSED")}
    assert len(hits) == TIMES


def _shots(environment: Mapping[str, str]) -> Iterator[Shot]:
    """Each key's fifty together, every tenth with other words."""
    tokens = [(owner, _token(environment, owner)) for owner in world.OWNERS]
    for number in range(KEYS):
        owner, token = tokens[number % len(tokens)]
        key, estate = str(new_id()), str(owner.homes[0].estate.id)
        bodies = [
            json.dumps({"estate_id": estate, "text": f"{TEXT}{number}{altered}"}).encode()
            for altered in ("", "，请尽快")
        ]
        shots = [Shot(key, bodies[n % ALTERED_EVERY == 0], token) for n in range(TIMES)]
        RANDOM.shuffle(shots)
        yield from shots


def _process(environment: Mapping[str, str], port: int, folder: Path) -> KeptProcess:
    command = [sys.executable, "-m", "services.intake", "api", "--port", str(port)]
    return KeptProcess(f"intake-{port}", command, os.environ | environment, folder / f"{port}.log")


def _token(environment: Mapping[str, str], owner: world.Owner) -> str:
    """The processes live in the present, whatever the clock of the stage says."""
    key = environment["LIUDUAN_INTAKE_SIGNING_KEY"]
    issuer = TokenIssuer(key, "intake-test", Issuer.INTAKE, SystemClock())
    return issuer.issue(acting_owner(owner.id)).value


async def _ready(port: int) -> bool:
    async with httpx.AsyncClient() as client:
        try:
            return (await client.get(f"http://127.0.0.1:{port}/intake/ready")).is_success
        except httpx.TransportError:
            return False
