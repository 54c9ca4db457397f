"""The catalogue of what departments and courts are told, and the schemas of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import jsonschema
import pytest

from services.notify.webhooks.domain.audience import ANNOUNCED
from services.notify.webhooks.domain.event_types import CATALOGUE, EventType
from services.notify.webhooks.domain.schemas import example_of, schema_of
from shared.contracts.routing import CaseEvent, CaseRegraded, JointOpened
from shared.contracts.vocabulary import Grade
from shared.identity import Actor
from tests.notify.engineers import COURT_ENGINEER, ENGINEER, asked, registered
from tests.notify.hooks import APPLIED, CLERK, HANDED_OVER, hook, pump, with_fire
from tests.notify.town import Town
from tests.samples import COURT, FIRE
from tests.stage import ORIGIN, Stage

DOCUMENTS = Path(__file__).parents[2] / "docs" / "integration"
UNGRADED = JointOpened(case=with_fire(JointOpened).case.model_copy(update={"grade": None}))


def judged(body: Any, schema: dict[str, Any]) -> None:
    """Raises ValidationError; formats count."""
    kind = jsonschema.Draft202012Validator
    kind.check_schema(schema)
    kind(schema, format_checker=kind.FORMAT_CHECKER).validate(body)


def test_the_catalogue_has_whatever_is_announced() -> None:
    assert {each.name for each in CATALOGUE} == {
        *(event.name for event in ANNOUNCED),
        "webhook.test",
    }
    assert len({each.name for each in CATALOGUE}) == len(CATALOGUE)


@pytest.mark.parametrize("kind", CATALOGUE, ids=lambda kind: kind.name)
def test_an_example_fits_its_schema_and_no_other_type(kind: EventType) -> None:
    judged(example_of(kind), schema_of(kind))
    for spoilt in ({"type": "routing.other"}, {"time": 5}):
        with pytest.raises(jsonschema.ValidationError):
            judged(example_of(kind) | spoilt, schema_of(kind))


@pytest.mark.parametrize("kind", CATALOGUE, ids=lambda kind: kind.name)
def test_the_documents_have_it(kind: EventType) -> None:
    page = (DOCUMENTS / "webhook-events.md").read_text(encoding="utf-8")
    assert f"`{kind.name}` {kind.meaning.chinese}" in page
    file = DOCUMENTS / "webhooks" / f"{kind.name}.json"
    assert json.loads(file.read_text(encoding="utf-8")) == schema_of(kind)


@pytest.mark.parametrize(
    ("event", "organisation"),
    [
        (with_fire(JointOpened), FIRE),
        (UNGRADED, FIRE),
        (with_fire(CaseRegraded, old_grade=Grade.SMALL), FIRE),
        (HANDED_OVER, COURT),
        (APPLIED, COURT),
    ],
    ids=["joint", "ungraded", "regraded", "package", "application"],
)
async def test_what_is_sent_fits_the_schema(
    ready: Stage, town: Town, event: CaseEvent, organisation: Any
) -> None:
    """As it arrives, against the schema that the catalogue points to."""
    await ready.hear(event)
    await pump(ready)
    (received,) = town.hooked(organisation)
    async with ready.client(CLERK) as client:
        types = (await client.get("/webhooks/event-types")).json()
        (told,) = [each for each in types if each["name"] == event.name]
        schema = (await client.get(told["schema_url"])).json()
    assert told["schema_url"].startswith(ORIGIN)
    judged(received.payload, schema)
    judged(told["example"], schema)


async def test_a_test_fits_the_schema(stage: Stage, town: Town) -> None:
    endpoint = await registered(stage)
    await asked(stage, f"endpoints/{endpoint['id']}/test")
    await pump(stage)
    judged(town.hooked(FIRE)[0].payload, schema_of(CATALOGUE[-1]))


@pytest.mark.parametrize("actor", [ENGINEER, COURT_ENGINEER], ids=["department", "court"])
async def test_whatever_is_for_an_organisation_can_be_asked_for(stage: Stage, actor: Actor) -> None:
    async with stage.client(actor) as client:
        types = (await client.get("/webhooks/event-types")).json()
        wanted = [
            each["name"]
            for each in types
            if actor.end in each["ends"] and each["name"] != "webhook.test"
        ]
        answer = await client.post(
            "/webhooks/endpoints",
            json={"url": hook(FIRE), "events": wanted},
            headers={"Idempotency-Key": str(uuid4())},
        )
        missing = await client.get("/webhooks/event-types/case.lost/schema")
    assert (answer.status_code, answer.json()["events"]) == (201, wanted)
    assert (missing.status_code, missing.json()["code"]) == (404, "EVENT_TYPE_NOT_FOUND")
