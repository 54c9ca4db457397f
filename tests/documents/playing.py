"""Playing the examples of a page against a whole system, in their order."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from deploy.demo.stories import Stage
from tests.documents.matching import NAME, assert_holds, assert_lines
from tests.documents.reading import Direction, Exchange, read_examples

PAGES = Path(__file__).parents[2] / "docs" / "integration"

Value = str | bytes | Callable[[], Awaitable[str]]
Act = Callable[[str], Awaitable[None]]


@dataclass
class Player:
    """`values` fill `{name}` in requests: a text, the bytes of a file (`@name` as a body, or
    `field=@name` in a line of a multipart body), or something to be asked for each time, such as a
    fresh token. `{new}` is a new UUID each time. `acts` are the stage directions by name.
    """

    stage: Stage
    values: dict[str, Value]
    acts: Mapping[str, Act] = field(default_factory=dict)

    async def play(self, page: str) -> int:
        """How many examples were played; every one must be answered as promised."""
        played = 0
        for example in read_examples(PAGES / page):
            if isinstance(example, Direction):
                await self.acts[example.name](example.arguments)
                continue
            await self._exchange(f"{page}:{example.line}", example)
            played += 1
        return played

    async def _exchange(self, where: str, example: Exchange) -> None:
        headers = {name: await self._filled(value) for name, value in example.headers}
        answer = await self.stage.client.request(
            example.method,
            await self._filled(example.target),
            headers=headers,
            **await self._body(example, headers),
        )
        await self.stage.system.settle()
        if example.status is not None:
            self._check(f"{where} {example.method} {example.target}", example, answer)

    def _check(self, where: str, example: Exchange, answer: httpx.Response) -> None:
        assert answer.status_code == example.status, f"{where}: {answer.status_code} {answer.text}"
        if not example.expected:
            return
        if example.kind == "json":
            assert_holds(json.loads(example.expected), answer.json(), self.values, where)
        else:
            assert_lines(self._known(example.expected), answer.text, where)

    async def _body(self, example: Exchange, headers: dict[str, str]) -> dict[str, Any]:
        """httpx makes the boundary itself, so the header of a multipart request is its own."""
        if not example.body:
            return {}
        if headers.get("Content-Type", "").startswith("multipart/"):
            del headers["Content-Type"]
            return {"files": [await self._part(line) for line in example.body.splitlines()]}
        if example.body.startswith("@"):
            return {"content": self.values[example.body[1:]]}
        if example.body.startswith(("{", "[")):
            headers.setdefault("Content-Type", "application/json")
        return {"content": (await self._filled(example.body)).encode()}

    async def _part(self, line: str) -> tuple[str, Any]:
        name, _, value = line.partition("=")
        if value.startswith("@"):
            return name, (value[1:], self.values[value[1:]])
        return name, (None, await self._filled(value))

    async def _filled(self, text: str) -> str:
        for name in dict.fromkeys(NAME.findall(text)):
            text = text.replace(f"{{{name}}}", await self._value(name))
        return text

    async def _value(self, name: str) -> str:
        if name == "new":
            return str(uuid4())
        value = self.values[name]
        return str(await value() if callable(value) else value)

    def _known(self, text: str) -> str:
        """With the values that are texts already."""
        for name in NAME.findall(text):
            if isinstance(value := self.values.get(name), str):
                text = text.replace(f"{{{name}}}", value)
        return text
