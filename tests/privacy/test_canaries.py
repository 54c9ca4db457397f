"""Nothing personal in logs, events, queues, metrics or answers to mistakes (P23, T25)."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import text

from deploy.demo.ephemeral import running
from deploy.demo.stories import Stage
from deploy.embedded.processes import free_port
from shared.clock import SimulatedClock
from tests.documents.conftest import MORNING
from tests.journeys.city import city_environment
from tests.privacy.canaries import Planted
from tests.privacy.errands import AS_VISITOR, Errand, happy_path, missteps, other_doors
from tests.privacy.watching import eavesdropping, talkative_log, written_down
from tests.servers import Databases

TRANSPORTS = ("in-process", pytest.param("rabbitmq", marks=pytest.mark.rabbitmq))
POISON = "ALTER TABLE complaint ADD CONSTRAINT poison CHECK (title <> '毒') NOT VALID"
FEWEST_MISTAKES = 30


@pytest.mark.parametrize("transport", TRANSPORTS)
async def test_what_was_planted_is_found_nowhere(
    postgres: Databases, transport: str, request: pytest.FixtureRequest
) -> None:
    changes, broker = {}, None
    if transport == "rabbitmq":
        broker = request.getfixturevalue("amqp_url")
        changes["LIUDUAN_AMQP_URL"] = broker
    namespace = changes["LIUDUAN_AMQP_NAMESPACE"] = f"t{uuid4().hex[:12]}"
    port = free_port()
    keys = await city_environment(postgres, port, **changes)
    planted = Planted()
    async with running(keys, port, SimulatedClock(MORNING)) as (system, client):
        stage = Stage(system, client, keys, lambda *_: None)
        errand = Errand(stage, planted)
        with talkative_log(keys) as log:
            async with eavesdropping(broker, namespace) as heard:
                await errand.sign_in()
                await happy_path(errand)
                await other_doors(errand)
                await _stumble(errand)
                await _break_the_database(errand)
                await system.settle()
        places = await written_down(stage)
    assert (transport == "rabbitmq") is bool(heard)
    assert '"event": "request"' in log.getvalue()
    assert "constraint_name=poison" in log.getvalue()
    places |= {"log": log.getvalue(), "queue": "\n".join(heard)}
    places |= {"answers to mistakes": "\n".join(errand.refused)}
    found = [hit for place, content in places.items() for hit in planted.found_in(place, content)]
    assert not found, "\n".join(found[:20])


async def _stumble(errand: Errand) -> None:
    """Refused each time, and never by a failure of ours."""
    for method, path, options in missteps():
        answer = await errand.ask(method, path, **options)
        assert 400 <= answer.status_code < 500, f"{method} {path}: {answer.status_code}"
        errand.refused.append(answer.text)
    assert len(errand.refused) >= FEWEST_MISTAKES


async def _break_the_database(errand: Errand) -> None:
    """PostgreSQL quotes the row that it refuses; nobody may repeat that."""
    database = errand.stage.system.hosts["intake"].runtime.database
    async with database.transaction() as session:
        await session.execute(text(POISON))
    answer = await errand.ask("POST", "/intake/complaints", json=AS_VISITOR | {"title": "毒"})
    assert (answer.status_code, answer.json()["code"]) == (500, "INTERNAL_FAILURE"), answer.text
    errand.refused.append(answer.text)
