"""Does an answer hold what the page promises? Further members may come with it.

In the promise `"…"` stands for any value, `"{name}"` for the value of that name: it is kept for
later examples where it is new, and must be the same where it is known.
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from typing import Any

ANYTHING = "…"
NAME = re.compile(r"\{([a-z][a-z0-9_]*)\}")

Values = MutableMapping[str, Any]


def assert_holds(promised: Any, answered: Any, values: Values, where: str = "answer") -> None:
    if promised == ANYTHING:
        return
    if isinstance(promised, dict):
        assert isinstance(answered, dict), f"{where}: {answered!r} is no object"
        for name, value in promised.items():
            assert name in answered, f"{where}: no member {name}, only {sorted(answered)}"
            assert_holds(value, answered[name], values, f"{where}.{name}")
        return
    if isinstance(promised, list):
        _assert_list(promised, answered, values, where)
        return
    if isinstance(promised, str) and (name := NAME.fullmatch(promised)):
        assert answered == values.setdefault(name[1], answered), f"{where}: {answered!r}"
        return
    assert answered == promised, f"{where}: promised {promised!r}, answered {answered!r}"


def _assert_list(promised: list[Any], answered: Any, values: Values, where: str) -> None:
    """A list that ends with "…" may go on."""
    assert isinstance(answered, list), f"{where}: {answered!r} is no list"
    open_ended = bool(promised) and promised[-1] == ANYTHING
    wanted = promised[:-1] if open_ended else promised
    enough = len(answered) >= len(wanted) if open_ended else len(answered) == len(wanted)
    assert enough, f"{where}: promised {len(wanted)} items, answered {len(answered)}: {answered!r}"
    for index, item in enumerate(wanted):
        assert_holds(item, answered[index], values, f"{where}[{index}]")


def assert_lines(promised: str, answered: str, where: str) -> None:
    """Every line occurs, whatever the indentation; "…" within a line stands for anything."""
    flat = " ".join(answered.split())
    for line in filter(None, map(str.strip, promised.splitlines())):
        parts = [re.escape(" ".join(part.split())) for part in line.split(ANYTHING)]
        assert re.search(".*?".join(parts), flat), f"{where}: no line {line!r} in {answered!r}"
