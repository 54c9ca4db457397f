"""docs/integration/departments.md is as the system answers: A06, T11, T24, P14, P15."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from deploy.demo.stories import Stage
from services.notify.webhooks.domain.event_types import CATALOGUE
from services.notify.webhooks.domain.payload import CasePayload
from services.notify.webhooks.domain.schedule import SCHEDULE
from shared.clock import BEIJING
from shared.contracts.vocabulary import ResultCode
from shared.errors import DomainError
from shared.identity import End
from shared.signatures import SharedSecret, sign
from tests.documents.matching import assert_holds
from tests.documents.organisation import department
from tests.documents.playing import PAGES

PAGE = "departments.md"
TEXT = (PAGES / PAGE).read_text(encoding="utf-8")


def example(name: str) -> Any:
    match = re.search(rf"<!-- example: {name} -->\s*```json\n(.*?)```", TEXT, re.DOTALL)
    assert match, name
    return json.loads(match[1])


async def test_every_example_of_the_page_holds(hub: Stage) -> None:
    surroundings = department(hub)
    told: list[Any] = []

    async def dispatch(arguments: str) -> None:
        await surroundings.dispatch(arguments)
        told.append((await surroundings.received())[-1])

    surroundings.on("dispatch", dispatch)
    values = surroundings.player.values
    assert await surroundings.player.play(PAGE) == 19
    first = dict(values) | {"case_number": told[0]["case_number"]}
    assert_holds(example("case_dispatched"), told[0], first)
    assert int(values["replayed"]) >= 2  # type: ignore[arg-type]
    received = await surroundings.received()
    numbers = [each.get("case_number") for each in received]
    assert {each["case_number"] for each in told} <= set(numbers)


def test_the_recipe_of_the_signature_is_what_we_make() -> None:
    (recipe,) = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    names: dict[str, Any] = {}
    exec(recipe, names)
    moment = datetime(2026, 3, 2, 9, 0, tzinfo=BEIJING)
    webhook_id = names["content"].split(b".")[0].decode()
    keys = [SharedSecret(names["secret"])]
    ours = sign(names["body"], id=webhook_id, at=moment, keys=keys)
    assert ours["webhook-timestamp"] == "1772413200"
    assert ours["webhook-signature"] == names["signature"]


def test_the_page_names_every_event_member_and_result() -> None:
    named = set(re.findall(r"`([A-Za-z_.]+)`", TEXT))
    assert {each.name for each in CATALOGUE if End.DEPARTMENT in each.ends} <= named
    assert set(CasePayload.model_fields) <= named
    assert set(ResultCode) <= named


@pytest.mark.parametrize("page", [PAGE, "court.md"])
def test_the_codes_of_the_tables_exist(page: str) -> None:
    rows = re.findall(r"^\| [45][0-9, x]+ \|.*", (PAGES / page).read_text(), re.MULTILINE)
    codes = {code for row in rows for code in re.findall(r"`([A-Z_]+)`", row.split("|")[2])}
    assert len(codes) > 8
    assert codes <= set(_codes(DomainError))


def _codes(kind: type[DomainError]) -> Iterator[str]:
    """Of all errors that the services know: the whole system is imported here."""
    yield kind.code
    for each in kind.__subclasses__():
        yield from _codes(each)


def test_the_page_tells_the_schedule() -> None:
    hours = [round(each.total_seconds() / 3600) for each in SCHEDULE[4:]]
    told = "5 seconds, 5 and 30 minutes, {}, {}, {}, {}, {} and {} hours".format(*hours)
    assert told in TEXT
    assert len(SCHEDULE) == 10
