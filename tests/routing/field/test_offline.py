"""Acceptance: 200 offline operations, shuffled, sent twice, the connection cut in the middle."""

from __future__ import annotations

import asyncio
import json
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from uuid import UUID

import httpx

from deploy.embedded.processes import free_port
from shared.hosting import mounted
from shared.serving import server_for
from tests.routing.drama import NOISE, Drama
from tests.routing.field.device import LEADER, Device, Made
from tests.waiting import until

PLAIN, SIGNED_BY_SYSTEM, REGRADED = 18, 1, 1
PER_CASE = 10
ALL = (PLAIN + SIGNED_BY_SYSTEM + REGRADED) * PER_CASE
DONE = {"APPLIED", "ALREADY_APPLIED"}
SETTLED = "SETTLED"


async def test_two_hundred_operations_and_a_process_that_dies_twice(
    drama: Drama, device: Device
) -> None:
    """A02: each applied once, conflicts reported, nothing lost; it dies in each sending."""
    cases = await _offline_day(drama, device)
    rng = random.Random(200)
    for after in (40, 120):
        rng.shuffle(device.made)
        await _dies_after(drama, device, after)
    answers = await device.send()
    await _nothing_lost(drama, device, cases, answers)


async def test_two_hundred_operations_over_a_line_that_is_cut(drama: Drama, device: Device) -> None:
    """A02: a real connection, aborted before the answer; the same is sent while the first runs."""
    cases = await _offline_day(drama, device)
    random.Random(7).shuffle(device.made)
    async with _served(drama) as port:
        for after in (10, 60):
            await _cut_after(drama, device, port, after)
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=120) as client:
            answer = await client.post(
                "/routing/field/sync",
                json={"operations": device.made},
                headers=drama.client(device.actor).headers,
            )
    await _nothing_lost(drama, device, cases, answer.json()["answers"])


async def test_batches_in_the_wrong_order_come_through(drama: Drama, device: Device) -> None:
    """A02: in pieces and shuffled; `after` keeps a result from overtaking what came before it."""
    cases = await _offline_day(drama, device)
    _chain(device.made)
    left = random.Random(3).sample(device.made, ALL)
    answers: dict[str, Made] = {}
    for _ in range(100):
        sent, left = left[:50], left[50:]
        for operation, answer in zip(sent, await device.send(*sent), strict=True):
            answers[operation["id"]] = answer
            if answer["outcome"] == "REFUSED" and answer["send_again"]:
                left.append(operation)
            elif answer["outcome"] not in DONE:
                _unchain(device.made, operation)
        if not left:
            break
    await _nothing_lost(drama, device, cases, [answers[each["id"]] for each in device.made])


def _chain(operations: list[Made]) -> None:
    last: dict[str, str] = {}
    for operation in operations:
        operation["after"] = last.get(operation["case_id"])
        last[operation["case_id"]] = operation["id"]


def _unchain(operations: list[Made], settled: Made) -> None:
    """It will not be applied: what follows no longer waits for it."""
    for operation in operations:
        if operation["after"] == settled["id"]:
            operation["after"] = settled["after"]


Cases = tuple[list[UUID], UUID, UUID]


async def _offline_day(drama: Drama, device: Device) -> Cases:
    """Twenty cases; while the worker is away the system signs one, and the leader regrades one."""
    signed = await drama.submit(NOISE)
    plain = [await drama.submit(NOISE) for _ in range(PLAIN)]
    regraded = await drama.submit(NOISE)
    everything = [signed, *plain, regraded]
    for case_id in everything:
        _work_on(drama, device, case_id)
    await drama.rows(
        "UPDATE clock SET next_at = next_at + interval '1 day', due_at = due_at + interval '1 day'"
        " WHERE kind = 'SIGN' AND subject_id <> :id RETURNING id",
        id=signed,
    )
    await drama.pass_time(hours=5)
    assert (await drama.row(signed))["state"] == "HANDLING"
    change = {"grade": "MEDIUM", "reason": "三次劝导无效"}
    await drama.act(LEADER, regraded, "grading", change)
    assert len(device.made) == ALL == 200
    return plain, signed, regraded


def _work_on(drama: Drama, device: Device, case_id: UUID) -> None:
    device.sign(case_id)
    for minute in range(4):
        drama.stage.clock.advance(timedelta(seconds=20))
        device.progress(case_id, f"第{minute + 1}次上门", public=minute == 0)
    for _ in range(2):
        device.contact(case_id, drama.now)
        device.persuasion(case_id)
    drama.stage.clock.advance(timedelta(seconds=20))
    device.result(case_id)


async def _nothing_lost(drama: Drama, device: Device, cases: Cases, answers: list[Made]) -> None:
    """Every operation is answered, and what is written down agrees with the answers."""
    plain, signed, regraded = cases
    by_case: dict[str, Counter[str]] = {}
    for operation, answer in zip(device.made, answers, strict=True):
        assert answer["id"] == operation["id"]
        outcome = SETTLED if answer["outcome"] in DONE else answer["outcome"]
        by_case.setdefault(operation["case_id"], Counter())[outcome] += 1
    for case_id in plain:
        assert by_case[str(case_id)] == {SETTLED: PER_CASE}
        assert (await drama.row(case_id))["state"] == "RESULT_REVIEW"
        assert await _done(drama, case_id) == PLAIN_DAY
    assert by_case[str(signed)] == {SETTLED: PER_CASE - 1, "CONFLICT": 1}
    assert await _done(drama, signed) == PLAIN_DAY
    assert by_case[str(regraded)] == {"CONFLICT": 2, "REFUSED": PER_CASE - 2}
    assert (await _done(drama, regraded))["PROGRESS"] == 0
    stored = (await drama.rows("SELECT count(*) AS count FROM field_operation"))[0]["count"]
    assert stored == sum(each[SETTLED] for each in by_case.values())


PLAIN_DAY = {
    "SIGN": 1,
    "PROGRESS": 4,
    "RECORD_CONTACT": 2,
    "RECORD_PERSUASION": 2,
    "SUBMIT_RESULT": 1,
}


async def _done(drama: Drama, case_id: UUID) -> Counter[str]:
    rows = await drama.rows("SELECT action FROM case_entry WHERE case_id = :id", id=case_id)
    return Counter(row["action"] for row in rows if row["action"] in PLAIN_DAY)


async def _has_applied(drama: Drama, count: int) -> bool:
    return await _applied(drama) >= count


async def _applied(drama: Drama) -> int:
    return await drama.stage.count("field_operation")


async def _dies_after(drama: Drama, device: Device, count: int) -> None:
    """Send everything; the request is torn down once so many operations are applied."""
    sending = asyncio.create_task(device.post(device.made))
    await until(lambda: _has_applied(drama, count))
    sending.cancel()
    with suppress(asyncio.CancelledError):
        await sending
    assert count <= await _applied(drama) < PLAIN * PER_CASE


async def _cut_after(drama: Drama, device: Device, port: int, count: int) -> None:
    """Send everything; hang up without waiting for an answer."""
    body = json.dumps({"operations": device.made}).encode()
    token = drama.client(device.actor).headers["authorization"]
    head = (
        f"POST /routing/field/sync HTTP/1.1\r\nHost: x\r\nAuthorization: {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(head.encode() + body)
    await writer.drain()
    await until(lambda: _has_applied(drama, count))
    writer.transport.abort()


@asynccontextmanager
async def _served(drama: Drama) -> AsyncIterator[int]:
    port = free_port()
    server = server_for(mounted(drama.stage.host), port=port)
    running = asyncio.create_task(server.serve())

    async def started() -> bool:
        return bool(server.started)

    await until(started)
    try:
        yield port
    finally:
        server.should_exit = True
        await running
