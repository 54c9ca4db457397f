"""Every operation of the four services, read from their OpenAPI documents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from fastapi import FastAPI

from deploy.embedded.system import DEFINITIONS
from shared.definition import Definition
from shared.web.app import operations as operating

# what a figure is asked for beside the thing it is about
ASKED = {"since": "2026-01-01T00:00:00Z", "until": "2027-01-01T00:00:00Z", "level": "COUNTY",
         "division": "421202"}  # fmt: skip
METHODS = ("get", "post", "put", "delete", "patch", "head", "options")


@dataclass(frozen=True)
class Operation:
    """`names` are the parameters in path and query that say which thing is meant."""

    method: str
    path: str
    names: tuple[str, ...]
    asked: tuple[str, ...]
    asks_for_token: bool

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    def address(self, ids: Mapping[str, str]) -> str:
        """The path and query for the thing that `ids` name."""
        found = re.sub(r"\{(\w+)\}", lambda match: ids[match[1]], self.path)
        query = [f"{name}={ids[name]}" for name in self.names if f"{{{name}}}" not in self.path]
        query += [f"{name}={ASKED[name]}" for name in self.asked]
        return f"{found}?{'&'.join(query)}" if query else found


@cache
def operations() -> tuple[Operation, ...]:
    return tuple(each for definition in DEFINITIONS for each in _of(definition))


def _of(definition: Definition) -> Iterator[Operation]:
    app = FastAPI()
    for router in (*definition.front.routers, operating):
        app.include_router(router)
    for path, item in app.openapi()["paths"].items():
        for method in filter(item.__contains__, METHODS):
            wanted = [
                each["name"]
                for each in item[method].get("parameters", [])
                if each["required"] and each["in"] in {"path", "query"}
            ]
            yield Operation(
                method=method.upper(),
                path=f"/{definition.name}{path}",
                names=tuple(name for name in wanted if name not in ASKED),
                asked=tuple(name for name in wanted if name in ASKED),
                asks_for_token="security" in item[method],
            )
