"""Staff, owners, communities and companies against survey."""

from __future__ import annotations

import pytest

from tests.fuzz.fuzzing import BRIEFLY, THOROUGHLY, City

CALLERS = {
    "zhongzhi.wenquan": THOROUGHLY,
    "owner-1": THOROUGHLY,
    "zhongzhi.chimagang": THOROUGHLY,
    "wangge.wenquan2": BRIEFLY,
    "wangge.chimagang1": BRIEFLY,
    "wuye.jiayuan": BRIEFLY,
}


@pytest.mark.parametrize("person", CALLERS)
async def test_no_request_that_the_schema_allows_breaks_survey(city: City, person: str) -> None:
    await city.withstands("survey", person, CALLERS[person])
