"""Engineers, departments, courts, owners and desks against notify."""

from __future__ import annotations

import pytest

from tests.fuzz.fuzzing import BRIEFLY, THOROUGHLY, City

CALLERS = {
    "jishu.chengguan.xianan": THOROUGHLY,
    "owner-1": THOROUGHLY,
    "zhongzhi.wenquan": THOROUGHLY,
    "jishu.fayuan.xianan": THOROUGHLY,
    "chengguan.xianan": BRIEFLY,
    "fayuan.xianan": BRIEFLY,
    "guanli.shi": BRIEFLY,
}


@pytest.mark.parametrize("person", CALLERS)
async def test_no_request_that_the_schema_allows_breaks_notify(city: City, person: str) -> None:
    await city.withstands("notify", person, CALLERS[person])
