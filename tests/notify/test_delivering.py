"""T18: what receivers do to us over real connections, and what we do then."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import text

from services.notify.webhooks.domain.failures import failure_of
from services.notify.webhooks.domain.schedule import JITTER, SCHEDULE
from services.notify.webhooks.sending.posting import Posting
from services.notify.webhooks.sending.sender import WebhookSender
from services.notify.webhooks.sending.ways import Given
from shared.contracts.routing import JointOpened
from tests.notify.hooks import OFFICER_OF_FIRE, deliveries, pump, with_fire
from tests.notify.real_sending import delivering
from tests.notify.receivers import (
    Script,
    answers,
    endless_body,
    in_turn,
    no_http,
    receiving,
    reset,
    silence,
    slow_loris,
)
from tests.stage import START, Stage


async def the_delivery(stage: Stage) -> dict[str, Any]:
    (delivery,) = await deliveries(stage, OFFICER_OF_FIRE)
    return delivery


async def wait_planned(stage: Stage) -> float:
    """Seconds until the next attempt."""
    planned = datetime.fromisoformat((await the_delivery(stage))["next_at"])
    return (planned - stage.clock.now()).total_seconds()


async def test_ten_attempts_within_a_fifth_of_the_schedule(stage: Stage) -> None:
    """P15: over at least 72 hours but for jitter; then it has failed, and can be told so."""
    moments: list[datetime] = []
    async with delivering(stage, answers(500), chance=None) as receiver:
        while (delivery := await the_delivery(stage))["state"] == "WAITING":
            stage.clock.move_to(datetime.fromisoformat(delivery["next_at"]))
            moments.append(stage.clock.now())
            assert await pump(stage) == 1
        assert len(receiver.requests) == len(SCHEDULE) == 10
        assert len({each.webhook_id for each in receiver.requests}) == 1
    waits = [later - sooner for sooner, later in pairwise(moments)]
    for wait, planned in zip(waits, SCHEDULE[1:], strict=True):
        assert abs(wait - planned) <= planned * JITTER
    assert len({wait / planned for wait, planned in zip(waits, SCHEDULE[1:], strict=True)}) > 5
    assert delivery["state"] == "FAILED"


TOMORROW = format_datetime(START + timedelta(days=1))
NEVER = "Mon, 02 Mar 99999999999 09:00:00 GMT"
IN_A_WHILE = format_datetime(START + timedelta(seconds=8))


@pytest.mark.parametrize(
    ("script", "status", "failure", "wait"),
    [
        pytest.param(answers(500), 500, None, 5, id="500"),
        pytest.param(answers(503, retry_after="7"), 503, None, 7, id="503 asks for 7 s"),
        pytest.param(answers(503, retry_after="3600"), 503, None, 10, id="503 asks for an hour"),
        pytest.param(answers(503, retry_after=IN_A_WHILE), 503, None, 8, id="503 names a moment"),
        pytest.param(answers(503, retry_after=TOMORROW), 503, None, 10, id="503 names tomorrow"),
        pytest.param(answers(503, retry_after="soon"), 503, None, 5, id="503 says nonsense"),
        pytest.param(answers(503, retry_after=NEVER), 503, None, 5, id="503 names no year of ours"),
        pytest.param(answers(503, retry_after="1"), 503, None, 5, id="503 asks for less"),
        pytest.param(answers(429), 429, None, 60, id="429"),
        pytest.param(answers(429, retry_after="90"), 429, None, 90, id="429 asks for 90 s"),
        pytest.param(answers(429, retry_after="999"), 429, None, 120, id="429 asks for more"),
        pytest.param(silence, None, "TimedOut", 60, id="time-out"),
        pytest.param(slow_loris, None, "TimedOut", 60, id="slow loris"),
        pytest.param(reset, None, "ReadError", 5, id="reset"),
        pytest.param(no_http, None, "RemoteProtocolError", 5, id="no HTTP"),
        pytest.param(answers(200, x="y" * 100_000), None, "RemoteProtocolError", 5, id="head"),
        pytest.param(endless_body, 500, None, 5, id="1 GB"),
    ],
)
async def test_trouble_and_when_we_come_back(
    stage: Stage, script: Script, status: int | None, failure: str | None, wait: int
) -> None:
    """Retry-After counts between once and twice the wait, 429 and time-outs get a minute."""
    async with delivering(stage, script) as receiver:
        assert await pump(stage) == 1
        assert len(receiver.requests) == 1
    told = await the_delivery(stage)
    assert (told["last_status"], told["last_failure"]) == (status, failure)
    assert await wait_planned(stage) == wait


async def test_jitter_takes_nothing_from_what_was_asked_for(stage: Stage) -> None:
    async with delivering(stage, answers(429, retry_after="70"), chance=-1.0):
        await pump(stage)
    assert await wait_planned(stage) == 70


async def test_little_is_read_of_much(stage: Stage) -> None:
    """At most 20 kB are kept, and the connection is given up."""
    async with delivering(stage, in_turn(endless_body, answers(204))) as receiver:
        await pump(stage)
        assert await stage.count("webhook_attempt", "octet_length(response) = 20000") == 1
        stage.clock.advance(SCHEDULE[1])
        await pump(stage)
        assert receiver.connections == 2
    assert (await the_delivery(stage))["state"] == "DELIVERED"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_a_failure(stage: Stage, status: int) -> None:
    """T20 as well: nobody is called but the address that was entered."""
    async with receiving(answers(204)) as elsewhere:
        script = answers(status, location=elsewhere.url())
        async with delivering(stage, script) as receiver:
            await pump(stage)
            assert len(receiver.requests) == 1
        assert elsewhere.connections == 0
    told = await the_delivery(stage)
    assert (told["state"], told["last_status"]) == ("WAITING", status)


async def test_a_connection_serves_many_and_a_cookie_nobody(stage: Stage) -> None:
    async with delivering(stage, answers(204, set_cookie="seen=1; Path=/")) as receiver:
        await pump(stage)
        await stage.hear(with_fire(JointOpened))
        await pump(stage)
        assert (len(receiver.requests), receiver.connections) == (2, 1)
        assert "cookie" not in receiver.requests[1].headers
        assert receiver.requests[1].headers["accept-encoding"] == "identity"


async def test_who_wakes_up_late_changes_nothing(stage: Stage) -> None:
    """P6: its claim ran out and was given to another, whose word counts."""
    async with delivering(stage, answers(500)):
        sender = stage.host.runtime.part(WebhookSender)
        (endpoint_id,) = await endpoint_ids(stage)
        (stale,) = await sender._claim(endpoint_id)
        stage.clock.advance(timedelta(seconds=31))
        assert await pump(stage) == 1
        before = await the_delivery(stage)
        await sender._deliver(stale)
        after = await the_delivery(stage)
        assert (after["attempts"], after["next_at"]) == (1, before["next_at"])
    assert await stage.count("webhook_attempt") == 2, "but both are in the record"


async def endpoint_ids(stage: Stage) -> list[Any]:
    async with stage.host.runtime.database.transaction() as session:
        return list((await session.execute(text("SELECT id FROM webhook_endpoint"))).scalars())


async def nobody_home(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectTimeout("ConnectionTimeoutError", request=request)


async def test_a_connection_that_takes_too_long_is_told_apart_from_an_answer() -> None:
    """T18: whoever runs the endpoint looks at the firewall, not at the program."""
    posting = Posting(Given(httpx.MockTransport(nobody_home)))
    answer = await posting.post(uuid4(), "https://fire.example.org/hook", b"{}", {})
    failure = failure_of(answer.status, answer.failure)
    assert failure is not None
    assert failure.code == "CONNECT_TIMEOUT"
