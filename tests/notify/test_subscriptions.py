"""The consent ledger as the mini-program fills it: one acceptance, one message."""

from __future__ import annotations

from typing import Any

from services.notify.messages.domain.catalogue import Template
from tests.notify.sends import remaining
from tests.samples import owner
from tests.stage import Stage


async def test_the_same_answer_to_a_prompt_counts_once(stage: Stage) -> None:
    """A lost answer sent again is not a second acceptance; another prompt is."""
    body: dict[str, Any] = {"template": "PROGRESS", "accepted": True}
    async with stage.client(owner()) as client:
        bare = await client.post("/subscriptions", json=body)
        for key in ("first-prompt", "first-prompt", "second-prompt"):
            answer = await client.post(
                "/subscriptions", json=body, headers={"Idempotency-Key": key}
            )
        declined = await client.post(
            "/subscriptions",
            json=body | {"accepted": False},
            headers={"Idempotency-Key": "third-prompt"},
        )
    assert (bare.status_code, bare.json()["code"]) == (400, "IDEMPOTENCY_KEY_MISSING")
    assert answer.json() == {
        "template": "PROGRESS",
        "template_id": "embedded-progress",
        "remaining": 2,
    }
    assert declined.json()["remaining"] == 2
    assert await remaining(stage, Template.FEEDBACK) == 0
