"""Every end against routing."""

from __future__ import annotations

import pytest

from tests.fuzz.fuzzing import BRIEFLY, THOROUGHLY, City

CALLERS = {
    "zhongzhi.wenquan": THOROUGHLY,
    "guanli.shi": THOROUGHLY,
    "wuye.wenquan": BRIEFLY,
    "wangge.wenquan2": BRIEFLY,
    "wanggezhang.wenquan": BRIEFLY,
    "chengguan.xianan": BRIEFLY,
    "fayuan.xianan": BRIEFLY,
    "owner-1": BRIEFLY,
}


@pytest.mark.parametrize("person", CALLERS)
async def test_no_request_that_the_schema_allows_breaks_routing(city: City, person: str) -> None:
    await city.withstands("routing", person, CALLERS[person])
