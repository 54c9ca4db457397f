"""Saved views: one's own, shared ones, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

import httpx
import pytest

from services.routing.desks.domain.views import (
    MOST_VIEWS,
    TooManyViews,
    ViewNameTaken,
    refuse_name,
)
from shared.identity import Actor
from tests.routing.desks.lists import numbers
from tests.routing.drama import FEES, NOISE, Drama, owner, staff

STREET = staff("zhongzhi.wenquan")
COLLEAGUE = replace(STREET, id=uuid4())
OTHER = staff("zhongzhi.fushan")
VIEW: dict[str, Any] = {
    "name": "中事待签收",
    "filter": {"state": ["DISPATCHED"], "grade": ["MEDIUM"]},
    "sort": "GRADE",
}


async def _put(drama: Drama, actor: Actor, view_id: str, body: Any) -> httpx.Response:
    async with drama.client(actor) as client:
        return await client.put(f"/worklist/views/{view_id}", json=body)


async def _delete(drama: Drama, actor: Actor, view_id: str) -> httpx.Response:
    async with drama.client(actor) as client:
        return await client.delete(f"/worklist/views/{view_id}")


async def _saved(drama: Drama, actor: Actor, **facts: Any) -> Any:
    answer = await drama.send(actor, "/worklist/views", VIEW | facts)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def _names(drama: Drama, actor: Actor) -> list[str]:
    return [view["name"] for view in (await drama.see(actor, "/worklist/views"))["items"]]


async def test_a_view_leads_back_to_its_list(drama: Drama) -> None:
    await drama.submit(NOISE)
    await drama.submit(FEES)
    view = await _saved(drama, STREET)
    assert view["filter"] == VIEW["filter"]
    found = await numbers(drama, STREET, sort=view["sort"], **view["filter"])
    assert len(found) == 1
    changed = await _put(drama, STREET, view["id"], VIEW | {"name": "全部", "filter": {}})
    assert (changed.status_code, changed.json()["filter"]) == (200, {})
    assert await _names(drama, STREET) == ["全部"]
    assert (await _delete(drama, STREET, view["id"])).status_code == 204
    assert await _names(drama, STREET) == []


async def test_a_shared_view_is_read_by_colleagues_and_changed_by_its_owner(drama: Drama) -> None:
    """Not shared or of another organisation 404, shared but somebody else's 403."""
    own = await _saved(drama, STREET)
    shared = await _saved(drama, STREET, name="共享", shared=True)
    assert await _names(drama, COLLEAGUE) == ["共享"]
    assert await _names(drama, OTHER) == []
    for actor, view, expected in (
        (COLLEAGUE, shared, (403, "NOT_YOUR_VIEW")),
        (COLLEAGUE, own, (404, "VIEW_NOT_FOUND")),
        (OTHER, shared, (404, "VIEW_NOT_FOUND")),
    ):
        for answer in (
            await _put(drama, actor, view["id"], VIEW),
            await _delete(drama, actor, view["id"]),
        ):
            assert (answer.status_code, answer.json()["code"]) == expected
    assert (await _put(drama, STREET, shared["id"], VIEW | {"name": "私有"})).status_code == 200
    assert await _names(drama, COLLEAGUE) == []


async def test_a_name_counts_once_per_person(drama: Drama) -> None:
    await _saved(drama, STREET)
    second = await _saved(drama, STREET, name="另一个")
    answer = await drama.send(STREET, "/worklist/views", VIEW)
    assert (answer.status_code, answer.json()["code"]) == (409, "VIEW_NAME_TAKEN")
    answer = await _put(drama, STREET, second["id"], VIEW)
    assert (answer.status_code, answer.json()["code"]) == (409, "VIEW_NAME_TAKEN")
    await _saved(drama, COLLEAGUE)
    assert (await _put(drama, STREET, second["id"], VIEW | {"name": "另一个"})).status_code == 200


def test_fifty_views_are_enough() -> None:
    names = [str(number) for number in range(MOST_VIEWS)]
    refuse_name("50", names[1:])
    with pytest.raises(TooManyViews):
        refuse_name("50", names)
    with pytest.raises(ViewNameTaken):
        refuse_name("3", names)


@pytest.mark.parametrize(
    "filter",
    [{"state": ["OPEN"]}, {"state": "HANDLING"}, {"colour": "red"}, {"overdue": "true"}],
    ids=["value", "type", "field", "strict"],
)
async def test_what_no_worklist_takes_is_not_saved(drama: Drama, filter: Any) -> None:
    answer = await drama.send(STREET, "/worklist/views", VIEW | {"filter": filter})
    assert (answer.status_code, answer.json()["code"]) == (422, "INVALID_FIELDS")


async def test_owners_keep_no_views(drama: Drama) -> None:
    answer = await drama.send(owner(), "/worklist/views", VIEW)
    assert (answer.status_code, answer.json()["code"]) == (403, "DESKS_ONLY")
