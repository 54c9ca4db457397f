"""Reading the examples of a page: what is sent, and what is promised to come back.

A block fenced as `http` is a request. The block right after it, fenced as `json`, `xml` or `text`,
is the answer: its first line is the status. A comment `<!-- stage: name arguments -->` between them
is a direction for the test, which readers of the page do not see.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

BLOCK = re.compile(
    r"^```(?P<kind>http|json|xml|text)\n(?P<body>.*?)^```$|^<!-- stage: (?P<stage>.*?) -->$",
    re.DOTALL | re.MULTILINE,
)
ANSWERS = frozenset({"json", "xml", "text"})


@dataclass(frozen=True)
class Direction:
    """Something the test does between two examples."""

    line: int
    name: str
    arguments: str


@dataclass
class Exchange:
    """A request, and its answer: `kind` is json, xml or text, None where nothing is promised."""

    line: int
    method: str
    target: str
    headers: list[tuple[str, str]]
    body: str
    kind: str | None = None
    status: int | None = None
    expected: str = field(default="")


def read_examples(page: Path) -> list[Exchange | Direction]:
    """In the order of the page. An answer belongs to the request that stands directly before it."""
    examples: list[Exchange | Direction] = []
    text, end = page.read_text(encoding="utf-8"), -1
    for match in BLOCK.finditer(text):
        adjacent, end = not text[max(end, 0) : match.start()].strip(), match.end()
        line = text.count("\n", 0, match.start()) + 1
        if match["stage"]:
            name, _, arguments = match["stage"].partition(" ")
            examples.append(Direction(line, name, arguments.strip()))
        elif match["kind"] == "http":
            examples.append(_request(line, match["body"]))
        elif adjacent and examples and isinstance(examples[-1], Exchange):
            _answer(examples[-1], match["kind"], match["body"])
    return examples


def _request(line: int, block: str) -> Exchange:
    head, _, body = block.partition("\n\n")
    first, *rest = head.strip().splitlines()
    method, target = first.split(" ", 1)
    return Exchange(line, method, target.strip(), list(_headers(rest)), body.strip())


def _headers(lines: list[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        name, _, value = line.partition(":")
        yield name.strip(), value.strip()


def _answer(exchange: Exchange, kind: str, block: str) -> None:
    first, _, rest = block.strip().partition("\n")
    exchange.kind, exchange.status, exchange.expected = kind, int(first.split()[0]), rest.strip()
