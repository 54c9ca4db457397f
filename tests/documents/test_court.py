"""docs/integration/court.md is as the system answers: A07, T34, T35, T39, T42, P14."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from deploy.demo.stories import Stage
from deploy.demo.stories.agreement import applied_for_confirmation
from services.notify.webhooks.domain.event_types import CATALOGUE
from services.routing.court.domain.matters import Outcome, Procedure
from services.routing.integration.schemas import COURT_SAYS
from shared.contracts.vocabulary import ConfirmationOutcome
from shared.identity import End
from tests.documents.matching import assert_holds
from tests.documents.organisation import court
from tests.documents.playing import PAGES, Value
from tests.documents.to_court import hand_over

PAGE = "court.md"
TEXT = (PAGES / PAGE).read_text(encoding="utf-8")


def example(name: str) -> Any:
    match = re.search(rf"<!-- example: {name} -->\s*```json\n(.*?)```", TEXT, re.DOTALL)
    assert match, name
    return json.loads(match[1])


async def test_every_example_of_the_page_holds(hub: Stage) -> None:
    surroundings = court(hub)
    values = surroundings.player.values
    values["clerk"] = hub.staff("fayuan.xianan").sign_in

    async def told(name: str) -> None:
        assert_holds(example(name), (await surroundings.received())[-1], values)

    async def applied(_: str) -> None:
        await applied_for_confirmation(hub)
        await told("confirmation_applied")

    async def handed_over(_: str) -> None:
        await hand_over(hub)
        await told("judicial_handed_over")

    surroundings.on("applied", applied)
    surroundings.on("handed-over", handed_over)
    assert await surroundings.player.play(PAGE) == 8
    late = json.loads(json.dumps(example("delegated")).replace("{package_number}", number(values)))
    answer = await surroundings.call_back(late)
    assert (answer.status_code, answer.json()["code"]) == (409, "MATTER_NOT_IN_COURT")


def number(values: Mapping[str, Value]) -> str:
    return str(values["package_number"])


def test_the_page_names_every_event_message_and_outcome() -> None:
    named = set(re.findall(r"`([A-Za-z_.]+)`", TEXT))
    assert {each.name for each in CATALOGUE if End.COURT in each.ends} <= named
    assert set(COURT_SAYS) <= named | set(re.findall(r'"type": "([a-z_.]+)"', TEXT))
    assert {*Outcome, *Procedure, *ConfirmationOutcome} <= named
