"""What the tests say to the facade, and how they read what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import httpx

from tests.environment import environment
from tests.intake.people import GARDEN

KEY = environment()["LIUDUAN_GEOREPORT_DEMO_KEY"]
DESCRIPTION = "楼道灯坏了半个月一直没有人来修理"
JSON, XML = "application/json; charset=utf-8", "text/xml; charset=utf-8"


def request(**changes: str | None) -> dict[str, str]:
    """A service request as a form; None leaves a field out."""
    form = {
        "api_key": KEY,
        "service_code": "EQ01",
        "address_id": str(GARDEN.id),
        "description": DESCRIPTION,
        "email": "resident@example.org",
    } | changes
    return {name: value for name, value in form.items() if value is not None}


@dataclass(frozen=True)
class Facade:
    web: httpx.AsyncClient

    async def get(self, path: str, **query: str) -> httpx.Response:
        return await self.web.get(f"/open311/{path}", params=query)

    async def read(self, path: str, **query: str) -> Any:
        answer = await self.get(path, **query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def post(self, form: dict[str, str], path: str = "v2/requests.json") -> httpx.Response:
        return await self.web.post(f"/open311/{path}", data=form)

    async def file(self, **changes: str | None) -> str:
        """The service_request_id."""
        answer = await self.post(request(**changes))
        assert answer.status_code == 200, answer.text
        return str(answer.json()[0]["service_request_id"])


def parsed(answer: httpx.Response) -> Element:
    """With the declaration before the root, as the specification asks."""
    assert answer.headers["content-type"] == XML
    assert answer.text.startswith('<?xml version="1.0" encoding="utf-8"?>')
    return ElementTree.fromstring(answer.content)


def names(element: Element) -> list[str]:
    return [child.tag for child in element]


def errors(answer: httpx.Response) -> list[tuple[int, str]]:
    """Of a refusal in JSON."""
    assert answer.headers["content-type"] == JSON
    told = answer.json()
    assert all(set(each) == {"code", "description"} for each in told)
    return [(each["code"], each["description"]) for each in told]
