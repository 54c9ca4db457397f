"""What every story must keep, whatever it is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from deploy.demo import world
from shared.messaging.transport import SERVICES
from tests.journeys.backbone import Rest
from tests.journeys.journey import Journey, Promise

REOPEN_WINDOW = "CK-15 REOPEN_WINDOW"
WARNED = "routing.clock_warned"


def assert_at_rest(rest: Mapping[str, Rest]) -> None:
    """Every audit chain verifies, every outbox is sent and handled, nothing is parked."""
    assert set(rest) == set(SERVICES)
    for service, found in rest.items():
        assert found.audit.intact, f"{service}: {found.audit.breach}"
        left = (found.unsent, found.unhandled, found.parked)
        assert left == (0, 0, 0), f"{service}: unsent, unhandled, parked"
    assert all(rest[service].audit.entries > 0 for service in ("intake", "routing"))


async def assert_told_once(journey: Journey) -> None:
    """Invariant 9: one message per event, recipient and notification, and one card for each. The
    clocks of a case warn one by one, each by an event of its own.
    """
    messages = await journey.messages()
    told = Counter(
        (each["event_type"], each["to"], each["notification"])
        for each in messages
        if each["event_type"] != WARNED
    )
    assert told
    assert max(told.values()) == 1, told
    to_the_owner = [each for each in messages if each["to"] == journey.told.person]
    cards = [each for each in to_the_owner if _sent_by(each, "WECHAT")]
    assert len(await journey.wechat()) == len(cards) == len(to_the_owner)


def assert_in_time(clocks: Mapping[str, Promise]) -> None:
    """No clock ran out, except that windows close."""
    assert {name for name, clock in clocks.items() if clock.breached} <= {REOPEN_WINDOW}


def assert_impersonal(text: str) -> None:
    """No name and no number of anybody who lives or works in the demo world."""
    people = [(each.name, each.mobile) for each in world.OWNERS]
    people += [(each.name, each.mobile) for each in world.STAFF]
    assert not [name for name, mobile in people if name in text or mobile in text]


def _sent_by(message: Mapping[str, Any], channel: str) -> bool:
    attempts = message["attempts"]
    return any(each["channel"] == channel and each["outcome"] == "SENT" for each in attempts)
