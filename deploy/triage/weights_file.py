"""Weights as a file that a person can read and compare: one line per word or sign, sorted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from shared.rulebook import Weights


def write_weights(weights: Weights, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(as_text(weights), encoding="utf-8")


def as_text(weights: Weights) -> str:
    head = weights.model_dump(mode="json", exclude={"rules", "title", "text"})
    parts = [f"{_json(name)}: {_json(value)}" for name, value in head.items()]
    parts += [
        f"{_json(name)}: {_lines(rows)}"
        for name, rows in (
            ("rules", weights.rules),
            ("title", weights.title),
            ("text", weights.text),
        )
    ]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _lines(rows: Mapping[str, tuple[int, ...]]) -> str:
    lines = [f"{_json(sign)}: [{','.join(map(str, rows[sign]))}]" for sign in sorted(rows)]
    return "{\n" + ",\n".join(lines) + "\n}"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
