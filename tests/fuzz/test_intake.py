"""Owners, visitors, hotline, desks and Open311 clients against intake."""

from __future__ import annotations

import pytest

from tests.environment import environment
from tests.fuzz.fuzzing import BRIEFLY, THOROUGHLY, City

# a path with a line break in it reaches no service, and the origin knows problems alone
OPEN311 = ("--include-path-regex=^/open311", "--exclude-checks", "content_type_conformance")
CALLERS = {
    "owner-1": THOROUGHLY,
    "visitor": BRIEFLY,
    "12345": BRIEFLY,
    "zhongzhi.wenquan": BRIEFLY,
}


@pytest.mark.parametrize("person", CALLERS)
async def test_no_request_that_the_schema_allows_breaks_intake(city: City, person: str) -> None:
    await city.withstands("intake", person, CALLERS[person])


async def test_an_open311_client_breaks_nothing(city: City) -> None:
    """The facade with a key; forms that it reads leniently, answered in two formats."""
    key = environment()["LIUDUAN_GEOREPORT_DEMO_KEY"]
    await city.fuzzed("intake", *THOROUGHLY, *OPEN311, "-H", f"X-Api-Key: {key}")
