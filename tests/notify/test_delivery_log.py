"""The log of deliveries: every attempt, what was sent and what came back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from deploy.simulators.faults import Fault
from services.notify.webhooks.domain.failures import failure_of
from services.notify.webhooks.sending.posting import LARGEST_RESPONSE
from shared.contracts.routing import CaseRegraded, JointOpened
from shared.contracts.vocabulary import Grade
from shared.signatures import PublicKey
from tests.notify.engineers import ENGINEER, asked, read, registered
from tests.notify.hooks import pump, with_fire
from tests.notify.town import Town
from tests.samples import CASE, FIRE
from tests.stage import Stage


async def test_every_attempt_is_shown(stage: Stage, town: Town) -> None:
    """T18: the exact body, the headers without the signatures, the keys, the answer, the time."""
    endpoint = await registered(stage)
    town.party(FIRE).script.add(Fault(call=str(FIRE), status=503, body="维护中"))
    await stage.hear(with_fire(JointOpened))
    await pump(stage)
    stage.clock.advance(timedelta(seconds=10))
    await pump(stage)
    (delivery,) = (await read(stage, "deliveries"))["items"]
    detail = await read(stage, f"deliveries/{delivery['id']}")
    first, second = town.network.requests
    assert detail["request_body"].encode() == first.content == second.content
    assert (detail["state"], detail["url"]) == ("DELIVERED", endpoint["url"])
    assert detail["attempts_in_all"] == len(detail["log"]) == 2
    failed, taken = detail["log"]
    assert (failed["status"], failed["response"], failed["response_cut"]) == (503, "维护中", False)
    assert failed["failure"] == {
        "code": "HTTP_503",
        "chinese": "对方返回 503，只有 2xx 表示已收到。",
        "english": "The answer was 503; only 2xx says that it was taken.",
    }
    assert (taken["failure"], taken["duration_ms"]) == (None, 0)
    assert taken["started_at"] == "2026-03-02T09:00:10+08:00"
    for attempt, request in zip(detail["log"], (first, second), strict=True):
        assert attempt["request_headers"].items() <= dict(request.headers).items()
        assert attempt["request_headers"]["webhook-id"] == delivery["id"]
    own = PublicKey.parse(endpoint["public_keys"][0])
    fingerprints = [each["fingerprint"] for each in endpoint["secrets"]]
    assert taken["signed_with"][1:] == fingerprints
    assert taken["signed_with"][0].startswith("v1a:")
    assert own.text() not in str(detail)
    signatures = first.headers["webhook-signature"].split(" ")
    assert [each for each in signatures if each.split(",")[1] in str(detail)] == []
    assert "webhook-signature" not in str(detail)


@pytest.mark.parametrize("more", [0, 1], ids=["just fits", "one more"])
async def test_a_cut_answer_is_marked(stage: Stage, town: Town, more: int) -> None:
    await registered(stage)
    body = "a" * (LARGEST_RESPONSE + more)
    town.party(FIRE).script.add(Fault(call=str(FIRE), status=500, body=body))
    await stage.hear(with_fire(JointOpened))
    await pump(stage)
    (delivery,) = (await read(stage, "deliveries"))["items"]
    (attempt,) = (await read(stage, f"deliveries/{delivery['id']}"))["log"]
    assert (len(attempt["response"]), attempt["response_cut"]) == (LARGEST_RESPONSE, bool(more))


async def test_the_log_is_filtered(stage: Stage, town: Town) -> None:
    endpoint = await registered(stage)
    await stage.hear(with_fire(JointOpened))
    await pump(stage)
    stage.clock.advance(timedelta(hours=1))
    await stage.hear(with_fire(CaseRegraded, old_grade=Grade.SMALL))

    async def found(query: str) -> list[Any]:
        items = (await read(stage, f"deliveries?{query}"))["items"]
        return [each["event_type"].removeprefix("routing.") for each in items]

    regraded, opened = "case_regraded", "joint_opened"
    ten = "2026-03-02T10:00:00%2B08:00"
    assert await found("") == [regraded, opened]
    assert await found("state=DELIVERED") == [opened]
    assert await found("state=WAITING") == [regraded]
    assert await found("event_type=routing.joint_opened") == [opened]
    assert await found(f"since={ten}") == [regraded]
    assert await found(f"until={ten}") == [opened]
    assert await found(f"case_id={CASE}&endpoint_id={endpoint['id']}") == [regraded, opened]
    assert await found(f"case_id={FIRE}") == []
    page = await read(stage, "deliveries?limit=1")
    following = await read(stage, f"deliveries?limit=1&cursor={page['next']}")
    assert [each["event_type"] for each in following["items"]] == ["routing.joint_opened"]
    assert following["next"] is None
    async with stage.client(ENGINEER) as client:
        for wrong in (
            "state=LOST",
            "since=2026-03-02T10:00:00",
            "event_type=A%00",
            "since=0001-01-01T00:00:00%2B14:00",
        ):
            assert (await client.get(f"/webhooks/deliveries?{wrong}")).status_code == 422, wrong


async def test_fifty_attempts_are_shown(stage: Stage, town: Town) -> None:
    """A delivery may be replayed again and again: the answer stays within bounds."""
    endpoint = await registered(stage)
    sent = await asked(stage, f"endpoints/{endpoint['id']}/test")
    for _ in range(51):
        await pump(stage)
        await asked(stage, f"deliveries/{sent['id']}/replay")
    detail = await read(stage, f"deliveries/{sent['id']}")
    assert (detail["attempts_in_all"], len(detail["log"])) == (51, 50)


@pytest.mark.parametrize(
    ("status", "error", "code"),
    [
        (204, None, None),
        (301, None, "HTTP_301"),
        (410, None, "HTTP_410"),
        (None, "TimedOut", "ANSWER_TIMEOUT"),
        (None, "CertificateRefused", "CERTIFICATE_REFUSED"),
        (None, "AddressRefused", "ADDRESS_REFUSED"),
        (None, "NameNotResolved", "NAME_NOT_RESOLVED"),
        (None, "SomethingNew", "NOT_COMPLETED"),
    ],
)
def test_a_failure_in_plain_words(status: int | None, error: str | None, code: str | None) -> None:
    failure = failure_of(status, error)
    assert (failure.code if failure else None) == code
    assert failure is None or (failure.chinese.endswith("。") and failure.english.endswith("."))
