"""The demo world belongs to the embedded mode, in all four services alike."""

from __future__ import annotations

import pytest

from deploy.embedded.system import DEFINITIONS
from shared.definition import Definition, DemoRefused
from tests.journeys.city import MIGRATE
from tests.servers import Databases
from tests.stage import staged

EVERY_SERVICE = pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda each: each.name)
INVENTED = {"intake": "owner", "routing": "estate", "notify": "webhook_endpoint"}
SIMULATORS = {"LIUDUAN_PUBLIC_URL": "http://hub.test", "LIUDUAN_SIMULATORS_URL": "http://hub.test"}


@EVERY_SERVICE
@pytest.mark.parametrize("embedded", ["", "0", "1"])
async def test_invented_rows_come_in_the_embedded_mode_only(
    postgres: Databases, definition: Definition, embedded: str
) -> None:
    url = await postgres.fresh_database(MIGRATE[definition.name])
    variables = SIMULATORS | {"LIUDUAN_EMBEDDED": embedded}
    async with staged(definition, url, None, **variables) as stage:
        await definition.seed(stage.host.runtime)
        if definition.name in INVENTED:
            found = await stage.count(INVENTED[definition.name])
            assert (found > 0) == (embedded == "1")


@EVERY_SERVICE
async def test_the_demo_world_is_refused_by_name(
    postgres: Databases, definition: Definition
) -> None:
    url = await postgres.fresh_database(MIGRATE[definition.name])
    async with staged(definition, url, None, **SIMULATORS, LIUDUAN_EMBEDDED="0") as stage:
        with pytest.raises(DemoRefused):
            await definition.seed_demo(stage.host.runtime)
