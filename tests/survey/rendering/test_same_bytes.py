"""An edition reads the same years later: all its renderings follow from its content alone."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC
from hashlib import sha256
from pathlib import Path

import pytest

from services.survey.bulletins.domain.content import BulletinContent, canonical, content_in
from services.survey.rendering.document import document
from services.survey.rendering.open_data import csv_of, json_of
from services.survey.rendering.page import page
from tests.survey.bulletins.example import example_bulletin, example_report
from tests.survey.rendering.composed import composed_bulletin

ROOT = Path(__file__).parents[3]
RENDERINGS: dict[str, Callable[[BulletinContent], str | bytes]] = {
    "page": page,
    "document": document,
    "csv": csv_of,
    "json": json_of,
}
CONTENTS = {
    "bulletin": example_bulletin(),
    "corrected": example_bulletin(edition=2),
    "report": example_report(),
    "composed": composed_bulletin(),
    "draft": example_bulletin().model_copy(update={"published_at": None}),
}
PRINT_ALL = """
from tests.survey.rendering.test_same_bytes import digests
print(digests())
"""


def digests() -> str:
    parts = []
    for what, content in CONTENTS.items():
        for how, rendered in RENDERINGS.items():
            made = rendered(content)
            plain = made if isinstance(made, bytes) else made.encode()
            parts.append(f"{what} {how} {sha256(plain).hexdigest()}")
    return "\n".join(parts)


@pytest.mark.parametrize("how", RENDERINGS)
@pytest.mark.parametrize("what", CONTENTS)
def test_what_was_stored_and_read_back_renders_to_the_same_bytes(what: str, how: str) -> None:
    """D10: unchangeable once published."""
    content, rendered = CONTENTS[what], RENDERINGS[how]
    assert rendered(content_in(canonical(content))) == rendered(content)


@pytest.mark.parametrize("how", RENDERINGS)
def test_the_same_moments_in_another_offset_are_the_same_bytes(how: str) -> None:
    content = example_bulletin()
    assert content.published_at is not None
    elsewhere = content.model_copy(
        update={
            "computed_at": content.computed_at.astimezone(UTC),
            "published_at": content.published_at.astimezone(UTC),
        }
    )
    assert RENDERINGS[how](elsewhere) == RENDERINGS[how](content)


def test_another_process_renders_the_same_bytes() -> None:
    """Whatever order its sets have, whatever its clock and language."""
    other = str(int(os.environ.get("PYTHONHASHSEED", "random") == "1") + 1)
    elsewhere = {"PYTHONHASHSEED": other, "TZ": "America/New_York", "LC_ALL": "C"}
    surroundings = {**os.environ, **elsewhere}
    ran = subprocess.run(
        [sys.executable, "-c", PRINT_ALL],
        cwd=ROOT,
        env=surroundings,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.strip() == digests()


@pytest.mark.parametrize("how", RENDERINGS)
def test_another_number_renders_to_other_bytes(how: str) -> None:
    content = example_bulletin()
    changed = content.figures[0].model_copy(update={"numerator": 1})
    other = content.model_copy(update={"figures": (changed, *content.figures[1:])})
    if how in {"page", "document"}:  # they say what the sentences and tables say
        other = content.model_copy(update={"summary": (*content.summary, "另有说明。")})
    assert RENDERINGS[how](other) != RENDERINGS[how](content)
